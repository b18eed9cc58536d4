import type { LiveObject } from '../live-object';
import { Forbidden, readContainer, type ContainerState, type LogSource, type ReadOptions } from './container';
import { createFeed, type Feed } from './feed';
import type { LogLine } from './line';
import { containerState, howEnded, isRestarted, whyNotStarted } from './pods';
import { createSlots } from './slots';

/** A container whose log is read. */
export interface Origin {
  pod: string;
  container: string;
}

/** Where lines go, and what is told beside them. */
export interface LogOutput {
  /** A log begins to be read. */
  begin: (origin: Origin) => void;
  /** Takes lines of a container in their order; resolves when it can take more. */
  write: (origin: Origin, lines: LogLine[]) => Promise<void>;
  /** Nothing more comes of it. Resolves when all of it is printed. */
  end: (origin: Origin) => Promise<void>;
  /** Tells something about a container, or about all of them. */
  note: (text: string, origin?: Origin) => void;
}

interface Options {
  sourceOf: (origin: Origin) => LogSource;
  containersOf: (pod: LiveObject) => readonly string[];
  reading: ReadOptions;
  /** How many logs are read at once. */
  maxStreams: number;
  output: LogOutput;
  /** Told when one may not be read: then none may. */
  onForbidden: (error: unknown) => void;
  signal: AbortSignal;
}

/** Reads the logs of pods that come and go. */
export interface Readers {
  /** Takes note of how a pod is now. `isNew`: it came up while the logs were followed. */
  see: (pod: LiveObject, isNew?: boolean) => void;
  /** Takes note that a pod is gone. */
  lose: (uid: string) => void;
  /** Takes note that all pods but these are gone. */
  keep: (uids: { has(uid: string): boolean }) => void;
  has: (uid: string) => boolean;
  /** Pods that are there. */
  count: () => number;
  /** Whether anything has been read, or can be. */
  hasStarted: () => boolean;
  /** Resolves when everything was read that will ever be. @throws the first error of a container that could not be read */
  done: () => Promise<void>;
}

interface Reader {
  state: Feed<ContainerState>;
  pod: LiveObject;
}

export function createReaders(options: Options): Readers {
  const { sourceOf, containersOf, reading, maxStreams, output, onForbidden, signal } = options;
  const readers = new Map<string, Map<string, Reader>>();
  const running = new Set<Promise<void>>();
  let failure: unknown;
  let hasStarted = false;
  const troubles = createTroubles(output);
  const slots = createSlots(maxStreams, () =>
    output.note(
      `More than ${maxStreams} logs: the others follow as soon as one ends. --max-streams=N reads more at once.`,
    ),
  );

  const start = (origin: Origin, reader: Reader, isNew: boolean): void => {
    const now = reader.state.current();
    if (!now.hasStarted && !reading.follow) {
      output.note(`has not started: ${whyNotStarted(reader.pod, origin.container)}`, origin);
      return;
    }
    if (reading.previous && now.restarts === 0 && !reading.follow) {
      output.note('has not been started again: there is no log of a run before', origin);
      return;
    }
    hasStarted ||= now.hasStarted;
    let hasBegun = false;
    const begin = (): void => {
      if (!hasBegun && !signal.aborted) output.begin(origin);
      hasBegun = true;
    };
    const job = readContainer(
      {
        source: sourceOf(origin),
        state: reader.state,
        options: isNew ? { follow: reading.follow, isNew: isRestarted(reader.pod) } : reading,
        takeTurn: async (signalOfTurn) => {
          const release = await slots.take(signalOfTurn);
          begin();
          return release;
        },
        write: (lines) => output.write(origin, lines),
        onRestart: (times) => output.note(restartText(times, howEnded(reader.pod, origin.container)), origin),
        onRemark: (text) => output.note(`the node says: ${text.slice(0, longestRemark)}`, origin),
        onTrouble: (error) => troubles.tell(origin, error),
      },
      signal,
    )
      .catch((error: unknown) => {
        if (error instanceof Forbidden) onForbidden(error.cause);
        else failure ??= error;
      })
      .finally(async () => {
        await output.end(origin);
        running.delete(job);
        if (reading.follow && !signal.aborted) output.note(endText(reader), origin);
      });
    running.add(job);
  };

  const endText = ({ pod, state }: Reader): string => {
    const how = [...new Set(containersOf(pod).map((container) => howEnded(pod, container)))].filter(Boolean);
    return `${state.current().isGone ? 'is gone' : 'has ended'}${how.length > 0 ? ` (${how.join('; ')})` : ''}`;
  };

  const lose = (uid: string): void => {
    for (const { state } of readers.get(uid)?.values() ?? []) state.set({ ...state.current(), isGone: true });
    readers.delete(uid);
  };

  return {
    see(pod, isNew = false) {
      const { uid, name } = pod.metadata;
      const known = readers.get(uid) ?? new Map<string, Reader>();
      readers.set(uid, known);
      for (const container of containersOf(pod)) {
        const state = containerState(pod, container);
        const reader = known.get(container);
        if (reader) {
          reader.pod = pod;
          hasStarted ||= state.hasStarted;
          reader.state.set(state);
          continue;
        }
        const created = { pod, state: createFeed(state) };
        known.set(container, created);
        start({ pod: name, container }, created, isNew);
      }
    },
    lose,
    keep: (uids) => [...readers.keys()].filter((uid) => !uids.has(uid)).forEach(lose),
    has: (uid) => readers.has(uid),
    count: () => readers.size,
    hasStarted: () => hasStarted,
    async done() {
      while (running.size > 0) await Promise.race([...running]);
      if (failure !== undefined) throw failure;
    },
  };
}

/** Characters of what a node says. */
const longestRemark = 500;

function restartText(times: number, how: string): string {
  const lost = times > 1 ? '; the logs of the runs between are gone' : '';
  return `was started again${times > 1 ? ` ${times} times` : ''}${how === '' ? '' : ` after ${how}`}${lost}`;
}

/** When a server is gone, all logs break at once: that is told once. */
function createTroubles({ note }: LogOutput): { tell: (origin: Origin, error: Error | undefined) => void } {
  const inTrouble = new Set<string>();
  let told = '';
  return {
    tell({ pod, container }, error) {
      const key = `${pod}/${container}`;
      if (error === undefined) {
        inTrouble.delete(key);
        if (inTrouble.size === 0 && told !== '') note('The logs can be read again.');
        if (inTrouble.size === 0) told = '';
        return;
      }
      inTrouble.add(key);
      const [reason = ''] = error.message.split('\n');
      if (reason !== told) note(`The logs cannot be read at the moment, trying again: ${reason}`);
      told = reason;
    },
  };
}
