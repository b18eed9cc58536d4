import type { IncomingMessage } from 'node:http';
import { isSlow, type Api } from '../cluster/api';
import { logStream, type LogPlace } from '../cluster/container-logs';
import { ClusterError } from '../errors';
import { isBroken } from '../http/retry';
import { NetworkFailure } from '../http/transport';
import { Forbidden, IdleLog, Refusal, type LogSource } from './source';

/**
 * Milliseconds without a byte after which a log is asked for again: the connection may be dead.
 * A node sends not even the head of an answer before the first line, so that silence is no failure.
 */
const longestSilence = 60_000;
/** What breaks after so many milliseconds of silence was cut for that, by a proxy for instance. */
const silenceOfProxies = 10_000;

/** The log of a container in the cluster. */
export function clusterLog(api: Api, place: LogPlace): LogSource {
  return {
    async *read({ previous, ...query }, signal) {
      let lastSign = performance.now();
      let stream: IncomingMessage | undefined;
      const watchOver = (): NodeJS.Timeout => setTimeout(() => stream?.destroy(new IdleLog()), longestSilence);
      let quiet: NodeJS.Timeout | undefined;
      try {
        stream = await logStream(
          api,
          { ...place, previous: previous === true },
          { ...query, timestamps: true },
          { patience: longestSilence, once: true, signal },
        );
        stream.setEncoding('utf8');
        quiet = watchOver();
        for await (const piece of stream) {
          // Whoever takes his time with it does not make the connection silent.
          clearTimeout(quiet);
          yield piece as string;
          lastSign = performance.now();
          quiet = watchOver();
        }
      } catch (error) {
        const isSilent = query.follow === true && isOfSilence(error, performance.now() - lastSign);
        throw isSilent ? new IdleLog() : meaningOf(error);
      } finally {
        clearTimeout(quiet);
        stream?.destroy();
      }
    },
  };
}

/** Whether a log that is followed broke only because it had nothing to say. */
export function isOfSilence(error: unknown, silence: number): boolean {
  if (!(error instanceof ClusterError)) return error instanceof IdleLog || silence >= silenceOfProxies;
  const { status, cause } = error;
  const wasCut = status === 504 || (cause instanceof NetworkFailure && isBroken(cause.code));
  return isSlow(cause) || (wasCut && silence >= silenceOfProxies);
}

function meaningOf(error: unknown): unknown {
  if (!(error instanceof ClusterError)) return error;
  const { status, explanation } = error;
  if (status === 401 || status === 403) return new Forbidden(error.message, { cause: error });
  const isRefusal = status === 400 || status === 404;
  return isRefusal ? new Refusal(explanation.why ?? explanation.what, { cause: error }) : error;
}
