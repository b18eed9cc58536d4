import fc from 'fast-check';
import { createLineReader } from '../../../src/logs/line';

const stamp = '2026-01-31T08:00:00.123456789Z';

const texts = (pieces: readonly string[]): string[] => {
  const reader = createLineReader();
  return [...pieces.flatMap((piece) => reader.take(piece)), ...reader.rest()].map(({ text }) => text);
};

test('a line has its time, to the nanosecond, whatever the zone of the node', () => {
  const reader = createLineReader();
  expect(reader.take(`${stamp} hello\n2026-01-31T16:00:00.5+08:00 there\n2026-01-31T08:00:01Z \n`)).toEqual([
    { time: stamp, seconds: 1769846400, nanoseconds: 123456789, text: 'hello' },
    { time: '2026-01-31T16:00:00.5+08:00', seconds: 1769846400, nanoseconds: 500000000, text: 'there' },
    { time: '2026-01-31T08:00:01Z', seconds: 1769846401, nanoseconds: 0, text: '' },
  ]);
});

test('lines are the same however the log is cut into pieces', () => {
  const line = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n]/g, ''));
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.nat({ max: 400 })), fc.constantFrom('\n', '\r\n'), (lines, cuts, end) => {
      const log = lines.map((text) => `${stamp} ${text}${end}`).join('');
      const places = [0, ...cuts.map((cut) => Math.min(cut, log.length)).sort((a, b) => a - b), log.length];
      const pieces = places.slice(1).map((place, index) => log.slice(places[index], place));
      expect(texts(pieces)).toEqual(lines);
    }),
  );
});

test('a carriage return within a line stays, one at its end goes', () => {
  expect(texts([`${stamp} 10%\r20%\r\n`])).toEqual(['10%\r20%']);
});

test('what has no end of line is the rest', () => {
  const reader = createLineReader();
  expect(reader.take(`${stamp} Password: `)).toEqual([]);
  expect(reader.rest()).toMatchObject([{ text: 'Password: ' }]);
  expect(reader.rest()).toEqual([]);
});

describe('a very long line', () => {
  const long = '0123456789abcdef'.repeat(40_000);

  test('comes in parts, so that one without end does not fill the memory', () => {
    const reader = createLineReader();
    const parts = [...reader.take(`${stamp} ${long}`), ...reader.take(`!\n${stamp} next\n`)];
    expect(
      parts
        .slice(0, -1)
        .map(({ text }) => text)
        .join(''),
    ).toBe(`${long}!`);
    expect(parts.map(({ continues = false }) => continues)).toEqual([false, true, true, false]);
    expect(parts.every(({ time }) => time === stamp)).toBe(true);
    expect(parts.at(-1)?.text).toBe('next');
  });

  test('is cut the same way wherever the pieces end', () => {
    const whole = createLineReader().take(`${stamp} ${long}\n`);
    const reader = createLineReader();
    const pieces = `${stamp} ${long}\n`.match(/[^]{1,77777}/g) ?? [];
    expect(pieces.flatMap((piece) => reader.take(piece))).toEqual(whole);
  });

  test('is not cut within a character', () => {
    const parts = createLineReader().take(`${stamp} ${'😀'.repeat(400_000)}\n`);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.every(({ text }) => /^(?:😀)+$/u.test(text))).toBe(true);
  });
});

test('what a node says between the lines is told apart', () => {
  const remarks: string[] = [];
  const reader = createLineReader({ onRemark: (text) => remarks.push(text) });
  const said = 'failed to create fsnotify watcher: too many open files';
  expect(reader.take(`${stamp} one\n${said}\n\n${stamp} two\n`).map(({ text }) => text)).toEqual(['one', 'two']);
  expect(remarks).toEqual([said]);
});
