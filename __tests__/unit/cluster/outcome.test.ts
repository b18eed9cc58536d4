import { markOf, outcomeOf, type AppliedMark } from '../../../src/cluster/outcome';
import type { ApiResponse, LiveObject } from '../../../src/cluster/types';

const answeredAt = '2026-01-01T00:00:10Z';
const response = (status = 200, more: Partial<ApiResponse> = {}): ApiResponse => ({
  status,
  body: {},
  serverTime: Date.parse(answeredAt),
  duration: 20,
  repeated: false,
  ...more,
});
const changedAt = (time: string): LiveObject => ({
  apiVersion: 'v1',
  kind: 'Function',
  metadata: {
    name: 'f',
    uid: 'u1',
    generation: 3,
    resourceVersion: '1',
    creationTimestamp: '2026-01-01T00:00:00Z',
    managedFields: [
      { manager: 'openfunction', operation: 'Update', time: answeredAt, subresource: 'status' },
      { manager: 'serverless-devs-ofn', operation: 'Apply', time },
    ],
  },
  spec: { image: 'i' },
});
const none = (): undefined => undefined;
const manifest = { metadata: { name: 'f' }, spec: { image: 'i' } };
const applied = { digest: 'd', manifest };

test('201 is a creation', () => {
  expect(outcomeOf(response(201), changedAt(answeredAt), applied, none)).toBe('created');
});

test('a record older than the request means that nothing changed', () => {
  expect(outcomeOf(response(), changedAt('2026-01-01T00:00:08Z'), applied, none)).toBe('unchanged');
});

test('a record of the second of the request means a change', () => {
  expect(outcomeOf(response(), changedAt(answeredAt), applied, none)).toBe('updated');
});

test('a request that took long may have changed something at its begin', () => {
  expect(outcomeOf(response(200, { duration: 5000 }), changedAt('2026-01-01T00:00:06Z'), applied, none)).toBe(
    'updated',
  );
});

describe('within the second of the last apply', () => {
  const mark: AppliedMark = { uid: 'u1', time: answeredAt, generation: 3, digest: 'd' };
  test.each([
    ['the same manifest is unchanged', mark, 'unchanged'],
    ['another manifest is an update', { ...mark, digest: 'other' }, 'updated'],
    ['a spec that someone changed in between is an update', { ...mark, generation: 1 }, 'updated'],
    ['another object is an update', { ...mark, uid: 'u2' }, 'updated'],
    ['a later record is an update', { ...mark, time: '2026-01-01T00:00:09Z' }, 'updated'],
  ])('%s', (_title, last, outcome) => {
    expect(outcomeOf(response(), changedAt(answeredAt), applied, () => last)).toBe(outcome);
  });
});

describe('a manifest that the server does not keep as it is', () => {
  const rewrittenSpec = { ...manifest, spec: { image: 'i', build: { timeout: '10m' } } };
  const rewrittenMetadata = { ...manifest, metadata: { name: 'f', annotations: { plugins: 'order: [a]' } } };
  const rewrittenList = { ...manifest, spec: { image: ['i'] } };
  const last = (generation: number, digest = 'd'): AppliedMark => ({
    uid: 'u1',
    time: '2026-01-01T00:00:00Z',
    generation,
    digest,
  });

  test.each([
    ['is unchanged when it was applied before', rewrittenSpec, last(2), 'unchanged'],
    ['is unchanged when even the generation stayed', rewrittenSpec, last(3), 'unchanged'],
    ['is updated when someone else changed the spec, too', rewrittenSpec, last(1), 'updated'],
    ['is updated when it is another one', rewrittenSpec, last(2, 'other'), 'updated'],
    ['is updated when its last apply is not known', rewrittenSpec, undefined, 'updated'],
    ['is unchanged when only its annotations are written otherwise', rewrittenMetadata, last(3), 'unchanged'],
    ['is updated when beside its annotations the spec changed', rewrittenMetadata, last(2), 'updated'],
    ['is unchanged when lists are written otherwise', rewrittenList, last(2), 'unchanged'],
    ['is updated when it is kept as it is', manifest, last(2), 'updated'],
  ])('%s', (_title, written, mark, outcome) => {
    const what = { digest: 'd', manifest: written };
    expect(outcomeOf(response(), changedAt(answeredAt), what, () => mark)).toBe(outcome);
  });
});

test('a creation whose answer was lost is still told as a creation', () => {
  const object = changedAt(answeredAt);
  object.metadata.creationTimestamp = answeredAt;
  expect(outcomeOf(response(200, { repeated: true }), object, applied, none)).toBe('created');
});

test('an object that was made within the same second, by an apply before this one, is not told as created again', () => {
  const object = changedAt(answeredAt);
  object.metadata.creationTimestamp = answeredAt;
  const before = (): AppliedMark => ({ uid: 'u1', time: answeredAt, generation: 3, digest: 'd' });
  expect(outcomeOf(response(200, { repeated: true }), object, applied, before)).toBe('unchanged');
});

test('without a clock or a record of the server a change is assumed', () => {
  expect(outcomeOf(response(200, { serverTime: undefined }), changedAt('2026-01-01T00:00:00Z'), applied, none)).toBe(
    'updated',
  );
  const bare = changedAt(answeredAt);
  delete bare.metadata.managedFields;
  expect(outcomeOf(response(), bare, applied, none)).toBe('updated');
  expect(markOf(bare, 'd')).toBeUndefined();
});

test('the mark of an apply recognises it', () => {
  expect(markOf(changedAt(answeredAt), 'd')).toEqual({ uid: 'u1', time: answeredAt, generation: 3, digest: 'd' });
});
