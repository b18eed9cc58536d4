import { valueAt, type JsonRecord } from '../../../../src/record';
import type { KubeObject } from '../../../../sandbox/apiserver/objects';
import { textAt } from '../../../../sandbox/openfunction/simulation/model';
import type { PodFate } from '../../../../sandbox/scenarios/scenario';
import { containerStatus, eventsOf, simulate, specs, withServing, type Simulation } from '../support/cluster';

const pods = 'pods.';
const sidecar = { annotations: { 'openfunction.io/dapr-service-mode': 'sidecar' } };
const fated = (fate: PodFate): Promise<Simulation> => simulate({ scenario: { fates: { f: { pods: fate } } } });

/** The conditions of a pod: `Ready False`. */
function conditionsOf(pod: KubeObject): string[] {
  const conditions = (valueAt(pod, ['status', 'conditions']) ?? []) as JsonRecord[];
  return conditions.map(({ type, status }) => `${String(type)} ${String(status)}`);
}

describe('a pod', () => {
  test('gets a node, its image, a start, and is ready', async () => {
    const { apply, pass, only, sandbox } = await simulate();
    const seen: string[] = [];
    sandbox.state.store.subscribe(({ kind, object }) => {
      if (kind !== pods || object.metadata.namespace === 'openfunction') return;
      const state = Object.entries((containerStatus(object, 'function')?.['state'] ?? {}) as JsonRecord)
        .map(([word, detail]) => `${word} ${textAt(detail, ['reason'])}`.trim())
        .join();
      const line = [
        valueAt(object, ['status', 'phase']),
        valueAt(object, ['spec', 'nodeName']) === undefined ? 'nowhere' : 'on a node',
        state || 'not there',
        conditionsOf(object).includes('Ready True') ? 'ready' : 'not ready',
      ].join(', ');
      if (seen.at(-1) !== line) seen.push(line);
    });
    await apply(specs.http);
    pass();
    expect(seen).toEqual([
      'Pending, nowhere, not there, not ready',
      'Pending, on a node, not there, not ready',
      'Pending, on a node, waiting ContainerCreating, not ready',
      'Running, on a node, running, ready',
    ]);
    expect(containerStatus(only(pods), 'function')).toMatchObject({
      image: 'example.com/f:v1',
      ready: true,
      restartCount: 0,
      lastState: {},
    });
  });

  test('writes lines that can be read, and an end when it is deleted', async () => {
    const { apply, pass, only, log, request, all } = await simulate();
    await apply(specs.http);
    pass();
    const { name } = only(pods).metadata;
    expect(await log(name, '')).toBe('Function server starting\nListening on port 8080\n');
    await request('DELETE', `/api/v1/namespaces/default/pods/${name}`);
    expect(valueAt(only(pods), ['metadata', 'deletionGracePeriodSeconds'])).toBe(30);
    pass();
    expect(all(pods).map(({ metadata }) => metadata.name)).not.toContain(name);
    expect(all(pods).length).toBe(1);
  });

  test('is told of by events', async () => {
    const simulation = await simulate();
    await simulation.apply(specs.http);
    simulation.pass();
    expect(eventsOf(simulation, 'Pod')).toEqual([
      'Normal Scheduled: Successfully assigned default/serving-xxxxx-ksvc-xxxxx-v100-deployment-xxxxx-xxxxx to sandbox-node',
      'Normal Started: Started container function',
    ]);
  });

  test('of nobody runs whatever the fates of functions are', async () => {
    const { request, pass, only } = await simulate({ scenario: { fates: { '*': { pods: 'crash' } } } });
    await request('POST', '/api/v1/namespaces/default/pods', {
      metadata: { name: 'alone' },
      spec: { containers: [{ name: 'function', image: 'example.com/alone:v1' }] },
    });
    pass();
    expect(conditionsOf(only(pods))).toContain('Ready True');
  });

  test('of a StatefulSet has a number', async () => {
    const { apply, pass, only } = await simulate();
    await apply(withServing(specs.async, { workloadType: 'StatefulSet', ...sidecar }));
    pass();
    expect(only(pods).metadata.name).toBe(`${only('statefulsets.apps').metadata.name}-0`);
    expect(valueAt(only('statefulsets.apps'), ['status'])).toMatchObject({ replicas: 1, readyReplicas: 1 });
  });
});

