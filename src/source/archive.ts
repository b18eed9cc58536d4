import { createReadStream } from 'node:fs';
import path from 'node:path';
import { createTarPacker, type TarPackController } from 'modern-tar';
import type { SourceEntry, SourceTree } from './tree';

const anyTime = new Date(0);

/**
 * A source as a tar archive, the same on every machine: sorted, without times and owners, and with plain modes.
 * Links must have been followed: Shipwright unpacks folders and files alone (shipwright v0.11 pkg/bundle/bundle.go).
 * It is read while it is taken. @throws Error from the stream when a file cannot be read or has another size now
 */
export function archive(tree: SourceTree): AsyncIterable<Uint8Array> {
  const { readable, controller } = createTarPacker();
  void addAll(tree, controller).then(
    () => controller.finalize(),
    (error: unknown) => controller.error(error),
  );
  return readable;
}

async function addAll({ root, entries }: SourceTree, controller: TarPackController): Promise<void> {
  for (const entry of entries) {
    const body = controller.add(headerOf(entry)).getWriter();
    if (entry.kind === 'file') {
      for await (const chunk of createReadStream(path.join(root, entry.path), { highWaterMark: chunkSize })) {
        await body.write(chunk as Uint8Array);
      }
    }
    await body.close();
  }
}

const chunkSize = 256 * 1024;

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
