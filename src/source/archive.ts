import path from 'node:path';
import { createTarPacker, type TarPackController } from 'modern-tar';
import { chunksOf } from './chunks';
import type { SourceEntry, SourceTree } from './tree';

const anyTime = new Date(0);

/**
 * A source as a tar archive, the same on every machine: sorted, without times and owners, and with plain modes.
 * Links must have been followed: Shipwright unpacks folders and files alone (shipwright v0.11 pkg/bundle/bundle.go).
 * It is read while it is taken, and a chunk is good until the next one is asked for: all files go through one buffer.
 * @throws Error when a file cannot be read or has another size now
 */
export async function* archive(tree: SourceTree): AsyncGenerator<Uint8Array> {
  const { readable, controller } = createTarPacker();
  let giveBack = (): void => {};
  let buffer: Buffer | undefined;
  const lend = (size: number): Buffer => (buffer ??= Buffer.allocUnsafeSlow(size));
  const returned = (): Promise<void> => new Promise((resolve) => (giveBack = resolve));
  void addAll(tree, controller, lend, returned).then(
    () => controller.finalize(),
    (error: unknown) => controller.error(error),
  );
  try {
    for await (const chunk of readable as unknown as AsyncIterable<Uint8Array>) {
      yield chunk;
      if (chunk.buffer === buffer?.buffer) giveBack();
    }
  } finally {
    giveBack();
  }
}

async function addAll(
  { root, entries }: SourceTree,
  controller: TarPackController,
  lend: (size: number) => Buffer,
  returned: () => Promise<void>,
): Promise<void> {
  for (const entry of entries) {
    const body = controller.add(headerOf(entry)).getWriter();
    if (entry.kind === 'file') {
      for (const chunk of chunksOf(path.join(root, entry.path), lend)) {
        const isReturned = returned();
        await body.write(chunk);
        await isReturned;
      }
    }
    await body.close();
  }
}

function headerOf({ path: name, kind, isExecutable, size }: SourceEntry) {
  const isFolder = kind === 'folder';
  return {
    name: isFolder ? `${name}/` : name,
    type: isFolder ? ('directory' as const) : ('file' as const),
    size,
    mode: isFolder || isExecutable ? 0o755 : 0o644,
    mtime: anyTime,
    uid: 0,
    gid: 0,
  };
}
