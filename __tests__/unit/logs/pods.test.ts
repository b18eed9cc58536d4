import type { LiveObject } from '../../../src/live-object';
import { containersOf, containerState, functionOf, howEnded, stepsOf, whyNotStarted } from '../../../src/logs/pods';

function pod(spec: object, status: object = {}): LiveObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a', uid: 'a', resourceVersion: '1' },
    spec: spec as Record<string, unknown>,
    status: status as Record<string, unknown>,
  };
}

const withStatus = (containerStatus: object, more: object = {}): LiveObject =>
  pod({}, { containerStatuses: [{ name: 'function', ...containerStatus }], ...more });

test.each([
  ['its context', [{ name: 'FUNC_CONTEXT', value: '{"name":"hello","version":"v1"}' }], 'hello'],
  ['a context that cannot be read', [{ name: 'FUNC_CONTEXT', value: '{' }], undefined],
  ['a context from elsewhere', [{ name: 'FUNC_CONTEXT', valueFrom: {} }], undefined],
  ['no context', [], undefined],
])('the function of a pod: by %s', (_what, env, expected) => {
  const containers = [{ name: 'daprd', env: [{ name: 'FUNC_CONTEXT', value: '{"name":"other"}' }] }];
  expect(functionOf(pod({ containers: [...containers, { name: 'function', env }] }))).toBe(expected);
});

test('the containers of a pod, and the steps among them', () => {
  const spec = {
    initContainers: [{ name: 'prepare' }],
    containers: [{ name: 'step-create' }, { name: 'sidecar' }],
  };
  expect(containersOf(pod(spec))).toEqual(['step-create', 'sidecar', 'prepare']);
  expect(stepsOf(pod(spec))).toEqual(['step-create']);
});

describe('a container', () => {
  const nothing = { hasStarted: false, isRunning: false, restarts: 0, isOver: false, isGone: false };
  const ended = { terminated: { exitCode: 137, reason: 'OOMKilled' } };

  test.each([
    ['that is unknown', pod({}), nothing],
    ['that waits for its image', withStatus({ restartCount: 0, state: { waiting: {} } }), nothing],
    [
      'that runs',
      withStatus({ restartCount: 0, state: { running: {} } }),
      { ...nothing, hasStarted: true, isRunning: true },
    ],
    [
      'that waits to be started again',
      withStatus({ restartCount: 3, state: { waiting: {} }, lastState: ended }),
      { ...nothing, hasStarted: true, restarts: 3 },
    ],
    [
      'of a pod that has ended',
      withStatus({ restartCount: 0, state: ended }, { phase: 'Failed' }),
      { ...nothing, hasStarted: true, isOver: true },
    ],
  ])('%s', (_what, live, expected) => {
    expect(containerState(live, 'function')).toEqual(expected);
  });

  test('that prepares for others is known, too', () => {
    const status = { initContainerStatuses: [{ name: 'prepare', restartCount: 0, state: { running: {} } }] };
    expect(containerState(pod({}, status), 'prepare').isRunning).toBe(true);
  });

  test('has ended in some way', () => {
    expect(howEnded(withStatus({ state: ended }), 'function')).toBe('exit code 137, OOMKilled');
    expect(
      howEnded(withStatus({ state: { running: {} }, lastState: { terminated: { exitCode: 1 } } }), 'function'),
    ).toBe('exit code 1');
    expect(howEnded(withStatus({ state: { running: {} } }), 'function')).toBe('');
  });

  test('has not started for some reason', () => {
    const waiting = { waiting: { reason: 'ImagePullBackOff' } };
    expect(whyNotStarted(withStatus({ state: waiting }), 'function')).toBe('ImagePullBackOff');
    const conditions = [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }];
    expect(whyNotStarted(pod({}, { conditions }), 'function')).toBe('Unschedulable');
    expect(whyNotStarted(pod({}), 'function')).toBe('no node runs it yet');
  });
});
