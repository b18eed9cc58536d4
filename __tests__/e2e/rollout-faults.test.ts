import { writeFileSync } from 'node:fs';
import type { Fault, StreamFault } from '../../sandbox/faults/fault';
import { functionPath, hello, makeSecrets } from '../support/functions';
import { startRelay } from '../support/relay';
import { newSandboxProject, told, type SandboxProject, type ScenarioName } from '../support/sandbox';
import type { Run } from '../support/s';

/** The numbers are those of the list of faults that a wait has to bear; what is not about waiting is tested elsewhere, too. */
jest.setTimeout(100_000);

const place = 'in namespace "default" (context "sandbox")';
const runs = 'Function "hello" runs';

/** An async function: its workload and pods are looked at, too. */
const async = hello({
  serving: {
    runtime: 'async',
    annotations: { 'dapr.io/app-protocol': 'http', 'openfunction.io/dapr-service-mode': 'sidecar' },
    inputs: [{ name: 'in', component: 'mqtt-in' }],
    bindings: { 'mqtt-in': { type: 'bindings.mqtt', version: 'v1', metadata: [{ name: 'topic', value: '世界 🚀' }] } },
    template: { containers: [{ name: 'function' }] },
  },
});
const build = {
  imageCredentials: { name: 'push-secret' },
  build: {
    builder: 'openfunction/builder-node:v2-16.15',
    env: { FUNC_NAME: 'hello' },
    srcRepo: { url: 'https://github.com/OpenFunction/samples.git' },
  },
};

const watches = ['functions', 'pods', 'deployments', 'services', 'events', 'buildruns'];
const onWatches = (fault: Omit<Fault, 'on'>, resources = watches): Fault[] =>
  resources.map((resource) => ({ on: { verb: 'watch', resource }, ...fault }));
const streams = (stream: StreamFault, times = 1): Fault[] => onWatches({ stream, times });
const refusal = (status: number, message: string, reason?: string, retryAfter?: number): Fault['answer'] => ({
  status,
  message,
  ...(reason !== undefined && { reason }),
  ...(retryAfter !== undefined && { retryAfter }),
});
const forbidden = (resources: string[], verb: Fault['on']['verb']): Fault[] =>
  resources.map((resource) => ({
    on: { verb, resource },
    answer: refusal(403, `${resource} is forbidden: User "me" cannot watch resource "${resource}"`, 'Forbidden'),
  }));
const gone = refusal(410, 'The resourceVersion for the provided watch is too old.', 'Expired');

async function project(faults: Fault[] = [], props = async): Promise<SandboxProject> {
  return newSandboxProject({ hello: props }, { scenario: { faults } });
}

async function deploy(faults: Fault[], props = async): Promise<Run> {
  return (await project(faults, props)).s('deploy');
}

const overcome: [title: string, faults: Fault[]][] = [
  ['2: a reset before the change is made', [{ on: { verb: 'patch', resource: 'functions' }, times: 1, reset: 'before' }]],
  ['3: a reset after the change was made', [{ on: { verb: 'patch', resource: 'functions' }, times: 1, reset: 'after' }]],
  ['5: a login that expires once while it waits', onWatches({ times: 1, answer: refusal(401, 'Unauthorized', 'Unauthorized') })],
  ['7: watches that are forbidden', forbidden(watches, 'watch')],
  ['7: pods and events that may not be looked at', forbidden(['pods', 'events'], ['list', 'watch'])],
  ['14: a watch that begins too far back', onWatches({ times: 1, answer: gone })],
  ['14: a watch that falls too far back', streams({ end: 'gone' })],
  ['15: watches that close after each event', streams({ afterLines: 1, end: 'close' }, 20)],
  ['15: watches that close at once', streams({ end: 'close' }, 3)],
  ['16: watches that break', streams({ afterLines: 1, end: 'reset' }, 2)],
  ['17: watches that end within a line', streams({ afterLines: 1, end: 'partial-line' }, 2)],
  ['17: watches that arrive byte by byte', streams({ byteByByte: true }, Infinity)],
  ['19: watches that are refused with 429', onWatches({ times: 1, answer: refusal(429, 'slow down', 'TooManyRequests', 1) })],
  ['20: a proxy that answers 503 for a while', onWatches({ times: 1, answer: refusal(503, 'no healthy upstream') })],
  ['20: etcd without a leader', onWatches({ times: 1, answer: refusal(500, 'etcdserver: leader changed', 'InternalError') })],
]; // prettier-ignore

