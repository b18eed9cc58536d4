import { createFeed, type Feed } from '../../../src/logs/feed';
import type { ContainerState } from '../../../src/logs/container';
import { Refusal, type LogQuery, type LogSource } from '../../../src/logs/source';

interface Written {
  text: string;
  /** Nanoseconds since an arbitrary second. */
  time: bigint;
}

interface Run {
  lines: Written[];
  /** How many lines rotation has taken away. */
  rotated: number;
  hasEnded: boolean;
}

/** A container on a node, with the log that a kubelet keeps of it, and all that may happen to those who read it. */
export interface TestNode {
  source: LogSource;
  state: Feed<ContainerState>;
  /** All that was ever written, in order. */
  written: string[];
  write(text: string, nanosecondsLater?: number): void;
  /** Ends the run. */
  end(): void;
  /** Starts the next run. */
  restart(): void;
  /** Begins a new log file; the lines so far can no longer be asked for. */
  rotate(): void;
  /** Lets the API know how the container is. */
  report(): void;
  /** What all open streams suffer: a clean end, a break, or a break within a line. */
  cut(how: 'close' | 'break' | 'break within a line'): void;
  remove(): void;
  /** What each request has asked for. */
  queries: LogQuery[];
}

const start = BigInt(Date.UTC(2026, 0, 1)) * 1_000_000n;

export function createNode(): TestNode {
  const runs: Run[] = [{ lines: [], rotated: 0, hasEnded: false }];
  const written: string[] = [];
  const queries: LogQuery[] = [];
  const streams = new Set<{ cut: string | undefined; wake: () => void }>();
  let time = 0n;
  let isGone = false;
  const current = (): Run => runs.at(-1) as Run;
  const wakeAll = (): void => streams.forEach(({ wake }) => wake());
  const stateNow = (): ContainerState => ({
    hasStarted: true,
    isRunning: !current().hasEnded,
    restarts: runs.length - 1,
    isOver: false,
    isGone,
  });
  const state = createFeed(stateNow());

  async function* read(query: LogQuery, signal: AbortSignal): AsyncGenerator<string> {
    queries.push(query);
    await Promise.resolve();
    if (isGone) throw new Refusal('no such pod');
    const run = query.previous === true ? runs.at(-2) : current();
    if (run === undefined) throw new Refusal('no previous run');
    const stream = { cut: undefined as string | undefined, wake: () => {} };
    streams.add(stream);
    const onAbort = (): void => stream.wake();
    signal.addEventListener('abort', onAbort);
    try {
      const from = BigInt(query.since ?? 0) * 1_000_000_000n;
      const tail = query.tail === undefined ? 0 : Math.max(run.lines.length - query.tail, 0);
      for (let next = Math.max(run.rotated, tail); ;) {
        if (signal.aborted) throw new Error('aborted');
        const line = run.lines[next];
        if (stream.cut === 'close') return;
        if (stream.cut === 'break within a line' && line && start + line.time >= from) {
          yield stampOf(line).slice(0, 33 + (next % 3));
        }
        if (stream.cut !== undefined) throw new Error('the connection broke');
        if (line) {
          next += 1;
          if (start + line.time < from) continue;
          // Pieces end where they like.
          const text = `${stampOf(line)}\n`;
          const middle = (next * 7) % text.length;
          yield text.slice(0, middle);
          yield text.slice(middle);
          continue;
        }
        if (query.follow !== true || run.hasEnded) return;
        await new Promise<void>((resolve) => (stream.wake = resolve));
      }
    } finally {
      signal.removeEventListener('abort', onAbort);
      streams.delete(stream);
    }
  }

  return {
    source: { read },
    state,
    written,
    queries,
    write(text, nanosecondsLater = 1000) {
      if (current().hasEnded) return;
      time += BigInt(nanosecondsLater);
      current().lines.push({ text, time });
      written.push(text);
      wakeAll();
    },
    end() {
      current().hasEnded = true;
      wakeAll();
    },
    restart() {
      current().hasEnded = true;
      wakeAll();
      time += 1_000_000n;
      runs.push({ lines: [], rotated: 0, hasEnded: false });
    },
    rotate() {
      time += 1000n;
      current().rotated = current().lines.length;
    },
    report: () => state.set(stateNow()),
    cut(how) {
      for (const stream of streams) {
        stream.cut = how;
        stream.wake();
      }
    },
    remove() {
      isGone = true;
      current().hasEnded = true;
      wakeAll();
    },
  };
}

function stampOf({ text, time }: Written): string {
  const nanoseconds = start + time;
  const second = new Date(Number(nanoseconds / 1_000_000n)).toISOString().slice(0, 19);
  return `${second}.${String(nanoseconds % 1_000_000_000n).padStart(9, '0')}Z ${text}`;
}

/** Lets everything happen that is ready to. */
export async function settle(turns = 30): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
