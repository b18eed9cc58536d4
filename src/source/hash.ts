import { createHash } from 'node:crypto';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setImmediate as breath } from 'node:timers/promises';
import { chunksOf } from './chunks';
import type { SourceTree } from './tree';

/** Milliseconds of work after which others get their turn. */
const turn = 20;

/**
 * A digest of what is in a source: paths, whether files can be executed, and every byte. Times, owners and the machine do not matter.
 * @throws Error when a file cannot be read
 */
export async function hashTree({ root, entries }: SourceTree): Promise<string> {
  const hash = createHash('sha256');
  let buffer: Buffer | undefined;
  const take = (size: number): Buffer => (buffer ??= Buffer.allocUnsafeSlow(size));
  let begin = performance.now();
  const breathe = async (): Promise<void> => {
    if (performance.now() - begin < turn) return;
    await breath();
    begin = performance.now();
  };
  for (const { path: name, kind, isExecutable, size, target } of entries) {
    hash.update(`${JSON.stringify([name, kind, isExecutable, size, target])}\n`);
    if (kind === 'file') {
      for (const chunk of chunksOf(path.join(root, name), take)) {
        hash.update(chunk);
        await breathe();
      }
    }
    await breathe();
  }
  return hash.digest('hex');
}
