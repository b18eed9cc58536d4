import { setTimeout as pause } from 'node:timers/promises';
import { delayBeforeRetry } from '../http/retry';
import { NetworkFailure } from '../http/transport';
import { explainAnswer, explainNetwork } from './explain';
import { failureOf } from './registry';
import type { Registry, RegistryAnswer } from './types';

/** What a digest names. */
export interface Blob {
  digest: string;
  /** Bytes. */
  size: number;
  /** Its bytes from the beginning; the same each time. */
  open: () => AsyncIterable<Uint8Array>;
}

/** An image to push. */
export interface PushedImage {
  manifest: { mediaType: string; content: Buffer; digest: string };
  blobs: readonly Blob[];
}

interface PushOptions {
  repository: string;
  /** The name under which it can be found, besides its digest. */
  tag: string;
  signal?: AbortSignal | undefined;
}

/** Bytes that are sent, and sent again, at once: what memory the push takes. Some registries want at least 5 MiB. */
const pieceSize = 5 * 1024 * 1024;

/**
 * Pushes an image. What the registry has already is not sent again; what breaks off goes on where it stopped.
 * @returns how many bytes were sent
 * @throws RegistryError when the registry refuses it or cannot be reached
 */
export async function pushImage(registry: Registry, image: PushedImage, options: PushOptions): Promise<number> {
  const { repository, tag } = options;
  const { mediaType, content, digest } = image.manifest;
  if (await has(registry, repository, `manifests/${digest}`, { Accept: mediaType })) return 0;
  let sent = 0;
  for (const blob of image.blobs) {
    if (await has(registry, repository, `blobs/${blob.digest}`)) continue;
    await upload(registry, blob, options);
    sent += blob.size;
  }
  const answer = await registry.request({
    method: 'PUT',
    url: `/v2/${repository}/manifests/${tag}`,
    access: { repository, action: 'push' },
    headers: { 'Content-Type': mediaType },
    body: content,
  });
  if (answer.status !== 201) {
    throw explainAnswer(answer, `Cannot push ${registry.name}/${repository}:${tag}.`, registry);
  }
  return sent + content.length;
}

/** @throws RegistryError when the registry does not tell */
async function has(registry: Registry, repository: string, what: string, headers = {}): Promise<boolean> {
  const access = { repository, action: 'push' } as const;
  const answer = await registry.request({ method: 'HEAD', url: `/v2/${repository}/${what}`, access, headers });
  if (answer.status === 200 || answer.status === 404) return answer.status === 200;
  throw explainAnswer(answer, `Cannot push to ${registry.name}/${repository}.`, registry);
}

/** An upload that has begun. */
interface Upload {
  /** Where the next piece goes. */
  url: string;
  /** How many bytes the registry has. */
  offset: number;
}

async function upload(registry: Registry, blob: Blob, { repository, signal }: PushOptions): Promise<void> {
  const access = { repository, action: 'push' } as const;
  const start = Date.now();
  let current = await begin();
  for (let failures = 0; ;) {
    const result = await sendRest(current);
    if (result === 'done') return;
    // A piece that arrived is a new beginning.
    failures = result.upload.offset > current.offset ? 1 : failures + 1;
    current = await resume(result.upload);
    const failure = failureOf(result.failed);
    const delay =
      failure && delayBeforeRetry(failure, { failures, elapsed: Date.now() - start, jitter: Math.random() });
    if (delay === undefined) throw toError(result.failed);
    await pause(delay, undefined, signal && { signal });
  }

  async function begin(): Promise<Upload> {
    const url = `/v2/${repository}/blobs/uploads/`;
    const answer = await registry.request({ method: 'POST', url, access });
    if (answer.status !== 202) throw toError(answer);
    return { url: locationOf(answer, url), offset: 0 };
  }

  /** Sends what the registry does not have yet, piece by piece, and closes the upload. */
  async function sendRest(from: Upload): Promise<'done' | { upload: Upload; failed: RegistryAnswer | NetworkFailure }> {
    let at = from;
    for await (const piece of piecesOf(blob, from.offset)) {
      const answer = await tried({
        method: 'PATCH',
        url: at.url,
        access,
        headers: { 'Content-Type': 'application/octet-stream', ...rangeOf(at.offset, piece.length) },
        body: piece,
        isRepeatable: false,
      });
      if (answer instanceof NetworkFailure || answer.status !== 202) return { upload: at, failed: answer };
      at = { url: locationOf(answer, at.url), offset: at.offset + piece.length };
    }
    const closing = await tried({ method: 'PUT', url: withParameter(at.url, 'digest', blob.digest), access });
    if (!(closing instanceof NetworkFailure) && closing.status === 201) return 'done';
    return { upload: at, failed: closing };
  }

  /** A small blob is one piece, which all registries take without a range. */
  function rangeOf(offset: number, length: number): Record<string, string> {
    return blob.size <= pieceSize && offset === 0 ? {} : { 'Content-Range': `${offset}-${offset + length - 1}` };
  }

  /** Asks how far it got; a registry that has forgotten the upload gets a new one. */
  async function resume(broken: Upload): Promise<Upload> {
    const answer = await registry.request({ method: 'GET', url: broken.url, access });
    const end = /^(?:bytes=)?0-(\d+)$/.exec(answer.headers.range ?? '')?.[1];
    if (answer.status !== 204 || end === undefined) return begin();
    // Nothing at all is told in the same way as one byte.
    const offset = Number(end) === 0 ? 0 : Number(end) + 1;
    return { url: locationOf(answer, broken.url), offset };
  }

  async function tried(request: Parameters<Registry['request']>[0]): Promise<RegistryAnswer | NetworkFailure> {
    try {
      return await registry.request(request);
    } catch (error) {
      if (error instanceof NetworkFailure) return error;
      throw error;
    }
  }

  function toError(failed: RegistryAnswer | NetworkFailure): Error {
    if (failed instanceof NetworkFailure) return explainNetwork(failed, registry.name);
    return explainAnswer(failed, `Cannot push to ${registry.name}/${repository}.`, registry);
  }
}

/** The bytes of a blob from an offset on, in pieces of one size but for the last. */
async function* piecesOf(blob: Blob, offset: number): AsyncGenerator<Buffer> {
  let skip = offset;
  let piece = Buffer.allocUnsafe(Math.min(pieceSize, Math.max(blob.size - offset, 0)));
  let filled = 0;
  let rest = blob.size - offset;
  for await (const chunk of blob.open()) {
    let from = Math.min(skip, chunk.length);
    skip -= from;
    while (from < chunk.length) {
      const length = Math.min(chunk.length - from, piece.length - filled);
      piece.set(chunk.subarray(from, from + length), filled);
      from += length;
      filled += length;
      if (filled < piece.length) continue;
      yield piece;
      rest -= filled;
      if (rest <= 0) return;
      piece = rest < piece.length ? piece.subarray(0, rest) : piece;
      filled = 0;
    }
  }
}

/** Registries give whole addresses as well as paths. */
function locationOf({ headers }: RegistryAnswer, current: string): string {
  return headers.location ?? current;
}

function withParameter(url: string, name: string, value: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}${name}=${encodeURIComponent(value)}`;
}
