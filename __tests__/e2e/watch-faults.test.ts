import { setTimeout as pause } from 'node:timers/promises';
import type { Fault, StreamFault } from '../../sandbox/faults/fault';
import { functionPath, hello } from '../support/functions';
import { deployerOf } from '../support/rights';
import { applyFunction, newSandboxProject, told, type SandboxProject } from '../support/sandbox';

// Nothing here may wait for the minutes that a deletion may take.
jest.setTimeout(40_000);

const place = 'in namespace "default" (context "sandbox")';
const removed = `Function "hello" removed ${place}.`;
const recreated = `Function "hello" is being deleted ${place}; waiting up to 5 minutes to create it again.
Function "hello" created ${place}.`;
const hold = 'example.com/hold';

/** Something of more than one byte a character, for streams that arrive in pieces. */
const props = hello({ annotations: { note: 'héllo 世界 🚀' } });

const watch = { verb: 'watch', resource: 'functions' } as const;
const broken = (stream: StreamFault, times = 1): Fault => ({ on: watch, times, stream });
const refused = (status: number, reason: string | undefined, message: string, times = Infinity): Fault => ({
  on: watch,
  times,
  answer: { status, message, ...(reason !== undefined && { reason }) },
});

const forbidden =
  'functions.core.openfunction.io is forbidden: User "admin" cannot watch resource "functions" in API group "core.openfunction.io"';

const refusal = { status: 403, reason: 'Forbidden', message: forbidden };

const faults: [title: string, fault: Fault | undefined][] = [
  ['works', undefined],
  ['is forbidden', refused(403, 'Forbidden', forbidden)],
  ['begins too far back', refused(410, 'Expired', 'The resourceVersion for the provided watch is too old.', 1)],
  ['falls too far back', broken({ end: 'gone' })],
  ['closes after each event', broken({ afterLines: 1, end: 'close' }, 5)],
  ['closes at once', broken({ end: 'close' })],
  ['breaks', broken({ end: 'reset' })],
  ['ends within a line', broken({ end: 'partial-line' })],
  ['arrives byte by byte', broken({ byteByByte: true }, Infinity)],
  ['is refused by a proxy that restarts', refused(503, undefined, 'no healthy upstream', 1)],
];

/** Takes the finalizer away that holds the function. */
function release({ admin }: SandboxProject): Promise<unknown> {
  const nothing = { metadata: { finalizers: [] } };
  return admin.request('PATCH', functionPath('default', 'hello'), nothing, 'application/merge-patch+json');
}

async function uidOf({ admin }: SandboxProject): Promise<unknown> {
  const { body } = await admin.request('GET', functionPath('default', 'hello'));
  return (body['metadata'] as { uid?: string } | undefined)?.uid;
}

/** A function that a finalizer holds, in a sandbox with this fault. */
async function heldFunction(fault?: Fault): Promise<SandboxProject> {
  const scenario = { finalizers: [hold], ...(fault && { faults: [fault] }) };
  const project = await newSandboxProject({ hello: props }, { scenario });
  await applyFunction(project, props);
  // The finalizer comes a moment later.
  await pause(200);
  return project;
}

describe('a function that goes away after a while, and the watch of it', () => {
  test.concurrent.each(faults)('%s: it is removed', async (_title, fault) => {
    const project = await heldFunction(fault);
    const later = (): unknown => setTimeout(() => void release(project), 500);
    const run = await project.when('Waiting until', later, 'remove', '-y');
    expect(told(run)).toContain(removed);
    expect(run.exitCode).toBe(0);
    expect(await uidOf(project)).toBeUndefined();
    const requests = project.requests();
    expect(requests.filter((request) => request === 'delete v1beta1 hello')).toHaveLength(1);
    expect(requests.length).toBeLessThanOrEqual(8);
  });

  test.concurrent.each(faults)('%s: deploy makes it anew', async (_title, fault) => {
    const project = await heldFunction(fault);
    const old = await uidOf(project);
    await project.admin.request('DELETE', functionPath('default', 'hello'));
    const later = (): unknown => setTimeout(() => void release(project), 500);
    const run = await project.when('is being deleted', later, 'deploy');
    const warning = fault?.answer?.status === 503 ? 'WARN The API server is busy (503); trying again.\n' : '';
    expect(told(run)).toContain(recreated.replace('\n', `\n${warning}`));
    expect(run.exitCode).toBe(0);
    expect(await uidOf(project)).not.toBe(old);
    const requests = project.requests();
    expect(requests.filter((request) => request === 'patch v1beta1 hello')).toHaveLength(2);
    // What comes after belongs to the wait for the new one.
    expect(requests.lastIndexOf('patch v1beta1 hello')).toBeLessThanOrEqual(8);
  });
});

