import type { ReadOptions } from './container';

/** Which logs are wanted. */
export interface LogRequest {
  follow: boolean;
  /** Of the run before the last restart. */
  previous: boolean;
  /** The last lines, so many. */
  tail?: number | undefined;
  /** What was written since: in seconds since 1970, or so many seconds before now. */
  since?: { time: number } | { ago: number } | undefined;
  /** A container by its name, or `all`; undefined for the one that matters. */
  container?: string | undefined;
  /** Of the pods of the Dapr proxy, instead of those of the function. */
  proxy: boolean;
  /** How many logs are read at once. */
  maxStreams: number;
}

/** What that means for each container. @param now the server's clock, in seconds since 1970 */
export function readingOf({ follow, previous, tail, since }: LogRequest, now: number | undefined): ReadOptions {
  return { follow, previous, tail, since: since && secondOf(since, now), began: now };
}

function secondOf(since: { time: number } | { ago: number }, now: number | undefined): number {
  if ('time' in since) return since.time;
  // A server that does not tell its time is taken to have ours.
  return Math.floor((now ?? Date.now() / 1000) - since.ago);
}
