/** Why a try failed, as far as it matters for another one. */
export type Failure =
  | { kind: 'network'; code: string; reusedConnection: boolean }
  | { kind: 'status'; status: number; message: string; retryAfterSeconds?: number | undefined };

export interface RetryState {
  /** How many tries failed so far, this one included. */
  failures: number;
  /** Milliseconds since the first try began. */
  elapsed: number;
  /** Between 0 and 1, spreads clients that failed together. */
  jitter: number;
}

/** The server, or the way to it, was not there: the request never arrived. */
const unreachable = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN']);
/** The connection broke; the request may have arrived. */
const broken = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE']);

const maxNetworkTries = 4;
const busyLimit = 60_000;
const retryAfterLimit = 30_000;

/**
 * Milliseconds to wait before the next try, or undefined to give up.
 *
 * - Unreachable: three more tries within about four seconds.
 * - Broken: the same; at once when the connection was an old one that the server may just have closed.
 * - 429 and 5xx: with the server's Retry-After, else 1 s, 2 s, 4 s…, for up to a minute in all.
 * - Everything else is final. So is a conversion webhook that drops the connection: it panics on the same object each time.
 */
export function delayBeforeRetry(failure: Failure, { failures, elapsed, jitter }: RetryState): number | undefined {
  if (failure.kind === 'network') {
    if (failures >= maxNetworkTries) return undefined;
    if (broken.has(failure.code)) {
      return failure.reusedConnection && failures === 1 ? 0 : backoff(500, failures, jitter);
    }
    return unreachable.has(failure.code) ? backoff(500, failures, jitter) : undefined;
  }
  if (!isBusy(failure)) return undefined;
  const delay =
    failure.retryAfterSeconds === undefined
      ? backoff(1000, failures, jitter)
      : Math.min(Math.max(failure.retryAfterSeconds, 1) * 1000, retryAfterLimit);
  return elapsed + delay <= busyLimit ? delay : undefined;
}

function isBusy({ status, message }: { status: number; message: string }): boolean {
  if (/conversion webhook .* failed: .*EOF/s.test(message)) return false;
  return status === 429 || (status >= 500 && status <= 504 && status !== 501);
}

/** Doubles with each failure, plus up to a quarter of jitter. */
function backoff(base: number, failures: number, jitter: number): number {
  return Math.round(base * 2 ** (failures - 1) * (1 + jitter / 4));
}
