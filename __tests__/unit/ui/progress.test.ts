import { createProgress } from '../../../src/ui/progress';
import { atLength, briefly, formatSeconds } from '../../../src/ui/rollout-text';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test.each([
  [0, '0s'],
  [59_999, '59s'],
  [61_000, '1m 01s'],
  [3_720_000, '1h 02m'],
])('%d ms are %s', (milliseconds, text) => {
  expect(formatSeconds(milliseconds)).toBe(text);
});

function screen(withTerminal: boolean): {
  lines: string[];
  written: () => string;
  output: Parameters<typeof createProgress>[1];
} {
  const lines: string[] = [];
  const output = {
    line: (text: string, level: string) => void lines.push(level === 'info' ? text : `${level} ${text}`),
    terminal: withTerminal ? (text: string) => void lines.push(text) : undefined,
  };
  return { lines, output, written: () => lines.join('') };
}

describe('without a terminal', () => {
  test('there is a line for each change, and a sign of life each half minute', () => {
    const { lines, output } = screen(false);
    const progress = createProgress('hello', output);
    progress.show('waiting', 'waiting for OpenFunction');
    progress.show('waiting', 'waiting for OpenFunction');
    jest.advanceTimersByTime(29_000);
    expect(lines).toEqual(['hello: waiting for OpenFunction']);
    jest.advanceTimersByTime(1000);
    progress.say('careful', 'warn');
    progress.show('building', 'building (builder-a)');
    jest.advanceTimersByTime(31_000);
    progress.end();
    jest.advanceTimersByTime(100_000);
    expect(lines).toEqual([
      'hello: waiting for OpenFunction',
      'hello: still waiting for OpenFunction, 30s so far',
      'warn careful',
      'hello: building (builder-a)',
      'hello: still building (builder-a), 1m 00s so far',
    ]);
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe('on a terminal', () => {
  test('one line is written anew, and stays when its phase is over', () => {
    const { output, written } = screen(true);
    const progress = createProgress('hello', output);
    progress.show('waiting', 'waiting for OpenFunction');
    jest.advanceTimersByTime(1000);
    progress.show('starting', 'starting');
    progress.show('starting', 'starting: 1 of 2');
    progress.say('careful\n');
    progress.end();
    expect(written().replaceAll('\u001B[2K', '').split('\r')).toEqual([
      '',
      'hello: waiting for OpenFunction 0s',
      'hello: waiting for OpenFunction 1s',
      'hello: waiting for OpenFunction 1s\n',
      'hello: starting 0s',
      'hello: starting: 1 of 2 0s',
      'careful\n',
      'hello: starting: 1 of 2 0s',
      'hello: starting: 1 of 2 0s\n',
    ]);
  });

  test('two functions print line by line', () => {
    const first = screen(true);
    const second = screen(true);
    const one = createProgress('one', first.output);
    one.show('waiting', 'a');
    const two = createProgress('two', second.output);
    two.show('waiting', 'b');
    one.show('starting', 'c');
    one.end();
    two.end();
    expect(second.lines).toEqual(['two: b']);
    expect(first.lines.at(-1)).toBe('one: c');
  });
});

test('a reason is told briefly, and at length', () => {
  const reason = {
    what: 'It failed.',
    where: { kind: 'Pod', name: 'p', container: 'c' },
    message: 'boom',
    log: ['a', 'b'],
  };
  expect(briefly(reason)).toBe('It failed. (container c of Pod p) – boom');
  expect(briefly({ what: 'It failed.', where: { kind: 'Builder', name: 'b' } })).toBe('It failed. (Builder b)');
  expect(atLength(reason)).toBe(`It failed.
  where: container c of Pod p
  says: boom
  last lines of its log:
    | a
    | b`);
  expect(atLength({ what: 'It failed.', log: [] })).toBe('It failed.');
});
