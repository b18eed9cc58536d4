import type { LogLine } from './line';

/**
 * How far a log was read, in the times of the node: a log can be asked for from a whole second on, so the lines of the last
 * second are kept in mind, each by its nanoseconds, and left out when they come again.
 */
export interface Position {
  /** Where to go on, in seconds since 1970; undefined before the first line. */
  second(): number | undefined;
  /** Takes note of a line that was read. */
  add(line: LogLine): void;
  /** Takes note that only the last lines were read, so that there are others of the same second before them. */
  cut(): void;
  /** For a log that is read again from that second on. */
  filter(): Filter;
}

/** Tells what is new in a log that is read again. */
export interface Filter {
  /** The new lines, this one and those that were held back before it. */
  pass(line: LogLine): LogLine[];
  /** Lines that are still held back when the log has ended. */
  rest(): LogLine[];
  /** Whether it began with what was known; else something may lie between. */
  overlaps(): boolean;
}

export function createPosition(): Position {
  let second: number | undefined;
  const seen = createNumbers();
  /** How many parts of the last line were read, after its first. */
  let parts = 0;
  let isCut = false;

  return {
    second: () => second,
    add(line) {
      if (line.continues) {
        parts += 1;
        return;
      }
      parts = 0;
      if (second === undefined || line.seconds > second) {
        second = line.seconds;
        seen.clear();
        isCut = false;
      }
      // The node leaves out earlier ones by itself.
      if (line.seconds === second) seen.add(line.nanoseconds);
    },
    cut() {
      isCut = true;
    },
    filter: () => createFilter({ second, known: seen.all(), partsOfLast: parts, isCut }),
  };
}

interface Known {
  second: number | undefined;
  /** Nanoseconds of the known lines of that second, in their order. */
  known: readonly number[];
  partsOfLast: number;
  isCut: boolean;
}

/**
 * A log keeps its order, so what is known comes first. Two writers of one container may overtake each other by microseconds:
 * a line that is unknown and yet not later than all known ones is new if nothing known follows; else it is the end of a known
 * line that the node began to read in its middle.
 */
function createFilter({ second, known, partsOfLast, isCut }: Known): Filter {
  const [first] = known;
  const latest = known.reduce((most, nanoseconds) => Math.max(most, nanoseconds), -1);
  let next = 0;
  let overlaps = false;
  let held: LogLine[] = [];
  /** Parts of a known line that are known, too. */
  let knownParts = 0;

  const passPart = (line: LogLine): LogLine[] => {
    if (knownParts > 0) {
      knownParts -= 1;
      return [];
    }
    if (held.length === 0) return [line];
    held.push(line);
    return [];
  };

  return {
    pass(line) {
      if (line.continues) return passPart(line);
      knownParts = 0;
      const isOfSecond = line.seconds === second;
      // Which of the lines of one time were cut off cannot be told: none of them is new.
      if (isCut && isOfSecond && line.nanoseconds === first) next = 0;
      if (second === undefined || next === known.length) return [line];
      const index = isOfSecond ? known.indexOf(line.nanoseconds, next) : -1;
      if (index >= 0 || line.seconds < second) {
        overlaps = true;
        held = [];
        next = Math.max(next, index + 1);
        knownParts = index === known.length - 1 ? partsOfLast : Infinity;
        return [];
      }
      held.push(line);
      if (isOfSecond && line.nanoseconds <= latest) return [];
      next = known.length;
      return held.splice(0);
    },
    rest: () => held.splice(0),
    overlaps: () => overlaps,
  };
}

/** A list of numbers below 2^32 that is filled anew each second: an array would leave as many behind for the garbage collector. */
function createNumbers(): { add: (value: number) => void; clear: () => void; all: () => number[] } {
  let values = new Uint32Array(64);
  let count = 0;
  return {
    add(value) {
      if (count === values.length) {
        const larger = new Uint32Array(2 * count);
        larger.set(values);
        values = larger;
      }
      values[count] = value;
      count += 1;
    },
    clear: () => {
      count = 0;
    },
    all: () => [...values.subarray(0, count)],
  };
}
