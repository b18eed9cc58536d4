import type { Goal } from '../../../src/rollout/state';
import {
  answered, deployment, fn, goal, play, pod, running, seconds, seen, specs, status, terminated, told, waiting, warning,
  type ContainerParts, type Timeline } from './situation'; // prettier-ignore

const target: Goal = goal(fn(specs.async, undefined, { version: 10 }));
const starts: Timeline = [
  ...seen('functions', fn(specs.async, status('Skipped', 'Running'))),
  ...seen('workloads', deployment(0)),
];
const minute = 60 * seconds;

const one = (container: ContainerParts): Timeline => [...starts, ...seen('pods', pod([container]))];
const inTime = (container: ContainerParts, ...after: Timeline): string => told(target, [...one(container), ...after]);

describe('what ends the wait at once', () => {
  test.each<[string, ContainerParts, string]>([
    ['an invalid image name', { state: waiting('InvalidImageName', "couldn't parse image reference") }, 'The name of the image is not valid.'],
    ['an image that must not be pulled', { state: waiting('ErrImageNeverPull') }, 'The image is not on the node, and imagePullPolicy: Never forbids to pull it.'],
    ['a missing Secret', { state: waiting('CreateContainerConfigError', 'secret "x" not found') }, 'A Secret that the function needs does not exist, or lacks a key.'],
    ['a missing key of a Secret', { state: waiting('CreateContainerConfigError', "couldn't find key k in Secret default/x") }, 'A Secret that the function needs does not exist, or lacks a key.'],
    ['a missing ConfigMap', { state: waiting('CreateContainerConfigError', 'configmap "x" not found') }, 'A ConfigMap that the function needs does not exist, or lacks a key.'],
    ['anything else that is not there', { state: waiting('CreateContainerConfigError', 'host IP unknown') }, 'The container cannot be started.'],
    ['another architecture, told by the runtime', { state: waiting('RunContainerError', 'exec /web: exec format error') }, 'The image is for machines of another kind than the nodes of this cluster.'],
  ])('%s', (_title, container, what) => {
    expect(inTime(container)).toBe(`failed: ${what}`);
  }); // prettier-ignore

  test('a missing Secret or ConfigMap, which the remedy names', () => {
    const remedy = (message: string): string | undefined =>
      play(target, one({ state: waiting('CreateContainerConfigError', message) })).report.reasons[0]?.remedy;
    expect(remedy('secret "mqtt" not found')).toContain('kubectl create secret generic mqtt --from-literal=KEY=…');
    expect(remedy('configmap "settings" not found')).toContain(
      'kubectl create configmap settings --from-literal=KEY=…',
    );
    expect(remedy("couldn't find key k in Secret default/mqtt")).toContain('secret generic NAME');
  });

  test('a pod that asks for Dapr and was made without', () => {
    const enabled = { metadata: { annotations: { 'dapr.io/enabled': 'true' } } };
    const running1 = (names: string[]): Timeline => [
      ...seen('functions', fn(specs.async, status('Skipped', 'Running'))),
      ...seen('workloads', deployment(1)),
      ...seen(
        'pods',
        pod(
          names.map((name) => ({ name, ready: true, state: running })),
          enabled,
        ),
      ),
      10 * seconds,
    ];
    expect(told(target, running1(['function']))).toBe(
      'failed: Dapr was not put beside the function, so that no event reaches it.',
    );
    expect(told(target, running1(['function', 'daprd']))).toBe('running');
  });

  test('another architecture, told by the log', () => {
    const crash = one({ state: terminated('Error', 255) });
    const { report } = play(target, crash);
    expect(report.questions).toEqual([
      { key: 'Pod pod-a function 1', source: { pod: 'pod-a', container: 'function', previous: false }, isUrgent: true },
    ]);
    const log = answered('Pod pod-a function 1', 'exec /cnb/process/web: exec format error');
    expect(told(target, [...crash, log])).toBe(
      'failed: The image is for machines of another kind than the nodes of this cluster.',
    );
  });

  test('a Secret that a volume needs, told by an event', () => {
    const creating = pod([{ state: waiting('ContainerCreating') }]);
    const event = warning(creating, 'FailedMount', 'MountVolume.SetUp failed for volume "v" : secret "x" not found');
    expect(told(target, [...starts, ...seen('pods', creating), ...seen('events', event)])).toBe(
      'failed: A Secret that the function needs does not exist, or lacks a key.',
    );
  });
});