describe('a pod that does not start', () => {
  const pulling =
    'Back-off pulling image: rpc error: code = Unknown desc = failed to pull and unpack image: ' +
    'failed to resolve reference: pull access denied, repository does not exist or may require authorization';

  test.each<[PodFate, { reason: string; message: string }, string]>([
    ['image cannot be pulled', { reason: 'ImagePullBackOff', message: pulling }, 'Failed'],
    [
      'image name is invalid',
      {
        reason: 'InvalidImageName',
        message: "Failed to apply default image tag: couldn't parse image reference: invalid reference format",
      },
      'InspectFailed',
    ],
    [
      'secret is missing',
      { reason: 'CreateContainerConfigError', message: 'secret "credentials" not found' },
      'Failed',
    ],
  ])('because of "%s" waits, and fails its function over HTTP', async (fate, waiting, event) => {
    const simulation = await fated(fate);
    const { apply, pass, only, status, states } = simulation;
    await apply(specs.http);
    pass();
    expect(valueAt(only(pods), ['status', 'phase'])).toBe('Pending');
    expect(containerStatus(only(pods), 'function')).toMatchObject({
      ready: false,
      restartCount: 0,
      state: { waiting },
    });
    const told = waiting.message.replace('Back-off pulling image', 'Failed to pull image');
    expect(eventsOf(simulation, 'Pod').at(-1)).toBe(`Warning ${event}: ${told}`);
    expect(states.at(-1)).toBe('Skipped, Failed');
    expect(status('serving')).toMatchObject({
      reason: 'RevisionFailed',
      message: `Revision failed with message: ${waiting.message}.`,
    });
    expect(valueAt(only('services.serving.knative.dev'), ['status', 'conditions'])).toMatchObject([
      { type: 'Ready', status: 'False', reason: 'RevisionFailed' },
    ]);
  });

  test('has no log', async () => {
    const { apply, pass, only, log } = await fated('image cannot be pulled');
    await apply(specs.http);
    pass();
    const { name } = only(pods).metadata;
    expect(await log(name, '')).toBe(
      `container "function" in pod "${name}" is waiting to start: trying and failing to pull image`,
    );
  });

  test('because no node fits stays without one', async () => {
    const simulation = await fated('no node fits');
    const { apply, pass, only, states } = simulation;
    await apply(specs.http);
    pass();
    expect(valueAt(only(pods), ['spec', 'nodeName'])).toBeUndefined();
    expect(valueAt(only(pods), ['status'])).toMatchObject({
      phase: 'Pending',
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          reason: 'Unschedulable',
          message: '0/1 nodes are available: 1 Insufficient memory.',
        },
      ],
    });
    expect(eventsOf(simulation, 'Pod')).toEqual([
      'Warning FailedScheduling: 0/1 nodes are available: 1 Insufficient memory.',
    ]);
    expect(states.at(-1)).toBe('Skipped, Starting');
  });
});

