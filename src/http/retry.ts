/** Why a try failed, as far as it matters for another one. */
export type Failure =
  | { kind: 'network'; code: string; reusedConnection: boolean }
  | { kind: 'status'; status: number; retryAfterSeconds?: number | undefined };

export interface RetryState {
  /** How many tries failed so far, this one included. */
  failures: number;
  /** Milliseconds since the first try began. */
  elapsed: number;
  /** Between 0 and 1, spreads clients that failed together. */
  jitter: number;
  /** Milliseconds that all tries together may take. Default: as long as the kind of failure is worth it. */
  patience?: number | undefined;
}

/** The server, or the way to it, was not there: the request never arrived. */
const unreachable = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN']);
/** The connection broke; the request may have arrived. */
const broken = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE']);

/** Whether the connection broke under a request. */
export function isBroken(code: string): boolean {
  return broken.has(code);
}

const maxNetworkTries = 4;
const busyLimit = 60_000;
const retryAfterLimit = 30_000;

/**
 * Milliseconds to wait before the next try, or undefined to give up.
 *
 * - Unreachable: three more tries within about four seconds.
 * - Broken: the same; at once when the connection was an old one that the server may just have closed.
 * - 429 and 5xx: with the server's Retry-After, else 1 s, 2 s, 4 s…, for up to a minute in all.
 * - Everything else is final.
 */
export function delayBeforeRetry(failure: Failure, state: RetryState): number | undefined {
  const { elapsed, patience = Infinity } = state;
  const limit = failure.kind === 'network' ? patience : Math.min(patience, busyLimit);
  const delay = failure.kind === 'network' ? delayOnNetwork(failure, state) : delayOnStatus(failure, state);
  return delay !== undefined && elapsed + delay <= limit ? delay : undefined;
}

function delayOnNetwork(
  { code, reusedConnection }: Extract<Failure, { kind: 'network' }>,
  { failures, jitter }: RetryState,
): number | undefined {
  if (failures >= maxNetworkTries) return undefined;
  if (isBroken(code)) return reusedConnection && failures === 1 ? 0 : backoff(500, failures, jitter);
  return unreachable.has(code) ? backoff(500, failures, jitter) : undefined;
}

function delayOnStatus(
  { status, retryAfterSeconds }: Extract<Failure, { kind: 'status' }>,
  { failures, jitter }: RetryState,
): number | undefined {
  if (!isBusyStatus(status)) return undefined;
  if (retryAfterSeconds === undefined) return backoff(1000, failures, jitter);
  return Math.min(Math.max(retryAfterSeconds, 1) * 1000, retryAfterLimit);
}

/** Whether a later try may fare better: the server is overloaded, or it or what it needs is not there at the moment. */
export function isBusyStatus(status: number): boolean {
  return status === 429 || (status >= 500 && status <= 504 && status !== 501);
}

/** The seconds of a Retry-After header; undefined without one that is a number. */
export function retryAfterOf(header: string | undefined): number | undefined {
  const seconds = Number.parseInt(header ?? '', 10);
  return Number.isNaN(seconds) ? undefined : seconds;
}

/** Doubles with each failure, plus up to a quarter of jitter. */
function backoff(base: number, failures: number, jitter: number): number {
  return Math.round(base * 2 ** (failures - 1) * (1 + jitter / 4));
}
