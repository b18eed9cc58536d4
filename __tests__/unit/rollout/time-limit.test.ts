import { ownTimeLimit } from '../../../src/rollout/time-limit';

test.each([
  [{}, 0],
  [{ serving: { timeout: '5m' } }, 300_000],
  [{ build: { timeout: '10m' }, serving: { timeout: '90s' } }, 690_000],
  [{ build: { timeout: '10m', shipwright: { timeout: '20m' } } }, 1_200_000],
  [{ build: { timeout: 'soon' } }, 0],
])('a function with %j takes up to %d ms', (spec, limit) => {
  expect(ownTimeLimit({ spec })).toBe(limit);
});