describe('a container that ends', () => {
  test.each<[PodFate, number, string, RegExp]>([
    ['crash', 1, 'Error', /Error: Cannot find module '.\/handler'/],
    ['run out of memory', 137, 'OOMKilled', /Reading the whole table/],
    ['exec format error', 1, 'Error', /exec \/cnb\/process\/web: exec format error/],
  ])('by "%s" is started again and again', async (fate, exitCode, reason, line) => {
    const { apply, pass, only, log } = await fated(fate);
    await apply(specs.http);
    pass(500);
    const { name } = only(pods).metadata;
    const restarts: unknown[] = [];
    for (const milliseconds of [0, 500, 1000]) {
      pass(milliseconds);
      restarts.push(containerStatus(only(pods), 'function')?.['restartCount']);
    }
    expect(restarts).toEqual([1, 2, 3]);
    expect(containerStatus(only(pods), 'function')).toMatchObject({
      ready: false,
      state: {
        waiting: {
          reason: 'CrashLoopBackOff',
          message: `back-off restarting failed container=function pod=${name}`,
        },
      },
      lastState: { terminated: { exitCode, reason } },
    });
    expect(await log(name, '')).toMatch(line);
    expect(await log(name, 'previous=true')).toMatch(line);
  });

  test('has no previous log the first time', async () => {
    const { apply, pass, only, log } = await fated('crash');
    await apply(specs.http);
    pass(450);
    const { name } = only(pods).metadata;
    expect(containerStatus(only(pods), 'function')?.['restartCount']).toBe(1);
    expect(await log(name, 'previous=true')).toBe(
      `previous terminated container "function" in pod "${name}" not found`,
    );
    expect(await log(name, '')).toMatch(/^Function server starting\n/);
  });

  test('fails its function over HTTP', async () => {
    const { apply, pass, status } = await fated('crash');
    await apply(specs.http);
    pass();
    expect(status('serving')).toMatchObject({
      state: 'Failed',
      reason: 'RevisionFailed',
      message: expect.stringMatching(/back-off restarting failed container=function pod=serving-/) as string,
    });
  });

  test('leaves the sidecar of Dapr alone', async () => {
    const { apply, pass, only } = await fated('crash');
    await apply(withServing(specs.async, sidecar));
    pass();
    expect(containerStatus(only(pods), 'daprd')).toMatchObject({ ready: true, restartCount: 0 });
    expect(conditionsOf(only(pods))).toContain('Ready False');
  });

  test('is not started any more when its pod goes', async () => {
    const { apply, pass, all, request, sandbox } = await fated('crash');
    await apply(withServing(specs.async, sidecar));
    pass();
    await request('DELETE', '/apis/core.openfunction.io/v1beta2/namespaces/default/functions/f');
    pass();
    expect(all(pods)).toEqual([]);
    const version = sandbox.state.store.resourceVersion();
    pass(3_600_000);
    expect(sandbox.state.store.resourceVersion()).toBe(version);
  });
});

describe('a container that is not ready', () => {
  test('keeps its function Starting', async () => {
    const { apply, pass, only, states } = await fated('never ready');
    await apply(specs.http);
    pass(3_600_000);
    expect(containerStatus(only(pods), 'function')).toMatchObject({
      ready: false,
      started: true,
      state: { running: { startedAt: expect.stringMatching(/Z$/) as string } },
    });
    expect(states.at(-1)).toBe('Skipped, Starting');
  });

  test('may be the sidecar of Dapr', async () => {
    const { apply, pass, only } = await fated('daprd does not get ready');
    await apply(withServing(specs.async, sidecar));
    pass();
    expect(['function', 'daprd'].map((name) => containerStatus(only(pods), name)?.['ready'])).toEqual([true, false]);
    expect(conditionsOf(only(pods))).toEqual([
      'PodScheduled True',
      'Initialized True',
      'ContainersReady False',
      'Ready False',
    ]);
  });

  test('may be Dapr in a pod of its own, while the function runs', async () => {
    const { apply, pass, all } = await fated('daprd does not get ready');
    await apply(specs.async);
    pass();
    const ready = all(pods).map((pod) => [
      pod.metadata.labels?.['openfunction.io/proxy'] === undefined ? 'function' : 'proxy',
      conditionsOf(pod).includes('Ready True'),
    ]);
    expect(Object.fromEntries(ready)).toEqual({ function: true, proxy: false });
  });

  test('is none where there is no Dapr', async () => {
    const { apply, pass, states } = await fated('daprd does not get ready');
    await apply(specs.http);
    pass();
    expect(states.at(-1)).toBe('Skipped, Running');
  });
});

test('a function that fails runs after all once its pods do', async () => {
  const { apply, pass, only, status, request } = await fated('image cannot be pulled');
  await apply(specs.http);
  pass();
  expect(status('serving', 'state')).toBe('Failed');
  const { name } = only(pods).metadata;
  const running = {
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
      containerStatuses: [{ name: 'function', ready: true, restartCount: 0, state: { running: {} } }],
    },
  };
  await request('PATCH', `/api/v1/namespaces/default/pods/${name}/status`, running, 'application/merge-patch+json');
  pass();
  expect(status('serving', 'state')).toBe('Running');
  expect(status('serving')).not.toHaveProperty('reason');
});
