import { closeSync, openSync, readSync } from 'node:fs';

/** What is read at once. */
const size = 256 * 1024;

/**
 * The content of a file in chunks, read synchronously: for many small files that is several times faster than not to wait for each.
 * @param take a buffer to read into; one that is taken again is overwritten
 * @throws Error when the file cannot be read
 */
export function* chunksOf(file: string, take: (size: number) => Buffer): Generator<Buffer> {
  const descriptor = openSync(file, 'r');
  try {
    for (;;) {
      const buffer = take(size);
      const length = readSync(descriptor, buffer, 0, buffer.length, null);
      if (length > 0) yield buffer.subarray(0, length);
      if (length < buffer.length) return;
    }
  } finally {
    closeSync(descriptor);
  }
}
