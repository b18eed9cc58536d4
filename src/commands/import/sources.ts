import type { ApiVersion } from '../../api-version';
import { servedVersions } from '../../cluster/look-up';
import { UserError } from '../../errors';
import type { FunctionManifest } from '../../function/types';
import { readApiVersion } from '../../inputs/api-version';
import { isPath, readFunctionFile } from '../../inputs/function-file';
import { releasesServing } from '../../preflight/release';
import type { Place } from '../../inputs/target';
import { recordAt, type JsonRecord } from '../../record';
import type { Release } from '../../releases';
import type { ConnectedNamespace } from '../command';
import { inVersion } from '../version/convert';
import type { ImportContext } from './flags';
import { readAllLive, readLive } from './live';

/** The Functions to import. */
interface Sources {
  functions: readonly JsonRecord[];
  /** Those that the cluster may have; undefined when none was asked, or it does not tell. */
  releases: readonly Release[] | undefined;
  /** Where they are, as far as that is no part of them. */
  where: Place;
}

/**
 * Reads what the arguments name, in their order, from files and from the cluster.
 * @throws UserError when they name nothing that is there; ClusterError
 */
export async function readSources(context: ImportContext): Promise<Sources> {
  const names = namesFor(context);
  const version = readApiVersion(context.flags['api-version']);
  const isLocal = context.flags.all !== true && names.every(isPath);
  const connected = isLocal ? undefined : await context.connect();
  const functions = connected
    ? await readConnected(connected, names, version, context)
    : (await Promise.all(names.map((file) => readFile(file, context)))).flat();
  return {
    functions: version ? await Promise.all(functions.map((fn) => converted(fn, version))) : functions,
    releases: connected && (await releasesOf(connected)),
    where: connected ? context.where : context.asked,
  };
}

async function readConnected(
  connected: ConnectedNamespace,
  names: readonly string[],
  version: ApiVersion | undefined,
  context: ImportContext,
): Promise<JsonRecord[]> {
  if (context.flags.all) {
    const all = await readAllLive(connected, version);
    if (all.length === 0) context.logger.info(`There are no functions ${connected.place}.`);
    return all.map(toRecord);
  }
  const read = async (name: string): Promise<JsonRecord[]> =>
    isPath(name) ? readFile(name, context) : [toRecord(await readLive(connected, name, version))];
  return (await Promise.all(names.map(read))).flat();
}

const toRecord = (object: object): JsonRecord => ({ ...object });

/** Without names, that of the resource. @throws UserError when there is nothing to import, or too much */
function namesFor({ args, name, flags: { all } }: ImportContext): readonly string[] {
  if (all === true && args.length > 0) {
    throw new UserError({
      what: `--all goes without names, but got ${args.join(', ')}.`,
      remedy: 'Leave one of them out.',
    });
  }
  if (all === true || args.length > 0) return args;
  if (name !== undefined) return [name];
  throw new UserError({
    what: 'What to import is missing.',
    remedy: 'Name functions of the cluster or files with manifests: s import NAME|FILE..., or take all with --all.',
  });
}

async function readFile(file: string, { cwd, flags, logger }: ImportContext): Promise<JsonRecord[]> {
  const { functions, others } = await readFunctionFile(file, cwd);
  if (others.length > 0) {
    logger.warn(`${file} holds more than Functions: ${others.join(', ')}. That is left where it is.`);
  }
  const { namespace } = flags;
  if (namespace === undefined) return [...functions];
  return functions.map((fn) => ({ ...fn, metadata: { ...recordAt(fn, ['metadata']), namespace } }));
}

async function converted(fn: JsonRecord, version: ApiVersion): Promise<JsonRecord> {
  return toRecord((await inVersion(fn as unknown as FunctionManifest, version)).body);
}

async function releasesOf({ api }: ConnectedNamespace): Promise<readonly Release[] | undefined> {
  const versions = await servedVersions(api);
  return versions.length > 0 ? releasesServing(versions) : undefined;
}
