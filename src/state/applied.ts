import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ObjectKey } from '../cluster/functions';
import type { AppliedMark } from '../cluster/outcome';
import { isRecord } from '../record';

/** Digest by which two applies of the same manifest are recognised. */
export function digestOf(manifest: object): string {
  return createHash('sha256').update(JSON.stringify(manifest)).digest('hex');
}

/** The mark of the last apply of a function from this folder; undefined when there is none that can be read. */
export function readAppliedMark(baseDirectory: string, key: ObjectKey): AppliedMark | undefined {
  try {
    const mark: unknown = JSON.parse(readFileSync(fileOf(baseDirectory, key), 'utf8'));
    return isRecord(mark) ? (mark as unknown as AppliedMark) : undefined;
  } catch {
    return undefined;
  }
}

/** Remembers an apply under `.s/ofn`, which keeps itself out of Git. A folder that cannot be written loses only precision. */
export function writeAppliedMark(baseDirectory: string, key: ObjectKey, mark: AppliedMark): void {
  const file = fileOf(baseDirectory, key);
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(path.join(path.dirname(file), '.gitignore'), '*\n');
    writeFileSync(file, JSON.stringify(mark));
  } catch {
    // Read-only checkouts are common in CI.
  }
}

/** Forgets a function that was removed. */
export function forgetAppliedMark(baseDirectory: string, key: ObjectKey): void {
  try {
    rmSync(fileOf(baseDirectory, key), { force: true });
  } catch {
    // A mark that stays is never taken for that of another object: its UID is in it.
  }
}

function fileOf(baseDirectory: string, { namespace, name }: ObjectKey): string {
  return path.join(baseDirectory, '.s', 'ofn', `${namespace}.${name}.applied.json`);
}