describe('what passes while it waits is overcome: fault', () => {
  test.concurrent.each(overcome)('%s', async (_title, faults) => {
    const run = await deploy(faults);
    expect(run.output).toContain(runs);
    expect(run.exitCode).toBe(0);
  });

  test.concurrent('7: what may not be looked at is said once', async () => {
    const { output } = await deploy(forbidden(['pods', 'events'], ['list', 'watch']));
    expect(output.match(/Not allowed to look at pods/g)).toHaveLength(1);
  });

  test.concurrent('23: an API server that is gone for a while', async () => {
    const sandboxed = await project();
    const relay = await startRelay(new URL(sandboxed.sandbox.server));
    const env = JSON.stringify(sandboxed.sandbox.kubeconfig).replaceAll(sandboxed.sandbox.server, relay.url);
    writeFileSync(`${sandboxed.folder}/config`, env);
    const run = await sandboxed.when('waiting for OpenFunction', () => relay.interrupt(6000), 'deploy');
    await relay.close();
    expect(run.output).toContain(runs);
    expect(run.exitCode).toBe(0);
  });
});

describe('what stays is explained: fault', () => {
  test.concurrent('1: nothing listens', async () => {
    const sandboxed = await project();
    await sandboxed.sandbox.stop();
    const run = await sandboxed.s('deploy');
    expect(told(run)).toContain('Cannot reach the cluster at https://SERVER.\nWhy: Nothing listens at this address');
    expect(run.exitCode).toBe(101);
  });

  test.concurrent('5: a login that has expired for good while it waits', async () => {
    const answer = refusal(401, 'Unauthorized', 'Unauthorized');
    const run = await deploy(onWatches({ answer }));
    expect(told(run)).toContain('Not logged in to the cluster of context "sandbox".');
    expect(run.exitCode).toBe(101);
  });

  test.concurrent('10: a namespace that is being deleted', async () => {
    const message =
      'functions "hello" is forbidden: unable to create new content in namespace default because it is being terminated';
    const run = await deploy([{ on: { verb: 'patch' }, answer: refusal(403, message, 'Forbidden') }]);
    expect(told(run)).toContain('The namespace "default" is being deleted.');
    expect(run.exitCode).toBe(101);
  });

  test.concurrent('26: a controller that does not react', async () => {
    const stuck = await newSandboxProject({ hello: async }, { scenario: 'no-controller' });
    const run = await stuck.s('deploy');
    expect(told(run)).toContain(`The function "hello" ${place} does not get on.
Why: OpenFunction has not taken up the change within 30 s.`);
    expect(run.exitCode).toBe(101);
  });

  test.concurrent('35: too little time, with what is known to be wrong', async () => {
    const slow = await newSandboxProject({ hello: async }, { scenario: 'unschedulable' });
    const run = await slow.s('deploy', '--timeout=3s');
    expect(told(run)).toMatch(
      /^The function "hello" .* does not run after 3s: starting \(serving-\w+\): 0 of 1 pods ready\.$/m,
    );
    expect(told(run)).toContain('No node has room for the pod.');
    expect(run.exitCode).toBe(101);
  });
});

describe('builds and pods that fail: fault', () => {
  const fates: [number: string, scenario: ScenarioName, what: string][] = [
    ['28', 'build-step-fails', 'The npm registry cannot be reached from the build.'],
    ['28', 'build-times-out', 'The build took too long.'],
    ['28', 'build-cancelled', 'Somebody, or a newer deploy, cancelled the build.'],
    ['28', 'build-push-refused', 'The registry refuses the image: the build is not logged in.'],
    ['29', 'crash', 'The program does not find one of its modules.'],
    ['29', 'out-of-memory', 'The container needs more memory than it may have.'],
    ['29', 'wrong-architecture', 'The image is for machines of another kind than the nodes of this cluster.'],
    ['29', 'image-name', 'The name of the image is not valid.'],
    ['29', 'image-pull', 'The registry refuses access to the image, or has no such image.'],
    ['29', 'secret-missing', 'A Secret that the function needs does not exist, or lacks a key.'],
  ];
  test.concurrent.each(fates)('%s: %s', async (number, scenario, what) => {
    const failing = await newSandboxProject({ hello: number === '28' ? { ...async, ...build } : async }, { scenario });
    await makeSecrets(failing.admin);
    const run = await failing.s('deploy');
    expect(told(run)).toContain(`Why: ${what}`);
    expect(run.exitCode).toBe(101);
  });
});

