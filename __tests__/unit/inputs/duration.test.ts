import { parseDuration } from '../../../src/inputs/duration';

test.each([
  ['90s', 90_000],
  ['1h30m', 5_400_000],
  ['1.5m', 90_000],
  ['250ms', 250],
])('%s is %i milliseconds', (text, milliseconds) => {
  expect(parseDuration(text, '--timeout')).toBe(milliseconds);
});

test.each(['', '5', 'soon', '5 m', '5mx'])('"%s" is no duration', (text) => {
  expect(() => parseDuration(text, '--timeout')).toThrow(`--timeout=${text} is not a duration.`);
});
