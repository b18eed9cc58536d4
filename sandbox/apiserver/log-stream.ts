import type { LineStream } from '../faults/faulty-stream';
import type { ContainerLogs, LogLine, Run } from './container-logs';

interface Place {
  podUid: string;
  container: string;
}

/**
 * Sends the log of a container as a kubelet does; with `follow` until the container ends or the client leaves. The answer
 * begins with the first line.
 * @param open begins the answer
 * @returns a function that stops it
 */
export function streamLog(
  logs: ContainerLogs,
  { podUid, container }: Place,
  query: URLSearchParams,
  now: number,
  open: () => LineStream,
): () => void {
  const { run: current, previous } = logs.read(podUid, container);
  const isPrevious = query.get('previous') === 'true';
  const run: Run = (isPrevious ? previous : current) ?? { lines: [], rotated: 0, hasEnded: true };
  let stream: LineStream | undefined;
  const withTimes = query.get('timestamps') === 'true';
  const send = ({ time, text }: LogLine): void => {
    stream ??= open();
    stream.send(`${withTimes ? `${new Date(time).toISOString().replace('Z', '000000Z')} ` : ''}${text}\n`);
  };
  const end = (): void => {
    stream ??= open();
    stream.end();
  };

  selectLines(run.lines, query, now).forEach(send);
  if (query.get('follow') !== 'true' || run.hasEnded) {
    end();
    return () => undefined;
  }
  let next = run.rotated + run.lines.length;
  const stop = logs.follow(podUid, container, () => {
    run.lines.slice(Math.max(next - run.rotated, 0)).forEach(send);
    next = run.rotated + run.lines.length;
    if (!run.hasEnded) return;
    stop();
    end();
  });
  return stop;
}

function selectLines(lines: readonly LogLine[], query: URLSearchParams, now: number): LogLine[] {
  const sinceSeconds = query.get('sinceSeconds');
  const sinceTime = query.get('sinceTime');
  const start = sinceTime ? Date.parse(sinceTime) : sinceSeconds ? now - Number(sinceSeconds) * 1000 : -Infinity;
  const recent = lines.filter(({ time }) => time >= start);
  const tail = query.get('tailLines');
  return tail === null ? recent : recent.slice(Math.max(recent.length - Number(tail), 0));
}
