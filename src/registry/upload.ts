import { setTimeout as pause } from 'node:timers/promises';
import { delayBeforeRetry, type Failure } from '../http/retry';
import { NetworkFailure } from '../http/transport';
import { explainAnswer, explainNetwork } from './explain';
import { failureOf } from './registry';
import type { Registry, RegistryAnswer, RegistryRequest } from './types';

/** What a digest names. */
export interface Blob {
  digest: string;
  /** Bytes. */
  size: number;
  /** Its bytes from the beginning, the same each time. A chunk is good until the next one is asked for. */
  open: () => AsyncIterable<Uint8Array>;
}

/** An upload that has begun. */
interface Upload {
  /** Where the next bytes go. */
  url: string;
  /** How many bytes the registry has. */
  offset: number;
}

type Failed = RegistryAnswer | NetworkFailure;

/** What is written out at once: all the memory that an upload takes. */
const chunkSize = 1024 * 1024;

/** Chunks of a piece, where an upload goes in pieces: some registries take none of more than 4 MiB. */
const chunksOfPiece = 4;

/** How often something else is tried without getting any further. */
const mostTries = 4;

/**
 * Uploads a blob as one stream, which all registries take. Where that breaks off it goes on as far as the registry says that it
 * got. To a registry that has lost it, it goes in pieces, so that the next break costs only one; and as a stream again where
 * these are refused. Source: opencontainers/distribution-spec v1.1, Pushing Blobs.
 * @throws RegistryError when the registry refuses it or cannot be reached; Error when the blob cannot be read
 */
export async function uploadBlob(
  registry: Registry,
  repository: string,
  blob: Blob,
  signal: AbortSignal | undefined,
): Promise<void> {
  const access = { repository, action: 'push' } as const;
  let inPieces = false;
  let furthest = 0;
  let failures = 0;
  let since = Date.now();
  let current = await begin();
  for (;;) {
    const { at, failed } = await sendRest(current);
    if (failed === undefined) return;
    const isFurther = at.offset > furthest;
    failures = isFurther ? 1 : failures + 1;
    furthest = Math.max(furthest, at.offset);
    if (failures === 1) since = Date.now();
    const refusesPieces: boolean = inPieces && isRefusal(failed);
    const delay = refusesPieces ? 0 : delayAfter(failed);
    if (delay === undefined || failures > mostTries) throw toError(failed);
    await pause(delay, undefined, signal && { signal });
    const resumed: Upload | undefined = refusesPieces ? undefined : await askHowFar(at);
    inPieces = resumed === undefined ? !refusesPieces : inPieces;
    current = resumed ?? (await begin());
  }

  async function begin(): Promise<Upload> {
    const url = `/v2/${repository}/blobs/uploads/`;
    const answer = await registry.request({ method: 'POST', url, access });
    if (answer.status !== 202) throw toError(answer);
    return { url: locationOf(answer, url), offset: 0 };
  }

  /** Sends what the registry does not have yet, and closes the upload. */
  async function sendRest(from: Upload): Promise<{ at: Upload; failed?: Failed }> {
    const chunks = chunksFrom(blob, from.offset);
    let at = from;
    try {
      while (at.offset < blob.size) {
        const rest = blob.size - at.offset;
        const length = inPieces ? Math.min(rest, chunksOfPiece * chunkSize) : rest;
        const end = at.offset + length;
        const isWhole = length === blob.size;
        const answer = await tried({
          method: 'PATCH',
          url: at.url,
          access,
          headers: {
            'Content-Type': 'application/octet-stream',
            'Content-Length': String(length),
            ...(!isWhole && { 'Content-Range': `${at.offset}-${end - 1}` }),
          },
          body: take(chunks, inPieces ? chunksOfPiece : Infinity),
          isRepeatable: false,
        });
        if (answer instanceof NetworkFailure || answer.status !== 202) return { at, failed: answer };
        at = { url: locationOf(answer, at.url), offset: end };
      }
    } finally {
      await chunks.return(undefined);
    }
    const closing = await tried({ method: 'PUT', url: withParameter(at.url, 'digest', blob.digest), access });
    return closing instanceof NetworkFailure || closing.status !== 201 ? { at, failed: closing } : { at };
  }

  /** Undefined where the registry has forgotten the upload, or does not say. */
  async function askHowFar(broken: Upload): Promise<Upload | undefined> {
    const answer = await registry.request({ method: 'GET', url: broken.url, access });
    const end = /^(?:bytes=)?0-(\d+)$/.exec(answer.headers.range ?? '')?.[1];
    if (answer.status !== 204 || end === undefined) return undefined;
    // Nothing at all is told in the same way as one byte.
    const offset = Number(end) === 0 ? 0 : Number(end) + 1;
    return { url: locationOf(answer, broken.url), offset };
  }

  function delayAfter(failed: Failed): number | undefined {
    // The registry client has a new token by now.
    if (!(failed instanceof NetworkFailure) && failed.status === 401) return failures === 1 ? 0 : undefined;
    const failure = failureOf(failed);
    const inUse = failure?.kind === 'network' ? brokenInUse(failure) : failure;
    return inUse && delayBeforeRetry(inUse, { failures, elapsed: Date.now() - since, jitter: Math.random() });
  }

  async function tried(request: RegistryRequest): Promise<Failed> {
    try {
      return await registry.request(request);
    } catch (error) {
      if (!(error instanceof NetworkFailure)) throw error;
      if (error.code === 'SOURCE_FAILED') throw error.cause;
      return error;
    }
  }

  function toError(failed: Failed): Error {
    if (failed instanceof NetworkFailure) return explainNetwork(failed, registry.name);
    return explainAnswer(failed, `Cannot push to ${registry.name}/${repository}.`, registry);
  }
}

