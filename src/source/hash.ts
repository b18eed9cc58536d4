import { createHash, type Hash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setImmediate as breath } from 'node:timers/promises';
import type { SourceTree } from './tree';

/** What is read at once. */
const buffer = Buffer.allocUnsafeSlow(256 * 1024);

/** Milliseconds of work after which others get their turn. */
const turn = 20;

/**
 * A digest of what is in a source: paths, whether files can be executed, and every byte. Times, owners and the machine do not matter.
 * It reads one file after the other, synchronously: for many small files that is several times faster than not to wait for each.
 * @throws Error when a file cannot be read
 */
export async function hashTree({ root, entries }: SourceTree): Promise<string> {
  const hash = createHash('sha256');
  let begin = performance.now();
  for (const { path: name, kind, isExecutable, size, target } of entries) {
    hash.update(`${JSON.stringify([name, kind, isExecutable, size, target])}\n`);
    if (kind === 'file') await addFile(path.join(root, name));
    await breathe();
  }
  return hash.digest('hex');

  async function addFile(file: string): Promise<void> {
    const descriptor = openSync(file, 'r');
    try {
      while (addChunk(hash, descriptor) === buffer.length) await breathe();
    } finally {
      closeSync(descriptor);
    }
  }

  async function breathe(): Promise<void> {
    if (performance.now() - begin < turn) return;
    await breath();
    begin = performance.now();
  }
}

/** @returns how many bytes there were; fewer than asked for at the end */
function addChunk(hash: Hash, descriptor: number): number {
  const length = readSync(descriptor, buffer, 0, buffer.length, null);
  if (length > 0) hash.update(buffer.subarray(0, length));
  return length;
}
