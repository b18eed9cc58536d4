import { randomBytes } from 'node:crypto';
import { admin, functionPath, newProject, hello, type Project } from '../support/cluster';
import { following, logLines } from '../support/following';
import { startKubelet, type StubKubelet } from '../support/kubelet';
import { runningStatus } from '../support/operator';

const serving = runningStatus.serving.resourceRef;
let kubelet: StubKubelet;
beforeAll(async () => {
  kubelet = await startKubelet(admin, `node-${randomBytes(5).toString('hex')}`);
});
afterAll(() => kubelet.stop());

/** A project with the function "hello" as it runs, without pods. */
async function newFunction(): Promise<Project> {
  const project = await newProject({ hello: hello() });
  await project.s('deploy', '--no-wait');
  await setStatus(project, runningStatus);
  project.requests();
  return project;
}

async function setStatus({ namespace }: Project, status: object): Promise<void> {
  const path = `${functionPath(namespace, 'hello')}/status`;
  await admin.request('PATCH', path, { status }, 'application/merge-patch+json');
}

/** A pod of a Serving, whose name ends with a word that tells it from others. */
async function runPod(project: Project, end: string, of = serving, fn = 'hello'): Promise<string> {
  const name = `${of}-deployment-${project.namespace}-${end}`;
  await kubelet.run(project.namespace, name, { fn, labels: { 'openfunction.io/serving': of } });
  return name;
}

const lines = (count: number, word: string): string[] =>
  Array.from({ length: count }, (_, index) => `${word} ${index + 1}`);

test('all pods of the current Serving, in the order of time, with two requests', async () => {
  const project = await newFunction();
  const pod = await runPod(project, 'first');
  kubelet.write(pod, 'function', 'one', 'two');
  const run = await project.s('logs');
  expect(logLines(run.stdout)).toEqual(['first | one', 'first | two']);
  expect(run.exitCode).toBe(0);
  expect(project.requests()).toEqual([
    `list /api/v1/namespaces/${project.namespace}/pods`,
    `get /api/v1/namespaces/${project.namespace}/pods/${pod}/log`,
  ]);

  const other = await runPod(project, 'second');
  kubelet.write(other, 'function', 'three');
  await new Promise((resolve) => setTimeout(resolve, 5));
  kubelet.write(pod, 'function', 'four');
  // Of another function, and of a Serving that is no more.
  kubelet.write(await runPod(project, 'stranger', 'serving-other', 'other'), 'function', 'of another');
  kubelet.write(await runPod(project, 'former', 'serving-old'), 'function', 'of before');
  const all = await project.s('logs');
  expect(all.stderr).toContain('Pods of earlier Servings are not shown: serving-old.');
  expect(logLines(all.stdout)).toEqual(['first | one', 'first | two', 'second | three', 'first | four']);
});

test('following prints every line once, over broken connections, restarts and rotations', async () => {
  const project = await newFunction();
  const pod = await runPod(project, 'first');
  kubelet.write(pod, 'function', 'line 0');
  const logs = following(['logs', '-f'], project);
  await logs.until('first | line 0');
  const expected = ['first | line 0'];
  for (let round = 1; round <= 4; round += 1) {
    for (const line of lines(50, `round ${round}, line`)) {
      kubelet.write(pod, 'function', line);
      expected.push(`first | ${line}`);
    }
    if (round % 2 === 1) kubelet.breakConnections();
    else await kubelet.restart(project.namespace, pod, 'function', { report: 300 });
    await logs.until(`first | round ${round}, line 50`);
  }
  // What was read may go; what follows is still read.
  kubelet.rotate(pod, 'function');
  kubelet.write(pod, 'function', 'after rotation');
  expected.push('first | after rotation');
  await logs.until('first | after rotation');
  // The cluster tells of the last restart later than its lines come.
  await logs.until(/(was started again after exit code 1, Error[^]*){2}/);
  const run = await logs.stop();
  expect(logLines(run.stdout)).toEqual(expected);
  expect(run.stderr.match(/was started again after exit code 1, Error/g)).toHaveLength(2);
  expect(run.exitCode).toBe(130);
});

test('following takes pods as they come and go, those of a new Serving, too, until the function is deleted', async () => {
  const project = await newFunction();
  const logs = following(['logs', '-f'], project);
  await logs.until('Waiting for its pods.');
  const first = await runPod(project, 'first');
  kubelet.write(first, 'function', 'one');
  await logs.until('first | one');

  await setStatus(project, { serving: { ...runningStatus.serving, resourceRef: 'serving-fghij' } });
  const next = await runPod(project, 'next', 'serving-fghij');
  kubelet.write(next, 'function', 'two');
  await logs.until('next | two');
  kubelet.write(first, 'function', 'last words');
  await logs.until('first | last words');
  await kubelet.remove(project.namespace, first);
  await logs.until('first is gone');
  await kubelet.remove(project.namespace, next);
  await logs.until('No pod of "hello" is left. Waiting for the next.');

  await admin.request('DELETE', functionPath(project.namespace, 'hello'));
  const run = await logs.ended;
  expect(run.stderr).toContain('Function "hello" was deleted.');
  expect(logLines(run.stdout)).toEqual(['first | one', 'next | two', 'first | last words']);
  expect(run.exitCode).toBe(0);
});

test('the last lines alone, and what comes after them, whatever happens to the connection', async () => {
  const project = await newFunction();
  const pod = await runPod(project, 'first');
  kubelet.write(pod, 'function', ...lines(10, 'old'));
  expect(logLines((await project.s('logs', '--tail=2')).stdout)).toEqual(['first | old 9', 'first | old 10']);

  const logs = following(['logs', '-f', '--tail=0'], project);
  await logs.until('first: ');
  await new Promise((resolve) => setTimeout(resolve, 500));
  kubelet.breakConnections();
  kubelet.write(pod, 'function', 'new');
  await logs.until('first | new');
  expect(logLines((await logs.stop()).stdout)).toEqual(['first | new']);
});

describe('a function that cannot be read', () => {
  test('that does not exist is an error', async () => {
    const project = await newProject({ hello: hello() });
    const run = await project.s('logs');
    expect(run.output).toContain(`The function "hello" does not exist in namespace "${project.namespace}"`);
    expect(run.exitCode).toBe(101);
  });

  test('without pods says how it stands', async () => {
    const project = await newFunction();
    const run = await project.s('logs');
    expect(run.stderr).toContain('There is no log of "hello" yet');
    expect(logLines(run.stdout)).toEqual([]);
    expect(run.exitCode).toBe(0);
  });
});
