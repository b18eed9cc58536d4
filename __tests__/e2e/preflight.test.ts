import type { Fault } from '../../sandbox/faults/fault';
import { hello, makeSecrets } from '../support/functions';
import { newSandboxProject, told, type SandboxProject } from '../support/sandbox';

jest.setTimeout(60_000);

const build = {
  imageCredentials: { name: 'push-secret' },
  build: { builder: 'openfunction/builder-go:v2.4.0', srcRepo: { url: 'https://github.com/me/functions.git' } },
};
const buildOnly = { version: 'v1', image: 'registry.example.com/me/hello:v1', ...build };
const controller = '/apis/apps/v1/namespaces/openfunction/deployments/openfunction-controller-manager';

function looksOf({ sandbox }: SandboxProject): string[] {
  return sandbox.requests().filter(({ userAgent }) => userAgent.startsWith('ofn/')).map(({ requestURI }) => requestURI.replace(/\?.*/, '')); // prettier-ignore
}

describe('the release of OpenFunction', () => {
  test.concurrent('is asked for where it matters, and settles what else would be a warning', async () => {
    const project = await newSandboxProject({ hello: buildOnly });
    await makeSecrets(project.admin);
    const run = await project.s('deploy', '--no-wait');
    expect(told(run)).not.toContain('WARN');
    expect(run.exitCode).toBe(0);
    expect(looksOf(project).filter((path) => path === controller)).toHaveLength(1);
  });

  test.concurrent('is asked for only there', async () => {
    const project = await newSandboxProject({ hello: hello() });
    expect(await project.s('deploy', '--no-wait')).toMatchObject({ exitCode: 0 });
    expect(looksOf(project)).not.toContain(controller);
  });

  test.concurrent('that crashes over the function is named before it does', async () => {
    const project = await newSandboxProject({ hello: buildOnly });
    await makeSecrets(project.admin);
    const labels = { 'app.kubernetes.io/version': 'v1.1.1' };
    await project.admin.request('PATCH', controller, { metadata: { labels } }, 'application/merge-patch+json');
    const run = await project.s('deploy', '--no-wait');
    expect(told(run)).toBe(`1 problem in the props of "hello":
  hello.props.serving: With OpenFunction 1.1, which this cluster runs, the cluster refuses a function without it: OpenFunction crashes over it. Add serving.
What to do: Correct what is listed; nothing was changed.`);
    expect(run.exitCode).toBe(101);
    expect(project.requests()).toEqual([]);
  });

  test.concurrent('that cannot be told leaves a warning', async () => {
    const project = await newSandboxProject({ hello: buildOnly });
    await makeSecrets(project.admin);
    await project.admin.request('DELETE', controller);
    const run = await project.s('deploy', '--no-wait');
    expect(told(run)).toContain('With OpenFunction 1.1, which this cluster may run, the cluster refuses');
    expect(run.exitCode).toBe(0);
  });
});

test('a cluster without what the function builds on', async () => {
  const project = await newSandboxProject({ hello: hello() }, { scenario: 'no-controller' });
  for (const name of ['services.serving.knative.dev', 'revisions.serving.knative.dev']) {
    await project.admin.request('DELETE', `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${name}`);
  }
  const run = await project.s('deploy', '--no-wait');
  expect(told(run)).toMatch(
    /WARN 1 warning for the props of "hello":\n {2}hello\.props\.serving: This cluster has no Knative Serving \(serving\.knative\.dev\), which runs sync functions; the function would wait for it without a word\. Ask an administrator to install it\./,
  );
  expect(run.exitCode).toBe(0);
});

test('without OpenFunction that is all there is to say', async () => {
  const project = await newSandboxProject({ hello: hello(build) }, { openfunction: undefined });
  const run = await project.s('deploy', '--no-wait');
  expect(told(run)).toContain('OpenFunction is not installed on this cluster.');
  expect(told(run)).not.toContain('push-secret');
  expect(run.exitCode).toBe(101);
});

describe('a look that fails stops nothing', () => {
  const fault = (resource: string, more: Partial<Fault>): Fault[] => [{ on: { verb: 'get', resource }, ...more }];
  const answer = { status: 500, reason: 'InternalError', message: 'etcd is ill' };

  test.concurrent.each([
    ['an error of the server', fault('secrets', { answer }), '(the server answers 500)'],
    [
      'an answer that is no answer',
      fault('secrets', { answer: { ...answer, status: 404, reason: '' } }),
      '(the server answers 404)',
    ],
  ])('%s', async (_title, faults, why) => {
    const project = await newSandboxProject({ hello: hello(build) }, { scenario: { faults } });
    const run = await project.s('deploy', '--no-wait');
    expect(told(run)).toContain(`Not checked: the Secret "push-secret" in namespace "default" ${why}.`);
    expect(run.exitCode).toBe(0);
  });

  test.concurrent('a server that is not there is told of once', async () => {
    const project = await newSandboxProject({ hello: hello(build) });
    await project.sandbox.stop();
    const run = await project.s('deploy', '--no-wait');
    expect(told(run).match(/Cannot reach/g)).toHaveLength(2);
    expect(run.exitCode).toBe(101);
  });
});
