import type { LogLine } from '../../../src/logs/line';
import { createPosition } from '../../../src/logs/position';

/** A line of a second, by its nanoseconds; its text tells it from others of the same time. */
const line = (seconds: number, nanoseconds: number, text = `${seconds}.${nanoseconds}`): LogLine => ({
  time: '',
  seconds,
  nanoseconds,
  text,
});
const part = (of: LogLine, text: string): LogLine => ({ ...of, text, continues: true });

/** What of a log is new after some of it was read. */
function newAfter(read: readonly LogLine[], log: readonly LogLine[]): string[] {
  const position = createPosition();
  for (const each of read) position.add(each);
  const filter = position.filter();
  return [...log.flatMap((each) => filter.pass(each)), ...filter.rest()].map(({ text }) => text);
}

test('it goes on from the second of the latest line', () => {
  const position = createPosition();
  expect(position.second()).toBeUndefined();
  position.add(line(7, 999_999_999));
  position.add(line(8, 0));
  position.add(line(7, 5));
  expect(position.second()).toBe(8);
});

describe('of a log that is read again', () => {
  test('what was read is left out, also lines of the same time', () => {
    const read = [line(7, 1, 'a'), line(7, 1, 'b'), line(7, 2, 'c'), line(7, 2, 'd')];
    expect(newAfter(read, [...read, line(7, 2, 'e'), line(7, 3, 'f')])).toEqual(['e', 'f']);
  });

  test('all is new where nothing was read', () => {
    expect(newAfter([], [line(7, 1), line(7, 1)])).toEqual(['7.1', '7.1']);
  });

  test('a new file has only new lines', () => {
    expect(newAfter([line(7, 1), line(7, 2)], [line(7, 3), line(8, 1)])).toEqual(['7.3', '8.1']);
  });

  test('a new file may begin within what was read', () => {
    expect(newAfter([line(7, 1), line(7, 2)], [line(7, 2), line(7, 3)])).toEqual(['7.3']);
  });

  test('a line that another writer has overtaken is new', () => {
    const read = [line(7, 1), line(7, 5)];
    expect(newAfter(read, [...read, line(7, 4), line(7, 6)])).toEqual(['7.4', '7.6']);
    expect(newAfter([...read, line(7, 4)], [...read, line(7, 4), line(7, 6)])).toEqual(['7.6']);
  });

  test('the end of a known line, at which the node begins to read, is not new', () => {
    const read = [line(7, 4), line(7, 5)];
    expect(newAfter(read, [line(7, 2, 'its end'), ...read, line(7, 6)])).toEqual(['7.6']);
  });

  test('such an end is held back until it is clear what it is', () => {
    const position = createPosition();
    position.add(line(7, 5));
    const filter = position.filter();
    expect(filter.pass(line(7, 2))).toEqual([]);
    expect(filter.overlaps()).toBe(false);
    expect(filter.rest()).toEqual([line(7, 2)]);
    expect(filter.rest()).toEqual([]);
  });

  test('the parts of a long line that were read are left out, the others are new', () => {
    const long = line(7, 1, 'first');
    const parts = [part(long, 'second'), part(long, 'third')];
    expect(newAfter([long, part(long, 'second')], [long, ...parts, line(7, 2)])).toEqual(['third', '7.2']);
    expect(newAfter([long, ...parts, line(7, 2)], [long, ...parts, line(7, 2), line(7, 3)])).toEqual(['7.3']);
  });
});

test('where only the last lines were read, those of the same time before them are not new', () => {
  const position = createPosition();
  position.add(line(7, 2, 'last'));
  position.cut();
  const filter = position.filter();
  const log = [line(7, 1), line(7, 2, 'earlier'), line(7, 2, 'last'), line(7, 3, 'new')];
  expect(log.flatMap((each) => filter.pass(each)).map(({ text }) => text)).toEqual(['new']);
});
