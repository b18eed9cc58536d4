import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { messageOf, UserError } from '../../errors';
import type { SecretVariable } from '../../function/secrets';
import { newSYaml, resourcesIn, withResources, type Resources } from '../../ui/s-yaml';

/** A file to write, as it is found and as the user calls it. */
export interface Destination {
  file: string;
  written: string;
}

/** The text of an s.yaml with resources added to what is there. @throws UserError when it has such a resource already */
export function sYamlWith({ file, written }: Destination, resources: Resources): string {
  const text = readIfThere(file);
  if (text === undefined) return newSYaml(path.basename(path.dirname(file)) || 'functions', resources);
  const present = resourcesIn(text);
  const doubles = Object.keys(resources).filter((name) => present?.includes(name));
  if (doubles.length > 0) {
    throw new UserError({
      what: `${written} has these resources already: ${doubles.join(', ')}.`,
      remedy: 'Remove them there, or name another file with --to. Without --to they are only printed.',
    });
  }
  const added = present && withResources(text, resources);
  if (added !== undefined) return added;
  throw new UserError({
    what: `${written} is no s.yaml to which resources could be added.`,
    remedy: 'Name another file with --to, or one that is not there yet.',
  });
}

/** The text of a .env file with variables added. @throws UserError when one of them is set there already */
export function envFileWith({ file, written }: Destination, variables: readonly SecretVariable[]): string {
  if (/\.(ya?ml|json)$/.test(file)) {
    throw new UserError({
      what: `--secrets-to=${written} is no name for a file of variables.`,
      remedy: 'Name one that the CLI reads: .env beside the s.yaml.',
    });
  }
  const text = readIfThere(file) ?? '';
  const doubles = variables.filter(({ name }) => new RegExp(`^\\s*(export\\s+)?${name}\\s*=`, 'm').test(text));
  if (doubles.length > 0) {
    throw new UserError({
      what: `These variables are set in ${written} already: ${doubles.map(({ name }) => name).join(', ')}.`,
      remedy: 'Remove them there, name another file with --secrets-to, or leave it out.',
    });
  }
  const lines = variables.map(({ name, value }) => `${name}=${quoted(value)}\n`);
  return text + (text === '' || text.endsWith('\n') ? '' : '\n') + lines.join('');
}

/** Whether a .env file can hold a value so that the CLI reads it as it is. */
export function fitsEnvFile(value: string): boolean {
  return quoted(value) !== undefined;
}

/**
 * dotenv takes what is in quotes as it is, less `$`, which the CLI lets it expand even there, line ends of Windows, and a
 * backslash before the quote.
 */
function quoted(value: string): string | undefined {
  if (/[$\r]|\\$/.test(value)) return undefined;
  const quote = ["'", '`'].find((sign) => !value.includes(sign));
  if (quote !== undefined) return quote + value + quote;
  return /["\\]/.test(value) ? undefined : `"${value}"`;
}

/** @throws UserError also for what is no UTF-8: it could not be written again as it was */
function readIfThere(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return attempt(`Cannot read ${file}.`, () => decoder.decode(readFileSync(file)));
}

/** A file with its new content. */
export interface Change extends Destination {
  text: string;
  /** Whether nobody but the owner may read it. */
  isSecret: boolean;
}

/** Writes all of the files, or leaves all as they were. @throws UserError */
export function writeAll(changes: readonly Change[]): void {
  const [first, second] = changes;
  if (first !== undefined && first.file === second?.file) {
    throw new UserError({ what: `--to and --secrets-to name the same file: ${first.written}.`, remedy: 'Name two.' });
  }
  const undo: (() => void)[] = [];
  try {
    for (const change of changes) {
      undo.push(restorer(change.file));
      attempt(`Cannot write ${change.written}.`, () => writeText(change));
    }
  } catch (error) {
    for (const restore of undo) restore();
    throw error;
  }
}

function writeText({ file, text, isSecret }: Change): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text, isSecret ? { mode: ownerOnly } : {});
  if (isSecret) chmodSync(file, ownerOnly);
}

const ownerOnly = 0o600;

function restorer(file: string): () => void {
  const before = existsSync(file) ? attempt(`Cannot read ${file}.`, () => readFileSync(file)) : undefined;
  return () => {
    try {
      if (before === undefined) rmSync(file, { force: true });
      else writeFileSync(file, before);
    } catch {
      // What could not be written has not changed.
    }
  };
}

function attempt<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new UserError({ what, why: messageOf(error), remedy: 'Name another file.' }, { cause: error });
  }
}
