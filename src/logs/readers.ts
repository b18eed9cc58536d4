import { isDeepStrictEqual } from 'node:util';
import { toError } from '../errors';
import type { LiveObject } from '../live-object';
import { readContainer, type ContainerState, type ReadOptions } from './container';
import { createFeed, type Feed } from './feed';
import type { LogOutput, Origin } from './output';
import { containerState, howEnded, isRestarted, whyNotStarted } from './pods';
import { createSlots } from './slots';
import { endText, remarkText, restartText } from './words';
import { Forbidden, type LogSource } from './source';
import { createTroubles } from './troubles';

interface Options {
  sourceOf: (origin: Origin) => LogSource;
  containersOf: (pod: LiveObject) => readonly string[];
  reading: ReadOptions;
  /** How many logs are read at once. */
  maxStreams: number;
  output: LogOutput;
  /** Told when one may not be read: then none may. */
  onForbidden: (error: Error) => void;
  signal: AbortSignal;
  /** Instead of waiting, so that tests need not. */
  sleep?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
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
  let failure: Error | undefined;
  let hasStarted = false;
  const troubles = createTroubles(output);
  const slots = createSlots(maxStreams, () =>
    output.note(
      `More than ${maxStreams} logs: the others follow as soon as one ends. --max-streams=N reads more at once.`,
    ),
  );

  const start = (origin: Origin, reader: Reader, isNew: boolean): void => {
    const now = reader.state.current();
    hasStarted ||= now.hasStarted;
    if (!now.hasStarted && !reading.follow) {
      output.note(`has not started: ${whyNotStarted(reader.pod, origin.container)}`, origin);
      return;
    }
    if (reading.previous && now.restarts === 0 && !reading.follow) {
      output.note('has not been started again: there is no log of a run before', origin);
      return;
    }
    // What comes up while the logs are followed counts from its first line.
    const isFresh = isNew || (reading.follow && !now.hasStarted);
    const remarks = new Set<string>();
    let hasBegun = false;
    const begin = (): void => {
      if (!hasBegun && !signal.aborted && !reader.state.current().isGone) output.begin(origin);
      hasBegun = true;
    };
    const job = readContainer(
      {
        source: sourceOf(origin),
        state: reader.state,
        options: isFresh ? { follow: reading.follow, isNew: isRestarted(reader.pod) } : reading,
        takeTurn: async (signalOfTurn) => {
          const release = await slots.take(signalOfTurn);
          begin();
          return release;
        },
        write: (lines) => output.write(origin, lines),
        onRestart: (times) => output.note(restartText(times, howEnded(reader.pod, origin.container)), origin),
        onRemark: (text) => {
          if (!remarks.has(text)) output.note(remarkText(text), origin);
          remarks.add(text);
        },
        onTrouble: (error) => troubles.tell(origin, error),
        ...(options.sleep && { sleep: options.sleep }),
      },
      signal,
    )
      .catch((error: unknown) => {
        if (error instanceof Forbidden) onForbidden(toError(error.cause));
        else failure ??= toError(error);
        return undefined;
      })
      .then(async (result) => {
        troubles.forget(origin);
        await output.end(origin);
        const { pod, state } = reader;
        const isCutShort = result?.isCutShort === true;
        const how = { isGone: state.current().isGone, how: howEnded(pod, origin.container), isCutShort };
        if (reading.follow && !signal.aborted) output.note(endText(how), origin);
        running.delete(job);
      });
    running.add(job);
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
          // Who waits is woken only by what matters.
          if (!isDeepStrictEqual(state, reader.state.current())) reader.state.set(state);
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