describe('others who act meanwhile: fault', () => {
  const manifest = (spec: object): object => ({
    apiVersion: 'core.openfunction.io/v1beta1',
    kind: 'Function',
    metadata: { name: 'hello', namespace: 'default' },
    spec,
  });
  const apply = ({ admin }: SandboxProject, spec: object): Promise<unknown> =>
    admin.request('PATCH', `${functionPath('default', 'hello')}?fieldManager=other&force=true`, manifest(spec), 'application/apply-patch+yaml');
  const neverReady = { scenario: 'never-ready' } as const;

  test.concurrent('13: a function that is still being deleted', async () => {
    const held = await newSandboxProject({ hello: async }, { scenario: { finalizers: ['example.com/hold'] } });
    await held.s('deploy');
    await held.admin.request('DELETE', functionPath('default', 'hello'));
    const release = (): Promise<unknown> =>
      held.admin.request('PATCH', functionPath('default', 'hello'), { metadata: { finalizers: [] } }, 'application/merge-patch+json');
    const run = await held.when('is being deleted', release, 'deploy');
    expect(told(run)).toMatch(/is being deleted[^]*Function "hello" created[^]*Function "hello" runs/);
    expect(run.exitCode).toBe(0);
  });

  test.concurrent('24: the function is deleted', async () => {
    const waits = await newSandboxProject({ hello: async }, neverReady);
    const run = await waits.when('0 of 1 pods', () => waits.admin.request('DELETE', functionPath('default', 'hello')), 'deploy');
    expect(told(run)).toContain(`The function "hello" ${place} was deleted meanwhile.`);
    expect(run.exitCode).toBe(101);
  });

  test.concurrent('25: other fields of the function are changed', async () => {
    const waits = await project();
    const run = await waits.when('waiting for', () => apply(waits, { build: { builderMaxAge: '1h', builder: 'b', srcRepo: { url: 'https://x/y.git' } } }), 'deploy', '--timeout=30s');
    expect(told(run)).toContain('"other" changed other fields of the function meanwhile; waiting for generation 2.');
  });

  test.concurrent('42: another image is deployed', async () => {
    const waits = await newSandboxProject({ hello: async }, neverReady);
    const run = await waits.when('0 of 1 pods', () => apply(waits, { image: 'registry.example.com/me/other:v9' }), 'deploy');
    expect(told(run)).toContain(`was deployed by somebody else meanwhile.
Why: "other" deployed something else meanwhile.
    says: This deploy is generation 1, the function is at generation 2.`);
    expect(run.exitCode).toBe(101);
  });

  test.concurrent('27: the old state during an update', async () => {
    const updates = await project();
    const before = await updates.result('deploy');
    updates.write({ hello: { ...async, version: 'v2.0.0' } });
    const after = await updates.result('deploy');
    expect(after).toMatchObject({ verdict: 'running', version: 'v2.0.0' });
    expect(after['serving']).not.toEqual(before['serving']);
  });

  test.concurrent('30: the function is scaled to zero', async () => {
    const scaled = await newSandboxProject({ hello: async }, neverReady);
    const toZero = async (): Promise<void> => {
      const path = '/apis/apps/v1/namespaces/default/deployments';
      const { body } = await scaled.admin.request('GET', path);
      for (const { metadata } of body['items'] as { metadata: { name: string } }[]) {
        await scaled.admin.request('PATCH', `${path}/${metadata.name}`, { spec: { replicas: 0 } }, 'application/merge-patch+json');
      }
    };
    const run = await scaled.when('0 of 1 pods', toZero, 'deploy', '--timeout=30s');
    expect(told(run)).toContain('It is scaled to zero: pods start when there is work.');
    expect(run.exitCode).toBe(0);
  });

  test.concurrent('33: a finalizer that stays', async () => {
    const held = await newSandboxProject({ hello: async }, { scenario: { finalizers: ['example.com/hold'] } });
    await held.s('deploy', '--no-wait');
    const run = await held.s('remove', '-y', '--timeout=2s');
    expect(told(run)).toContain('It waits on the finalizers');
    expect(told(run)).toContain('example.com/hold');
    expect(run.exitCode).toBe(101);
  });

  test.concurrent('34: Ctrl-C', async () => {
    const waits = await newSandboxProject({ hello: async }, neverReady);
    const run = await waits.when('0 of 1 pods', (process) => process.kill('SIGINT'), 'deploy');
    expect(run.output).toMatch(/Stopped waiting for "hello" after \d+s; the cluster goes on with it\.\nIt was at: starting \(serving-\w+\): 0 of 1 pods ready\n[^]*See how it stands with: s info/);
    expect(run.exitCode).toBe(130);
    const { body } = await waits.admin.request('GET', functionPath('default', 'hello'));
    expect(body).toMatchObject({ kind: 'Function' });
  });
}); // prettier-ignore
