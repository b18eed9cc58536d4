/** A line that a container has written. */
export interface LogLine {
  /** When, as the node says it: RFC 3339 with nanoseconds. */
  time: string;
  /** The same in numbers: seconds since 1970, and nanoseconds of that second. */
  seconds: number;
  nanoseconds: number;
  text: string;
  /** Whether it goes on with a line that was too long to be handed out whole. */
  continues?: true;
}

/** Makes lines of the pieces in which a log arrives. */
export interface LineReader {
  /** The lines that are whole now. */
  take(piece: string): LogLine[];
  /** What came last without an end of line, as it came. */
  pending(): string;
  /** The same as a line. */
  rest(): LogLine[];
}

interface Options {
  /** Told what stands between the lines: a node that cannot go on says so there. */
  onRemark?: (text: string) => void;
}

/** Characters after which a line is handed out in parts, so that one without end does not fill the memory. */
const longest = 256 * 1024;

/** Characters of a time, at least. */
const shortest = '2026-01-31T08:00:00Z'.length;

const stamped = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)(?: |$)/;

/** Reads a log that was asked for with timestamps. Ends of line are `\n` or `\r\n`. */
export function createLineReader({ onRemark = () => {} }: Options = {}): LineReader {
  const toSeconds = createClock();
  let rest = '';
  /** The line whose parts are being handed out. */
  let unfinished: LogLine | undefined;

  const read = (text: string): LogLine[] => {
    if (unfinished) return [{ ...unfinished, text, continues: true }];
    const [stamp, second = '', fraction = '', zone = ''] = stamped.exec(text) ?? [];
    if (stamp === undefined) {
      if (text !== '') onRemark(text);
      return [];
    }
    const seconds = toSeconds(second + zone);
    const nanoseconds = Number(fraction.padEnd(9, '0'));
    return [{ time: stamp.trimEnd(), seconds, nanoseconds, text: text.slice(stamp.length) }];
  };
  /** The parts of a text that is too long, and what is left of it. */
  const cut = (text: string): { parts: LogLine[]; left: string } => {
    const parts: LogLine[] = [];
    let left = text;
    while (left.length > longest) {
      const end = isWithinCharacter(left, longest) ? longest - 1 : longest;
      const lines = read(left.slice(0, end));
      unfinished ??= lines[0];
      parts.push(...lines);
      left = left.slice(end);
    }
    return { parts, left };
  };
  const finish = (text: string): LogLine[] => {
    const { parts, left } = cut(text);
    const lines = [...parts, ...read(left.endsWith('\r') ? left.slice(0, -1) : left)];
    unfinished = undefined;
    return lines;
  };

  return {
    take(piece) {
      const texts = (rest + piece).split('\n');
      const last = texts.pop() ?? '';
      const lines = texts.flatMap(finish);
      const { parts, left } = cut(last);
      rest = left;
      return lines.concat(parts);
    },
    pending: () => rest,
    rest() {
      const text = rest;
      rest = '';
      // What is shorter than a time may be the beginning of one.
      return text.length < shortest && unfinished === undefined ? [] : finish(text);
    },
  };
}

/** Reads times with whole seconds; most lines are of the second of the one before. */
function createClock(): (time: string) => number {
  let last = '';
  let seconds = 0;
  return (time) => {
    if (time !== last) {
      last = time;
      seconds = Date.parse(time) / 1000;
    }
    return seconds;
  };
}

function isWithinCharacter(text: string, index: number): boolean {
  return (text.codePointAt(index - 1) ?? 0) > 0xffff;
}