/** Whether the registry does not want what it got, whatever comes next; a token that has run out is renewed. */
function isRefusal(failed: Failed): boolean {
  return !(failed instanceof NetworkFailure) && failed.status !== 401 && failureOf(failed) === undefined;
}

/**
 * A connection that breaks while it is in use is no idle one that was closed, which would be tried again at once. One that falls
 * silent, as behind a router that forgot it, is broken, too.
 */
function brokenInUse(failure: Extract<Failure, { kind: 'network' }>): Failure {
  const isSilent = failure.code === 'ETIMEDOUT' || failure.code === 'ANSWER_TIMEOUT';
  return { ...failure, code: isSilent ? 'ECONNRESET' : failure.code, reusedConnection: false };
}

/** The bytes of a blob from an offset on, in chunks of one size but for the last; all go through one buffer. */
async function* chunksFrom(blob: Blob, offset: number): AsyncGenerator<Uint8Array, void, undefined> {
  const chunk = Buffer.allocUnsafe(Math.min(chunkSize, blob.size - offset));
  let skip = offset;
  let filled = 0;
  for await (const bytes of blob.open()) {
    let from = Math.min(skip, bytes.length);
    skip -= from;
    while (from < bytes.length) {
      const length = Math.min(bytes.length - from, chunk.length - filled);
      chunk.set(bytes.subarray(from, from + length), filled);
      from += length;
      filled += length;
      if (filled < chunk.length) continue;
      yield chunk;
      filled = 0;
    }
  }
  if (filled > 0) yield chunk.subarray(0, filled);
}

/** The next so many chunks; the others stay for later. */
async function* take(chunks: AsyncIterator<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  for (let taken = 0; taken < count; taken += 1) {
    const next: IteratorResult<Uint8Array, unknown> = await chunks.next();
    if (next.done === true) return;
    yield next.value;
  }
}

/** Registries give whole addresses as well as paths. */
function locationOf({ headers }: RegistryAnswer, current: string): string {
  return headers.location ?? current;
}

function withParameter(url: string, name: string, value: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}${name}=${encodeURIComponent(value)}`;
}
