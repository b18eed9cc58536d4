import { foretell, type Expectation } from '../../../src/rollout/expectation';
import { goalOf, keepsOldDigest } from '../../../src/rollout/goal';
import { ageOfState, isSettled } from '../../../src/rollout/settled';
import { between, releases, type Release } from '../../../src/releases';
import { fn, type Parts } from './situation';

const all = between('0.6', '1.2');
const serving = {
  template: { containers: [{ name: 'function', resources: { limits: { memory: '512Mi', cpu: '500m' } } }] },
};
const spec = { image: 'r:v1', version: 'v1', port: 8080, build: { builder: 'b', timeout: '1m' }, serving };

function change(before: object, after: object, range: readonly Release[] = all, parts: Parts = {}): Expectation {
  return foretell(fn({ ...spec, ...before }), fn({ ...spec, ...after }, undefined, parts), range);
}

const memory = (amount: unknown): object => ({
  serving: { template: { containers: [{ name: 'function', resources: { limits: { memory: amount, cpu: '500m' } } }] } },
});

describe('what OpenFunction makes anew', () => {
  test.each<[string, object, object, readonly Release[], string, string]>([
    ['nothing', {}, {}, all, 'same', 'same'],
    ['the image', {}, { image: 'r:v2' }, all, 'new', 'new'],
    ['the builder', {}, { build: { builder: 'c', timeout: '1m' } }, all, 'new', 'new'],
    ['the limits of the history, in 1.2', {}, { build: { ...spec.build, failedBuildsHistoryLimit: 3 } }, ['1.2'], 'same', 'same'],
    ['the limits of the history, in 1.1', {}, { build: { ...spec.build, failedBuildsHistoryLimit: 3 } }, ['1.1'], 'new', 'new'],
    ['the limits of the history, in 1.1 or 1.2', {}, { build: { ...spec.build, failedBuildsHistoryLimit: 3 } }, ['1.1', '1.2'], 'maybe', 'maybe'],
    ['the timeout of the build, in 1.2', {}, { build: { builder: 'b', timeout: '2m' } }, ['1.2'], 'same', 'same'],
    ['the timeout of the build, in 1.0', {}, { build: { builder: 'b', timeout: '2m' } }, ['1.0'], 'new', 'new'],
    ['the port, in 1.0', {}, { port: 9000 }, ['1.0'], 'new', 'new'],
    ['the port, in 1.2', {}, { port: 9000 }, ['1.2'], 'same', 'new'],
    ['the version', {}, { version: 'v2' }, all, 'same', 'new'],
    ['the route, in 1.0', {}, { route: { hostnames: ['a'] } }, ['1.0'], 'same', 'same'],
    ['the route, in 1.2', {}, { route: { hostnames: ['a'] } }, ['1.2'], 'same', 'new'],
    ['an amount of memory', {}, memory('1Gi'), all, 'same', 'same'],
    ['an amount of memory with a unit of another family', {}, memory('1G'), all, 'same', 'new'],
    ['an amount with an exponent', memory('1e3'), memory('1000'), all, 'same', 'new'],
    ['an amount without a unit', memory(1), memory('2'), all, 'same', 'same'],
    ['the build that is left out', {}, { build: undefined }, all, 'new', 'new'],
    ['the serving that is left out', {}, { serving: undefined }, all, 'same', 'new'],
    ['the build that comes', { build: undefined }, {}, all, 'new', 'new'],
  ])('%s', (_title, before, after, range, build, renewal) => {
    expect(change(before, after, range)).toMatchObject({ build, serving: renewal });
  }); // prettier-ignore

  test('annotations of plugins count in 1.1 and later', () => {
    const plugins = { metadata: { annotations: { plugins: 'pre: []' } } };
    expect(change({}, {}, ['1.2'], plugins)).toMatchObject({ serving: 'new' });
    expect(change({}, {}, ['1.0'], plugins)).toEqual({
      build: 'same',
      serving: 'same',
      unseen: ['annotations.plugins'],
    });
  });

  test('another Function of the name is all new, and one that could not be read is unknown', () => {
    expect(foretell(fn(spec), fn(spec, undefined, { uid: 'other' }), all)).toMatchObject({
      build: 'new',
      serving: 'new',
    });
    expect(foretell(undefined, fn(spec), all)).toMatchObject({ build: 'maybe', serving: 'maybe' });
  });
});

describe('what OpenFunction does not see', () => {
  const unseen = (before: object, after: object): readonly string[] => change(before, after).unseen;
  test('is named by its place', () => {
    expect(unseen({}, memory('1Gi'))).toEqual(['serving.template.containers[0].resources.limits.memory']);
  });

  test('is not told where it is seen all the same', () => {
    expect(unseen({}, { ...memory('1Gi'), version: 'v2' })).toEqual([]);
    expect(unseen({}, {})).toEqual([]);
  });

  test('may be the size of a volume, or the overhead of a pod', () => {
    const pod = (sizeLimit: string, cpu: string): object => ({
      serving: { template: { overhead: { cpu }, volumes: [{ emptyDir: { sizeLimit } }] } },
    });
    expect(unseen(pod('1Gi', '1'), pod('2Gi', '2'))).toEqual([
      'serving.template.overhead.cpu',
      'serving.template.volumes[0].emptyDir.sizeLimit',
    ]);
  });

  test('a list of another length is seen', () => {
    const containers = [{ name: 'function' }, { name: 'other' }];
    expect(change({}, { serving: { template: { containers } } }).serving).toBe('new');
  });
});

