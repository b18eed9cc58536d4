import { formatGoDuration, parseGoDuration } from '../../src/duration';

test.each([
  ['0', 0],
  ['+0', 0],
  ['0s', 0],
  ['90s', 90_000],
  ['10m', 600_000],
  ['1h30m', 5_400_000],
  ['1.5h', 5_400_000],
  ['.5s', 500],
  ['1.s', 1000],
  ['+5s', 5000],
  ['-1s', -1000],
  ['-1m30s', -90_000],
  ['300ms', 300],
  ['1m1ms', 60_001],
  ['1us', 1e-3],
  ['1\u00b5s', 1e-3],
  ['1\u03bcs', 1e-3],
  ['1.5\u03bcs', 1.5e-3],
  ['1ns', 1e-6],
  ['30m1h', 5_400_000],
])('%s are %d milliseconds', (text, milliseconds) => {
  expect(parseGoDuration(text)).toBeCloseTo(milliseconds, 9);
});

test.each([
  '',
  '-',
  '5',
  '00',
  '0.',
  '.s',
  's',
  '1d',
  '5 minutes',
  '1h 30m',
  '1h-5m',
  '--1s',
  '1H',
  '1,5h',
  '1e3s',
  '5s ',
  '1\u00b5',
  '1\u00b5m',
  '1\u039cs',
])('"%s" is no duration', (text) => {
  expect(parseGoDuration(text)).toBeUndefined();
});

test.each([
  ['0', '0s'],
  ['90s', '1m30s'],
  ['5m', '5m0s'],
  ['1h', '1h0m0s'],
  ['-1h', '-1h0m0s'],
  ['100h5s', '100h0m5s'],
  ['1.5s', '1.5s'],
  ['20ms', '20ms'],
  ['1m0.001s', '1m0.001s'],
  ['1h0m0.123456789s', '1h0m0.123456789s'],
  ['1us', '1\u00b5s'],
  ['1.5\u03bcs', '1.5\u00b5s'],
  ['7ns', '7ns'],
])('Go writes %s as %s', (text, written) => {
  expect(formatGoDuration(parseGoDuration(text) ?? NaN)).toBe(written);
});
