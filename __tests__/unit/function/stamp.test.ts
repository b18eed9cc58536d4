import { partToRenew, stampOf } from '../../../src/function/stamp';

const time = new Date('2026-01-02T03:04:05.678Z');

test('a serving is stamped by an annotation', () => {
  expect(stampOf({ serving: {} }, 'serving', time)).toEqual({
    renews: 'serving',
    spec: { serving: { annotations: { 'ofn.serverless-devs.com/rollout': '2026-01-02T03:04:05.678Z' } } },
  });
});

test('a build is stamped by a variable that buildpacks take as it is', () => {
  expect(stampOf({ build: { builder: 'b' } }, 'build', time)?.spec).toEqual({
    build: { env: { OFN_ROLLOUT: '2026-01-02T03:04:05Z' } },
  });
});

test('a build of a Dockerfile is stamped by its limit, unless that is set', () => {
  const dockerfile = { dockerfile: 'Dockerfile' };
  const stamped = stampOf({ build: dockerfile }, 'build', time)?.spec;
  expect(stamped).toEqual({ build: { shipwright: { timeout: expect.stringMatching(/^1h0m0\.\d{9}s$/) as string } } });
  const again = { build: { ...dockerfile, ...(stamped as { build: object }).build } };
  expect(stampOf(again, 'build', new Date(time.getTime() + 1000))?.spec).not.toEqual(stamped);
  expect(stampOf({ build: { ...dockerfile, shipwright: { timeout: '5m' } } }, 'build', time)).toBeUndefined();
});

test.each([
  ['a function without a build', { serving: {} }, [], 'serving'],
  ['a build', { build: {}, serving: {} }, [], 'build'],
  ['a build, where only the serving changed', { build: {}, serving: {} }, ['serving.template'], 'serving'],
  ['a function that is only built', { build: {} }, [], 'build'],
] as const)('%s is renewed', (_title, spec, unseen, expected) => {
  expect(partToRenew({ spec }, unseen)).toBe(expected);
});
