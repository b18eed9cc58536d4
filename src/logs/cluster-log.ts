import { isSlow, type Api } from '../cluster/api';
import { logStream, type LogPlace } from '../cluster/container-logs';
import { ClusterError } from '../errors';
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
      const quiet = setTimeout(() => stream?.destroy(new IdleLog()), longestSilence);
      let stream: Awaited<ReturnType<typeof logStream>> | undefined;
      try {
        stream = await logStream(
          api,
          { ...place, previous: previous === true },
          { ...query, timestamps: true },
          { patience: longestSilence, once: true, signal },
        );
        stream.setEncoding('utf8');
        for await (const piece of stream) {
          yield piece as string;
          lastSign = performance.now();
          quiet.refresh();
        }
      } catch (error) {
        throw meaningOf(error, performance.now() - lastSign);
      } finally {
        clearTimeout(quiet);
        stream?.destroy();
      }
    },
  };
}

function meaningOf(error: unknown, silence: number): unknown {
  if (error instanceof ClusterError) {
    const { status, cause } = error;
    if (status === 401 || status === 403) return new Forbidden(error.message, { cause: error });
    if (status === 400 || status === 404) return new Refusal(error.explanation.what, { cause: error });
    if (isSlow(cause)) return new IdleLog();
  }
  return silence >= silenceOfProxies ? new IdleLog() : error;
}