describe('what ends the wait when it lasts', () => {
  const daprd = { name: 'daprd', state: running };
  test.each<[string, ContainerParts, string]>([
    ['an image that cannot be pulled', { state: waiting('ImagePullBackOff', 'Back-off pulling image "r/x"') }, 'The image cannot be pulled.'],
    ['a registry that refuses', { state: waiting('ErrImagePull', 'pull access denied') }, 'The registry refuses access to the image, or has no such image.'],
    ['an image that is not there', { state: waiting('ErrImagePull', 'manifest unknown') }, 'The registry has no such image.'],
    ['an image for other machines', { state: waiting('ErrImagePull', 'no matching manifest for linux/arm64') }, 'The image is for machines of another kind than the nodes of this cluster.'],
    ['a registry that cannot be reached', { state: waiting('ErrImagePull', 'dial tcp: lookup r: no such host') }, 'The registry cannot be reached from the cluster.'],
    ['a container that cannot be started', { state: waiting('CreateContainerError', 'strange') }, 'The container cannot be started.'],
    ['a program that ended', { state: terminated('Error') }, 'The program ended.'],
    ['too little memory', { state: terminated('OOMKilled', 137) }, 'The container needs more memory than it may have.'],
  ])('%s', (_title, container, what) => {
    expect(inTime(container)).toBe(`starting: ${what}`);
    expect(inTime(container, minute - 1)).toBe(`starting: ${what}`);
    expect(inTime(container, minute)).toBe(`failed: ${what}`);
  }); // prettier-ignore

  test('a sidecar of Dapr that does not get ready, of which nothing is said at first', () => {
    expect(inTime(daprd)).toBe('starting');
    expect(inTime(daprd, 10 * seconds)).toBe('starting: The sidecar of Dapr does not get ready.');
    expect(inTime(daprd, minute)).toBe('failed: The sidecar of Dapr does not get ready.');
    const log = answered(
      'Pod pod-a daprd not ready',
      '[INIT_COMPONENT_FAILURE]: error initializing input binding mqtt-in',
    );
    expect(inTime(daprd, log, minute)).toBe('failed: Dapr cannot set up a component of the function.');
  });

  test('the newest event of a kind tells most', () => {
    const slow = pod([{ state: running }]);
    const probes = ['refused', 'timed out'].map((message, index) =>
      warning(slow, 'Unhealthy', message, { uid: message, version: index + 1 }),
    );
    const timeline = [...starts, ...seen('pods', slow), ...seen('events', ...probes), 10 * seconds];
    expect(play(target, timeline).report.reasons[0]?.message).toBe('timed out');
  });

  test('a function that is not ready may take its time', () => {
    expect(inTime({ state: running }, 10 * minute)).toBe('starting: The container runs, but is not ready.');
  });

  test('a pod that no node takes', () => {
    const unscheduled = (message: string): Timeline => [
      ...starts,
      ...seen('pods', pod([], { podStatus: { conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }] } })),
    ]; // prettier-ignore
    expect(told(target, unscheduled('0/3 nodes are available: 3 Insufficient cpu.'))).toBe('starting: No node has room for the pod.');
    expect(told(target, [...unscheduled("node(s) didn't match Pod's node affinity"), minute])).toBe('failed: No node is allowed to take the pod.');
    expect(told(target, [...unscheduled('strange'), minute])).toBe('failed: No node takes the pod.');
  }); // prettier-ignore

  test('a volume that cannot be mounted, as long as nothing has started', () => {
    const creating = pod([{ state: waiting('ContainerCreating') }]);
    const event = warning(creating, 'FailedAttachVolume', 'no such disk');
    const timeline = [...starts, ...seen('pods', creating), ...seen('events', event), minute];
    expect(told(target, timeline)).toBe('failed: A volume of the pod cannot be mounted.');
    expect(told(target, [...timeline.slice(0, -1), ...seen('pods', pod([{ state: running }], { version: 2 }))])).toBe(
      'starting',
    );
  });

  test('a pod that was evicted', () => {
    const evicted = pod([], {
      podStatus: { phase: 'Failed', reason: 'Evicted', message: 'The node was low on memory' },
    });
    expect(told(target, [...starts, ...seen('pods', evicted), minute])).toBe('failed: The pod ended: Evicted.');
    const ended = pod([], { podStatus: { phase: 'Failed' } });
    expect(told(target, [...starts, ...seen('pods', ended), minute])).toBe('starting');
  });
});

