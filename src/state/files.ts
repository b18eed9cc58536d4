import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isRecord, type JsonRecord } from '../record';

/** What is remembered under a name; undefined when there is nothing that can be read. */
export function recall(baseDirectory: string, name: string): JsonRecord | undefined {
  try {
    const content: unknown = JSON.parse(readFileSync(fileOf(baseDirectory, name), 'utf8'));
    return isRecord(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

/** Remembers something under `.s/ofn`, which keeps itself out of Git. A folder that cannot be written loses only time or precision. */
export function remember(baseDirectory: string, name: string, content: object): void {
  const file = fileOf(baseDirectory, name);
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(path.join(path.dirname(file), '.gitignore'), '*\n');
    writeFileSync(file, JSON.stringify(content));
  } catch {
    // Read-only checkouts are common in CI.
  }
}

/** Forgets it. What stays is never taken for that of another object. */
export function forget(baseDirectory: string, name: string): void {
  try {
    rmSync(fileOf(baseDirectory, name), { force: true });
  } catch {
    // As above.
  }
}

function fileOf(baseDirectory: string, name: string): string {
  return path.join(baseDirectory, '.s', 'ofn', `${name}.json`);
}