describe('whether the status is about the spec', () => {
  const at = (time: string, more: object = {}): object => ({
    manager: 'm',
    operation: 'Apply',
    time,
    fieldsV1: { 'f:spec': {} },
    ...more,
  });
  const ofStatus = (time: string): object => at(time, { fieldsV1: { 'f:status': {} } });
  const settled = (entries: object[], now?: string): boolean =>
    isSettled(
      fn(spec, undefined, { metadata: { managedFields: entries } }),
      now === undefined ? undefined : Date.parse(now),
    );

  test.each<[string, object[], string | undefined, boolean]>([
    ['written after the change', [at('2026-01-01T00:00:00Z'), ofStatus('2026-01-01T00:00:01Z')], '2026-01-01T00:00:02Z', true],
    ['written by a manager of the status', [at('2026-01-01T00:00:00Z'), at('2026-01-01T00:00:01Z', { subresource: 'status' })], '2026-01-01T00:00:02Z', true],
    ['written before the change', [at('2026-01-01T00:00:05Z'), ofStatus('2026-01-01T00:00:01Z')], '2026-01-01T00:00:06Z', false],
    ['written in the same second', [at('2026-01-01T00:00:01Z'), ofStatus('2026-01-01T00:00:01Z')], '2026-01-01T00:00:02Z', false],
    ['never written', [at('2026-01-01T00:00:01Z')], '2026-01-01T00:00:02Z', false],
    ['a change of long ago', [at('2026-01-01T00:00:01Z')], '2026-01-01T00:00:32Z', true],
    ['no record', [], '2026-01-01T00:00:02Z', false],
    ['a record without times', [{ manager: 'm' }], '2026-01-01T00:00:02Z', false],
    ['a server without a clock', [at('2026-01-01T00:00:00Z'), ofStatus('2026-01-01T00:00:01Z')], undefined, false],
  ])('%s', (_title, entries, now, expected) => {
    expect(settled(entries, now)).toBe(expected);
  }); // prettier-ignore

  test('without any record', () => {
    expect(isSettled(fn(spec), 0)).toBe(false);
  });

  test('how old a state is', () => {
    const entries = [at('2026-01-01T00:00:00Z'), ofStatus('2026-01-01T00:00:05Z')];
    const state = fn(spec, undefined, { metadata: { managedFields: entries } });
    expect(ageOfState(state, Date.parse('2026-01-01T00:00:15Z'))).toBe(10_000);
    expect(ageOfState(state, Date.parse('2026-01-01T00:00:04Z'))).toBe(0);
    expect(ageOfState(state, undefined)).toBe(0);
    expect(ageOfState(fn(spec), 0)).toBe(0);
  });
});

describe('the goal', () => {
  const facts = { applied: fn(spec), serverTime: undefined, releases, hasNewerVersion: true };
  test('of a new function', () => {
    expect(goalOf({ ...facts, before: null, outcome: 'created' })).toMatchObject({
      expected: { build: 'new', serving: 'new' },
      baseline: { builder: '', serving: '' },
      isChanged: true,
      isComplete: false,
    });
  });

  test('of one that did not change, but perhaps just before', () => {
    const goal = goalOf({ ...facts, before: fn(spec), outcome: 'unchanged', hasNewerVersion: false });
    expect(goal).toMatchObject({ expected: { build: 'maybe', serving: 'maybe' }, isChanged: false, isComplete: true });
    expect(goalOf({ ...facts, before: undefined, outcome: 'unchanged' }).expected.serving).toBe('maybe');
    const changed = fn({ ...spec, version: 'v2' });
    expect(goalOf({ ...facts, before: fn(spec), applied: changed, outcome: 'updated' }).expected).toMatchObject({
      build: 'maybe',
      serving: 'new',
    });
  });

  test('of a change from something unknown', () => {
    expect(goalOf({ ...facts, before: undefined, outcome: 'updated' }).expected).toMatchObject({ build: 'maybe' });
  });

  test('of a change after a while', () => {
    const before = fn(
      spec,
      { build: { resourceRef: 'b' }, serving: { resourceRef: 's' } },
      {
        metadata: { managedFields: [{ manager: 'm', time: '2026-01-01T00:00:00Z', fieldsV1: { 'f:spec': {} } }] },
      },
    );
    const after = fn({ ...spec, version: 'v2' }, before.status);
    const serverTime = Date.parse('2026-01-01T01:00:00Z');
    expect(goalOf({ ...facts, before, applied: after, serverTime, outcome: 'updated' })).toMatchObject({
      expected: { build: 'same', serving: 'new' },
      baseline: { builder: 'b', serving: 's' },
    });
  });
});

test.each<[string, object, object, boolean, boolean]>([
  ['a build that is left out, with another image', { image: 'r:v1' }, { image: 'r:v2' }, false, true],
  ['with the same image', { image: 'r:v1' }, { image: 'r:v1' }, false, false],
  ['with an image that is built anew under its name', { image: 'r:v1' }, { image: 'r:v1' }, true, true],
  ['with an image of that digest', { image: 'r:v1' }, { image: 'r:v1@sha256:1' }, false, false],
  ['a build that stays', { image: 'r:v1' }, { image: 'r:v2', build: {} }, false, false],
])('the old digest is kept: %s', (_title, before, after, isNew, expected) => {
  const live = fn(before, { revision: { imageDigest: 'sha256:1' } });
  expect(keepsOldDigest(live, { spec: after }, isNew)).toBe(expected);
  expect(keepsOldDigest(fn(before), { spec: after }, isNew)).toBe(false);
});