describe('what has happened three times', () => {
  test('is not waited for: a crash', () => {
    const crash = { state: waiting('CrashLoopBackOff'), lastState: terminated('Error') };
    expect(inTime({ ...crash, restartCount: 1 })).toBe('starting: The program ends again and again.');
    expect(inTime({ ...crash, restartCount: 2 })).toBe('failed: The program ends again and again.');
    expect(inTime({ state: running, lastState: terminated('Error'), restartCount: 3 })).toBe('failed: The program ends again and again.');
    expect(inTime({ state: waiting('CrashLoopBackOff'), restartCount: 2 })).toBe('failed: The program ends again and again.');
  }); // prettier-ignore

  test('is not waited for: a pull', () => {
    const pulling = pod([{ state: waiting('ImagePullBackOff', 'Back-off pulling image "r/x"') }]);
    const about = { involvedObject: { name: 'pod-a', uid: 'Pod pod-a', fieldPath: 'spec.containers{function}' } };
    const pulls = (count: object): Timeline => [
      ...starts,
      ...seen('pods', pulling),
      ...seen('events', warning(pulling, 'Failed', 'Failed to pull image "r/x": rpc error: code = NotFound desc = r/x: not found', { ...about, ...count })),
    ]; // prettier-ignore
    expect(told(target, pulls({}))).toBe('starting: The registry has no such image.');
    expect(told(target, pulls({ count: 3 }))).toBe('failed: The registry has no such image.');
    expect(told(target, pulls({ count: 1, series: { count: 3 } }))).toBe('failed: The registry has no such image.');
    const elsewhere = { involvedObject: { name: 'pod-a', uid: 'Pod pod-a', fieldPath: 'spec.containers{other}' } };
    expect(told(target, pulls({ count: 3, ...elsewhere }))).toBe('starting: The image cannot be pulled.');
  });

  test('counts events of a pod alone, by its UID, or by its name where they have none', () => {
    const pulling = pod([{ state: waiting('ImagePullBackOff', 'Back-off') }]);
    const event = (involvedObject: object): Timeline =>
      seen('events', warning(pulling, 'Failed', 'Failed to pull image', { count: 3, involvedObject }));
    const begin = [...starts, ...seen('pods', pulling)];
    expect(told(target, [...begin, ...event({ name: 'pod-a', uid: 'other' })])).toMatch(/^starting/);
    expect(told(target, [...begin, ...event({ name: 'pod-a' })])).toMatch(/^failed/);
  });
});

describe('the cluster’s own words', () => {
  const message = (container: ContainerParts): string | undefined =>
    play(target, one(container)).report.reasons[0]?.message;
  test.each([
    [
      { image: 'r/x:v1', state: waiting('ErrImagePull', 'rpc error: code = Unknown desc = failed to pull and unpack image "r/x:v1": failed to resolve reference "r/x:v1": unexpected status 401') },
      'ErrImagePull: unexpected status 401 (image r/x:v1)',
    ],
    [{ image: 'r/x:v1', state: waiting('ErrImagePull') }, 'ErrImagePull: no more is said (image r/x:v1)'],
    [{ state: terminated('Error', 3, 'Error: boom at https://me:secret@host/') }, 'Error with exit code 3, once: boom at https://<redacted>@host/'],
    [{ state: waiting('CrashLoopBackOff'), restartCount: 4 }, 'Ended with exit code 0, 5 times'],
  ])('%j', (container, expected) => {
    expect(message(container)).toBe(expected);
  }); // prettier-ignore

  test('are cut where they do not end', () => {
    const [reason] = play(target, one({ state: waiting('CreateContainerError', 'x'.repeat(600)) })).report.reasons;
    expect(reason?.message).toBe(`CreateContainerError: ${'x'.repeat(500)}…`);
  });

  test('and the last lines of the log, without credentials', () => {
    const lines = [
      ...Array.from({ length: 30 }, (_line, index) => `line ${index}`),
      'https://me:secret@host/',
      'y'.repeat(600),
    ];
    const timeline = [...one({ state: terminated('Error') }), answered('Pod pod-a function 1', ...lines)];
    const [reason] = play(target, timeline).report.reasons;
    expect(reason?.log).toHaveLength(20);
    expect(reason?.log?.slice(-2)).toEqual(['https://<redacted>@host/', `${'y'.repeat(500)}…`]);
  });
});

test('init containers count, too', () => {
  const init = pod([{ state: waiting('PodInitializing') }], {
    podStatus: { initContainerStatuses: [{ name: 'setup', state: waiting('InvalidImageName') }] },
  });
  expect(told(target, [...starts, ...seen('pods', init)])).toBe('failed: The name of the image is not valid.');
});

test('a pod that is about to go does not count', () => {
  const leaving = pod([{ state: waiting('InvalidImageName') }], {
    metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' },
  });
  expect(told(target, [...starts, ...seen('pods', leaving)])).toBe('starting');
});
