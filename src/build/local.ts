import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseImage } from '../image';
import type { Pack } from '../props/generated/types';
import { hashTree } from '../source/hash';
import { readSource, type Source } from '../source/source';
import { readTree } from '../source/tree';
import { packArguments, sourceFolder } from './pack/arguments';
import { descriptorWithout } from './pack/descriptor';
import { digestInReport } from './pack/report';
import { runPack } from './pack/run';

/** An image to be built on this machine. */
export interface LocalBuild {
  image: string;
  pack: Pack;
  /** The folder that relative paths start from. Absolute. */
  baseDirectory: string;
}

/** What an image is built from. */
export interface Ingredients {
  source: Source;
  /** Digest of everything that makes a difference for the image. */
  key: string;
}

/** Reads what an image is built from. @throws UserError when the source cannot be read */
export async function readIngredients({ image, pack, baseDirectory }: LocalBuild): Promise<Ingredients> {
  const descriptor = resolved(pack.descriptor, baseDirectory);
  const source = await readSource(sourceFolder(pack, baseDirectory), {
    followsLinks: false,
    descriptor,
    project: baseDirectory,
    isForPack: true,
  });
  const { command: _command, ...inputs } = pack;
  const others = await Promise.all(otherInputs(pack, baseDirectory).map(contentOf));
  const key = createHash('sha256').update(JSON.stringify([image, inputs, others, dockerOf(pack), source.hash]));
  return { source, key: key.digest('hex') };
}

/** Files and folders of this machine that go into a build beside its source. */
function otherInputs({ descriptor, buildpacks = [], args = [] }: Pack, baseDirectory: string): string[] {
  const environments = args.flatMap((arg, index) => {
    const [flag, value = args[index + 1]] = arg.split(/=(.*)/s);
    return flag === '--env-file' ? value : [];
  });
  const local = buildpacks.filter((buildpack) => /^(\.{1,2}[\\/]|[\\/]|[A-Za-z]:\\)/.test(buildpack));
  return [descriptor, ...environments, ...local].flatMap((file) => resolved(file, baseDirectory) ?? []);
}

/** A digest; empty for what is not there, of which pack tells more. */
async function contentOf(file: string): Promise<string> {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return '';
  if (!stats.isDirectory()) return createHash('sha256').update(readFileSync(file)).digest('hex');
  return hashTree(readTree(file, { rules: nothingLeftOut, followsLinks: false }));
}

const nothingLeftOut = { decidedBy: undefined, hasDescriptor: false, leavesOut: () => false };

/** What is not pushed is only where it was built. */
function dockerOf({ publish }: Pack): readonly unknown[] {
  return publish === true ? [] : [process.env['DOCKER_HOST'], process.env['DOCKER_CONTEXT']];
}

interface RunOptions {
  usesColour: boolean;
  /** Gets each line that pack writes. */
  print: (line: string) => void;
  /** Ends the build as Ctrl-C does. */
  signal: AbortSignal;
}

/**
 * Builds an image with pack.
 * @returns the digest of the image, if it was pushed and pack tells
 * @throws UserError when pack is missing or fails, with what helps
 */
export async function buildLocally(
  { image, pack, baseDirectory }: LocalBuild,
  { tree, rules }: Source,
  { usesColour, print, signal }: RunOptions,
): Promise<string | undefined> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ofn-build-'));
  const cleanUp = (): void => rmSync(folder, { recursive: true, force: true });
  signal.addEventListener('abort', cleanUp, { once: true });
  try {
    let descriptor = resolved(pack.descriptor, baseDirectory);
    if (!rules.hasDescriptor && tree.leftOut.length > 0) {
      descriptor = path.join(folder, 'project.toml');
      writeFileSync(descriptor, descriptorWithout(tree.leftOut));
    }
    await runPack(packArguments({ image, pack, baseDirectory, descriptor, reportDirectory: folder, usesColour }), {
      command: commandOf(pack, baseDirectory),
      cwd: baseDirectory,
      builder: pack.builder,
      registry: parseImage(pack.publish === true ? image : pack.builder).registry,
      publishes: pack.publish === true,
      print,
      signal,
    });
    return pack.publish === true ? await digestInReport(folder) : undefined;
  } finally {
    signal.removeEventListener('abort', cleanUp);
    cleanUp();
  }
}

/** What has a slash is a path, else a name on the PATH. */
function commandOf({ command = 'pack' }: Pack, baseDirectory: string): string {
  return /[\\/]/.test(command) ? path.resolve(baseDirectory, command) : command;
}

function resolved(file: string | undefined, baseDirectory: string): string | undefined {
  return file === undefined ? undefined : path.resolve(baseDirectory, file);
}
