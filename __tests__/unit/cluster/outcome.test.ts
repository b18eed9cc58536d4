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
});
const none = (): undefined => undefined;

test('201 is a creation', () => {
  expect(outcomeOf(response(201), changedAt(answeredAt), 'd', none)).toBe('created');
});

test('a record older than the request means that nothing changed', () => {
  expect(outcomeOf(response(), changedAt('2026-01-01T00:00:08Z'), 'd', none)).toBe('unchanged');
});

test('a record of the second of the request means a change', () => {
  expect(outcomeOf(response(), changedAt(answeredAt), 'd', none)).toBe('updated');
});

test('a request that took long may have changed something at its begin', () => {
  expect(outcomeOf(response(200, { duration: 5000 }), changedAt('2026-01-01T00:00:06Z'), 'd', none)).toBe('updated');
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
    expect(outcomeOf(response(), changedAt(answeredAt), 'd', () => last)).toBe(outcome);
  });
});

test('a creation whose answer was lost is still told as a creation', () => {
  const object = changedAt(answeredAt);
  object.metadata.creationTimestamp = answeredAt;
  expect(outcomeOf(response(200, { repeated: true }), object, 'd', none)).toBe('created');
});

test('without a clock or a record of the server a change is assumed', () => {
  expect(outcomeOf(response(200, { serverTime: undefined }), changedAt('2026-01-01T00:00:00Z'), 'd', none)).toBe(
    'updated',
  );
  const bare = changedAt(answeredAt);
  delete bare.metadata.managedFields;
  expect(outcomeOf(response(), bare, 'd', none)).toBe('updated');
  expect(markOf(bare, 'd')).toBeUndefined();
});

test('the mark of an apply recognises it', () => {
  expect(markOf(changedAt(answeredAt), 'd')).toEqual({ uid: 'u1', time: answeredAt, generation: 3, digest: 'd' });
});