describe('a function that stays is not waited for longer than --timeout, when the watch of it', () => {
  test.concurrent.each([
    ['works', undefined, 2],
    ['falls silent', broken({ end: 'silence' }, Infinity), 2],
    ['is never answered', { on: watch, delay: 30_000 }, 2],
    ['is refused by a proxy without an upstream', refused(503, undefined, 'no healthy upstream'), 4],
    ['is refused with 429', { on: watch, answer: { status: 429, message: 'slow down', retryAfter: 30 } }, 2],
    ['is forbidden', refused(403, 'Forbidden', forbidden), 4],
  ] satisfies [string, Fault | undefined, number][])('%s', async (_title, fault, looks) => {
    const project = await heldFunction(fault);
    const begin = Date.now();
    const run = await project.s('remove', '-y', '--timeout=2s');
    expect(Date.now() - begin).toBeLessThan(30_000);
    expect(told(run).replace(/since \S+Z/, 'since TIME')).toContain(
      `The function "hello" in namespace "default" is still being deleted after 2 s.
Why: It waits on the finalizers example.com/hold since TIME.
What to do: Look what is left with: kubectl get functions,servings,builders -n default
  The deletion goes on in the cluster; run the command again to go on waiting.`,
    );
    expect(run.exitCode).toBe(101);
    const requests = project.requests();
    expect(requests.slice(0, 2)).toEqual(['get v1beta1 hello', 'delete v1beta1 hello']);
    expect(requests.slice(2).length).toBeLessThanOrEqual(looks + 1);

    await release(project);
    await pause(100);
    expect(told(await project.s('remove', '-y'))).toContain('nothing to remove');
  });
});

test.concurrent('a server that has just started, and does not know yet who may do what, is asked again', async () => {
  const faults: Fault[] = [
    { on: watch, answer: refusal },
    { on: { verb: 'get', resource: 'functions' }, after: 1, times: 2, answer: refusal },
  ];
  const project = await newSandboxProject({ hello: props }, { scenario: { finalizers: [hold], faults } });
  await applyFunction(project, props);
  const later = (): unknown => setTimeout(() => void release(project), 500);
  const run = await project.when('Waiting until', later, 'remove', '-y');
  expect(told(run)).toContain(removed);
  expect(run.exitCode).toBe(0);
});

test.concurrent('a silent watch of a function that is gone: it is found out when time is up', async () => {
  const project = await heldFunction(broken({ end: 'silence' }));
  const later = (): unknown => setTimeout(() => void release(project), 300);
  const run = await project.when('Waiting until', later, 'remove', '-y', '--timeout=3s');
  expect(told(run)).toContain(removed);
  expect(run.exitCode).toBe(0);
});

test.concurrent('an API that fails altogether while a deletion is waited for', async () => {
  const answer = { status: 503, message: 'no healthy upstream' };
  const scenario = { finalizers: [hold], faults: [{ on: { user: deployerOf('default') }, after: 3, answer }] };
  const project = await newSandboxProject({ hello: props }, { scenario });
  await project.s('deploy', '--no-wait');
  const run = await project.s('remove', '-y', '--timeout=2s');
  expect(told(run)).toContain(`The API server of context "sandbox" is busy or failing (503).
Why: no healthy upstream`);
  expect(run.exitCode).toBe(101);
});

test.concurrent('a login that expires while a deletion is waited for', async () => {
  const scenario = {
    finalizers: [hold],
    faults: [{ on: {}, after: 3, answer: { status: 401, reason: 'Unauthorized', message: 'Unauthorized' } }],
  };
  const project = await newSandboxProject({ hello: props }, { scenario });
  await project.s('deploy', '--no-wait');
  const run = await project.s('remove', '-y');
  expect(told(run)).toContain('Not logged in to the cluster of context "sandbox".');
  expect(run.exitCode).toBe(101);
});

test.concurrent('a function that someone makes anew while its deletion is waited for is left alone', async () => {
  const project = await heldFunction(broken({ end: 'close' }, Infinity));
  const replace = async (): Promise<void> => {
    await pause(300);
    await release(project);
    await pause(100);
    await project.admin.request('POST', functionPath('default', ''), {
      apiVersion: 'core.openfunction.io/v1beta1',
      kind: 'Function',
      metadata: { name: 'hello' },
      spec: { image: 'theirs', serving: { runtime: 'knative', template: { containers: [{ name: 'function' }] } } },
    });
  };
  const run = await project.when('Waiting until', replace, 'remove', '-y');
  expect(told(run)).toContain(removed);
  expect(run.exitCode).toBe(0);
  expect(await uidOf(project)).toBeDefined();
});

test.concurrent('Ctrl-C while a deletion is waited for exits with 130', async () => {
  const project = await heldFunction();
  const run = await project.when('Waiting until', (process) => process.kill('SIGINT'), 'remove', '-y');
  expect(told(run)).not.toContain(removed);
  expect(run.exitCode).toBe(130);
});
