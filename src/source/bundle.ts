import { createHash } from 'node:crypto';
import { archive } from './archive';
import type { SourceTree } from './tree';

/** An image of one layer that holds a source, as Shipwright takes it. */
export interface Bundle {
  manifest: { mediaType: string; content: Buffer; digest: string };
  blobs: { digest: string; size: number; open: () => AsyncIterable<Uint8Array> }[];
}

const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const configType = 'application/vnd.oci.image.config.v1+json';
const layerType = 'application/vnd.oci.image.layer.v1.tar';

/**
 * Makes the image of a source, without keeping its content: it is read once to be known by its digest, and again when it is sent.
 * The layer is not compressed: no compressor makes the same bytes in every release of Node.js and on every processor.
 * Source: opencontainers/image-spec v1.1. @throws Error when a file cannot be read
 */
export async function bundleOf(tree: SourceTree): Promise<Bundle> {
  const layer = await digestOf(archive(tree));
  const config = jsonOf({
    created: '1970-01-01T00:00:00Z',
    architecture: 'amd64',
    os: 'linux',
    config: {},
    rootfs: { type: 'layers', diff_ids: [layer.digest] },
    history: [{ created: '1970-01-01T00:00:00Z', created_by: 'ofn' }],
  });
  const manifest = jsonOf({
    schemaVersion: 2,
    mediaType: manifestType,
    config: { mediaType: configType, digest: config.digest, size: config.content.length },
    layers: [{ mediaType: layerType, digest: layer.digest, size: layer.size }],
  });
  return {
    manifest: { mediaType: manifestType, ...manifest },
    blobs: [
      { ...layer, open: () => archive(tree) },
      { digest: config.digest, size: config.content.length, open: () => once(config.content) },
    ],
  };
}

async function digestOf(content: AsyncIterable<Uint8Array>): Promise<{ digest: string; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of content) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { digest: `sha256:${hash.digest('hex')}`, size };
}

function jsonOf(value: object): { content: Buffer; digest: string } {
  const content = Buffer.from(JSON.stringify(value));
  return { content, digest: `sha256:${createHash('sha256').update(content).digest('hex')}` };
}

// eslint-disable-next-line @typescript-eslint/require-await
async function* once(content: Buffer): AsyncGenerator<Uint8Array> {
  yield content;
}
