import type { LogLine } from './line';

/** Puts the lines of several logs in the order of their times, as far as they arrive at about the same time. */
export interface Merge<T> {
  /** Another log is being read. */
  begin: (origin: T) => void;
  /** Takes lines of a log in their order; resolves when it can take more. */
  push: (origin: T, lines: readonly LogLine[]) => Promise<void>;
  /** Nothing more comes of a log. Resolves when all its lines are written. */
  end: (origin: T) => Promise<void>;
}

/** A line, and whose it is. */
export interface Entry<T> {
  origin: T;
  line: LogLine;
}

interface Options<T> {
  write: (entries: Entry<T>[]) => Promise<void>;
  /** Milliseconds that a line waits for earlier ones of other logs. */
  patience?: number;
}

interface Queue<T> {
  origin: T;
  lines: LogLine[];
  /** When the last of them was handed out, or it began. */
  emptySince: number;
  isOver: boolean;
  /** Told when there is room again. */
  wake: () => void;
}

/** Lines of one log that wait at most, so that the memory does not grow with the logs. */
const most = 100;

export function createMerge<T>({ write, patience = 500 }: Options<T>): Merge<T> {
  const queues = new Map<T, Queue<T>>();
  let isPumping = false;
  let timer: NodeJS.Timeout | undefined;

  const begin = (origin: T): Queue<T> => {
    const queue = queues.get(origin) ?? {
      origin,
      lines: [],
      emptySince: performance.now(),
      isOver: false,
      wake: () => {},
    };
    queues.set(origin, queue);
    return queue;
  };
  /** The next lines of the log whose first line is the earliest of all; none while another may still bring an earlier one. */
  const next = (): Entry<T>[] => {
    const ready = [...queues.values()].filter(({ lines }) => lines.length > 0);
    const [first, second] = ready.sort((a, b) => byTime(a.lines[0], b.lines[0]));
    if (first === undefined) return [];
    // A log that says nothing is waited for once; after that it has to speak first.
    const awaited = [...queues.values()].filter(({ lines, isOver }) => lines.length === 0 && !isOver);
    const wait = patience - (performance.now() - Math.max(...awaited.map(({ emptySince }) => emptySince)));
    if (awaited.length > 0 && wait > 0) {
      timer ??= setTimeout(() => {
        timer = undefined;
        void pump();
      }, wait);
      return [];
    }
    const later = first.lines.findIndex((line) => byTime(line, second?.lines[0]) > 0);
    const lines = first.lines.splice(0, later < 0 ? first.lines.length : Math.max(later, 1));
    first.emptySince = performance.now();
    return lines.map((line) => ({ origin: first.origin, line }));
  };
  const pump = async (): Promise<void> => {
    if (isPumping) return;
    isPumping = true;
    for (let entries = next(); entries.length > 0; entries = next()) {
      while (entries.length < most) {
        const more = next();
        if (more.length === 0) break;
        entries.push(...more);
      }
      await write(entries);
      wakeAll();
    }
    isPumping = false;
    wakeAll();
  };
  const wakeAll = (): void => queues.forEach(({ wake }) => wake());
  const until = async (queue: Queue<T>, fits: () => boolean): Promise<void> => {
    void pump();
    while (!fits()) await new Promise<void>((resolve) => (queue.wake = resolve));
  };

  return {
    begin,
    async push(origin, lines) {
      const queue = begin(origin);
      for (const line of lines) queue.lines.push(line);
      await until(queue, () => queue.lines.length <= most);
    },
    async end(origin) {
      const queue = begin(origin);
      queue.isOver = true;
      await until(queue, () => queue.lines.length === 0 && !isPumping);
      queues.delete(origin);
      if (queues.size === 0) clearTimeout(timer);
    },
  };
}

function byTime(one: LogLine | undefined, other: LogLine | undefined): number {
  if (one === undefined || other === undefined) return one === undefined ? 1 : -1;
  return one.seconds - other.seconds || one.nanoseconds - other.nanoseconds;
}
