import { toError } from '../errors';
import { pauseFor } from '../pause';
import type { Feed } from './feed';
import { linked } from './linked';
import { createLineReader, type LogLine } from './line';
import { createPosition } from './position';
import { Forbidden, IdleLog, Refusal, type LogQuery, type LogSource } from './source';

/** How a container is, as far as it matters for its log. */
export interface ContainerState {
  /** Whether it has been started, so that there is a log. */
  hasStarted: boolean;
  isRunning: boolean;
  /** How often it was started again. */
  restarts: number;
  /** Whether it will not run again. */
  isOver: boolean;
  /** Whether its pod is gone, and its log with it. */
  isGone: boolean;
}

export interface ReadOptions {
  follow: boolean;
  /** The run before the last restart: alone, or first where the log is followed. */
  previous?: boolean;
  /** Whether all counts that it has ever written, however often it was started again before it could be read. */
  isNew?: boolean;
  /** What was written before is left out: but for the last lines, or what was written since a second since 1970. */
  tail?: number | undefined;
  since?: number | undefined;
  /** When the reading began, in seconds since 1970: what earlier runs wrote before does not count. */
  began?: number | undefined;
}

export interface Job {
  source: LogSource;
  state: Feed<ContainerState>;
  options: ReadOptions;
  /** Takes new lines in their order; resolves when it can take more. */
  write: (lines: LogLine[]) => Promise<void>;
  /** Told that it began to run again, and how often since it was last told. */
  onRestart?: (times: number) => void;
  /** Told what the node says instead of lines. */
  onRemark?: (text: string) => void;
  /** Told that its log cannot be read at the moment, and with undefined that it can be again. */
  onTrouble?: (error: Error | undefined) => void;
  /** Resolves when it may read; returns what to call when it has read. */
  takeTurn?: (signal: AbortSignal) => Promise<() => void>;
  /** Instead of waiting, so that tests need not. */
  sleep?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Milliseconds between two tries; twice as many after each that has brought nothing. */
const shortestPause = 250;
const longestPause = 5000;
/** Tries without any line, one after the other, where nobody follows. */
const mostFailures = 4;
/** The same where it was allowed before: about half a minute. */
const mostRefusals = 9;
/** Milliseconds for the last lines when the pod is gone. */
const lastLines = 5000;

/**
 * Reads the log of a container: each line once and in order, however often the connection breaks, the container is started
 * again or its log is rotated. With `follow`, until it will write no more.
 * @returns whether its pod went away while the log could not be read, so that the last lines may be missing
 * @throws Forbidden; without `follow` also the last failure of several
 */
export async function readContainer(job: Job, signal: AbortSignal): Promise<{ isCutShort: boolean }> {
  const { source, state, options, write, onTrouble = () => {}, sleep = pauseFor } = job;
  const position = createPosition();
  let beginning: Pick<LogQuery, 'since' | 'tail'> = { since: options.since, tail: options.tail };
  let failures = 0;
  let isInTrouble = false;
  let refusal = '';
  /** What had no end of line when an answer ended. */
  let lastPending = '';
  let leaveTurn: (() => void) | undefined;
  /** Whether every line counts that is written from now on. */
  let hasBegun = options.isNew === true;

  try {
    if (options.follow) return { isCutShort: await follow() };
    await takeTurn();
    const end = await readToEnd(options.previous === true ? { previous: true } : {});
    if (end === 'refused') job.onRemark?.(refusal);
    return { isCutShort: false };
  } finally {
    leaveTurn?.();
  }

  /** What was written before the log is followed, as far as it is wanted. */
  async function readBeginning(): Promise<void> {
    if (options.previous) {
      await takeTurn();
      await readToEnd({ previous: true });
    }
    const { tail } = beginning;
    if (tail !== undefined && position.second() === undefined && state.current().hasStarted) {
      await takeTurn();
      // Which lines are the last is decided once.
      beginning.tail = Math.max(tail, 1);
      await readToEnd({}, { isShown: tail > 0 });
      position.cut();
      hasBegun = true;
    }
    beginning = { since: beginning.since };
  }

  async function follow(): Promise<boolean> {
    await readBeginning();
    let restarts = options.isNew === true ? 0 : state.current().restarts;
    let hasRead = false;
    let isWhole = false;
    while (!signal.aborted && !state.current().isGone) {
      const { hasStarted, isOver } = state.current();
      if (!hasStarted && isOver) return false;
      if (!hasStarted) {
        await state.next(signal);
        continue;
      }
      await takeTurn();
      const now = state.current();
      if (now.isGone) break;
      const times = now.restarts - restarts;
      restarts = now.restarts;
      if (times > 0) {
        await readPrevious();
        job.onRestart?.(times);
      }
      // It may have been started again meanwhile.
      const hasPrevious = times > 0 && state.current().restarts === restarts;
      const { end, news } = await readOnce({ follow: true }, { hasPrevious, restarts });
      hasRead = true;
      isWhole = end === 'ended';
      // A node that breaks off looks like one that is done: only an answer that brings nothing new is the end.
      const isRead = (end === 'refused' || (isWhole && !news)) && !now.isRunning;
      if (isRead && now.isOver) {
        if (!isWhole) job.onRemark?.(refusal);
        return !isWhole;
      }
      if (isRead || end === 'idle') giveTurn();
      if (isRead) await untilNextRun(now);
      else if (end !== 'idle' && !(isWhole && news)) await waitBeforeRetry();
    }
    return hasRead && !isWhole && !signal.aborted;
  }

  /** What the run before has written and was not read. */
  async function readPrevious(): Promise<void> {
    const isBounded = position.second() === undefined && options.isNew !== true;
    await readToEnd({ previous: true, ...(isBounded && { since: options.began }) });
  }

  /** Waits where all that was written has been read. */
  async function untilNextRun({ restarts }: ContainerState): Promise<void> {
    const isWorthIt = ({ isGone, isOver, isRunning, ...now }: ContainerState): boolean =>
      isGone || isOver || isRunning || now.restarts > restarts;
    while (!signal.aborted && !isWorthIt(state.current())) await state.next(signal);
  }

  /** The turn is kept until there is nothing to read: who only lost the connection does not wait behind others. */
  async function takeTurn(): Promise<void> {
    leaveTurn ??= await job.takeTurn?.(signal);
  }

  function giveTurn(): void {
    leaveTurn?.();
    leaveTurn = undefined;
  }

  /** A change of the container is a reason to try at once. */
  async function waitBeforeRetry(): Promise<void> {
    const over = linked(signal);
    await Promise.race([
      sleep(Math.min(shortestPause * 2 ** failures, longestPause), over.signal),
      state.next(over.signal),
    ]);
    over.abort();
    failures += 1;
  }

  /** Reads what there is, in several tries if need be. */
  async function readToEnd(query: LogQuery, { isShown = true } = {}): Promise<End> {
    for (;;) {
      const { end } = await readOnce(query, { isShown, hasPrevious: query.previous === true });
      if (end === 'ended' || end === 'refused' || signal.aborted || state.current().isGone) return end;
      await waitBeforeRetry();
    }
  }

  async function readOnce(
    query: LogQuery,
    { isShown = true, hasPrevious, restarts = Infinity }: ReadOnceOptions,
  ): Promise<{ end: End; news: boolean }> {
    const second = position.second();
    let filter = position.filter();
    const reader = createLineReader({ onRemark: (text) => job.onRemark?.(text) });
    /** Whether nothing lies between what was read and this: it may be the end of a run before. */
    let isConnected = hasPrevious || !hasBegun || !options.follow;
    let news = false;
    let pieces = 0;
    let isWriting = false;
    hasBegun = true;
    const show = async (found: LogLine[]): Promise<void> => {
      if (found.length === 0) return;
      let lines = found;
      if (!isConnected && !filter.overlaps()) {
        await readPrevious();
        // It may be this very run that has become the one before.
        filter = position.filter();
        lines = found.flatMap((line) => filter.pass(line));
      }
      isConnected = true;
      if (lines.length === 0) return;
      news = true;
      isWell();
      for (const line of lines) position.add(line);
      if (!isShown) return;
      isWriting = true;
      await write(lines);
      isWriting = false;
    };
    const restriction = second === undefined ? beginning : { since: second };
    const over = linked(signal);
    void endWhenLeft(over, {
      isUnclear: (now) => now.restarts > restarts && !isConnected,
      progress: () => (isWriting ? Number.NaN : pieces),
    });
    try {
      for await (const piece of source.read({ ...restriction, ...query }, over.signal)) {
        pieces += 1;
        await show(reader.take(piece).flatMap((line) => filter.pass(line)));
      }
      const pending = reader.pending();
      const rest = reader.rest();
      // As long as the container runs, what has no end of line may get one; also a node that breaks off leaves such a rest.
      if (query.follow === true && state.current().isRunning) return { end: 'ended', news };
      if (pending !== '' && pending !== lastPending) {
        lastPending = pending;
        return { end: 'broken', news };
      }
      const lines = rest.flatMap((line) => filter.pass(line));
      // What the run before has held back is older than what was read.
      await show(query.previous === true ? lines : [...lines, ...filter.rest()]);
      return { end: 'ended', news };
    } catch (error) {
      if (over.signal.aborted) return { end: 'broken', news };
      if (error instanceof IdleLog) await show(filter.rest());
      return { end: judge(error), news };
    } finally {
      over.abort();
    }
  }

  /** It can be read. */
  function isWell(): void {
    failures = 0;
    if (isInTrouble) onTrouble(undefined);
    isInTrouble = false;
  }

  /** @throws what makes further tries useless */
  function judge(error: unknown): End {
    if (error instanceof IdleLog) {
      isWell();
      return 'idle';
    }
    if (error instanceof Refusal) {
      refusal = error.message;
      return 'refused';
    }
    // A server that has just started may not know yet who may do what.
    const isForbidden = error instanceof Forbidden && (position.second() === undefined || failures >= mostRefusals);
    if (isForbidden || (!options.follow && failures >= mostFailures)) throw error;
    // One break is nothing to talk about.
    isInTrouble = failures > 1;
    if (isInTrouble) onTrouble(toError(error));
    return 'broken';
  }

  /** Ends a stream that is read no more for another reason, or a while after the pod: what is on its way still arrives. */
  async function endWhenLeft(over: AbortController, { isUnclear, progress }: StreamView): Promise<void> {
    while (!over.signal.aborted && !state.current().isGone) {
      // The container was started again, and nothing tells which run this is.
      if (isUnclear(state.current())) over.abort();
      else await state.next(over.signal);
    }
    for (let seen = Number.NaN; !over.signal.aborted && seen !== progress();) {
      seen = progress();
      await sleep(lastLines, over.signal);
    }
    over.abort();
  }
}

type End = 'ended' | 'idle' | 'broken' | 'refused';

interface ReadOnceOptions {
  isShown?: boolean;
  /** Whether the log of the run before has just been read. */
  hasPrevious: boolean;
  /** How often the container was started again, as far as is known. */
  restarts?: number;
}

interface StreamView {
  isUnclear: (now: ContainerState) => boolean;
  /** Another number whenever something has come; NaN while it is being written. */
  progress: () => number;
}
