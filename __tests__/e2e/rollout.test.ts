import { functionPath, hello, makeSecrets } from '../support/functions';
import { newSandboxProject, told, type SandboxProject } from '../support/sandbox';

jest.setTimeout(100_000);

const place = 'in namespace "default" (context "sandbox")';
const serving = {
  runtime: 'async',
  annotations: { 'dapr.io/app-protocol': 'http', 'openfunction.io/dapr-service-mode': 'sidecar' },
  inputs: [{ name: 'in', component: 'mqtt-in' }],
  outputs: [{ name: 'out', component: 'mqtt-out', operation: 'create' }],
  bindings: {
    'mqtt-in': { type: 'bindings.mqtt', version: 'v1', metadata: [{ name: 'topic', value: 'in' }] },
    'mqtt-out': { type: 'bindings.mqtt', version: 'v1', metadata: [{ name: 'topic', value: 'out' }] },
  },
  template: { containers: [{ name: 'function', resources: { limits: { memory: '128Mi' } } }] },
};
const async = hello({ serving });
const build = {
  builder: 'openfunction/builder-node:v2-16.15',
  env: { FUNC_NAME: 'hello' },
  srcRepo: { url: 'https://github.com/OpenFunction/samples.git', revision: 'main' },
};
const built = { ...async, imageCredentials: { name: 'push-secret' }, build };

/** Output without the parts of names that are made up. */
const lines = (text: string): string =>
  text.replace(/(builder|serving)-[a-z0-9]{5}/g, '$1-x').replace(/after \d+s/g, 'after Ns');

async function builtProject(props: object = built): Promise<SandboxProject> {
  const project = await newSandboxProject({ hello: props });
  await makeSecrets(project.admin);
  return project;
}

/** Watches of ofn, by what they watch. */
const watchesOf = ({ sandbox }: SandboxProject): string[] =>
  sandbox
    .requests()
    .filter(({ userAgent, verb }) => userAgent.startsWith('ofn/') && verb === 'watch')
    .map(({ requestURI }) => new URL(requestURI, 'https://server').pathname.split('/').at(-1) ?? '')
    .sort();

describe('deploy waits', () => {
  test.concurrent('until an async function runs', async () => {
    const project = await newSandboxProject({ hello: async });
    const run = await project.s('deploy');
    expect(lines(told(run))).toBe(`Function "hello" created ${place}.
hello: waiting for OpenFunction
hello: starting (serving-x)
hello: starting (serving-x): 0 of 1 pods ready
hello: starting (serving-x): 1 of 1 pods ready
Function "hello" runs.
  mqtt:in ─▶ hello ─▶ mqtt:out`);
    expect(run.exitCode).toBe(0);
    expect(watchesOf(project)).toEqual(['deployments', 'events', 'functions', 'pods']);
  });

  test.concurrent('until an HTTP function has its address', async () => {
    const project = await newSandboxProject({ hello: hello() });
    expect(lines(told(await project.s('deploy')))).toBe(`Function "hello" created ${place}.
hello: waiting for OpenFunction
hello: starting (serving-x)
Function "hello" runs: http://hello.default.ofn.io/
  http ─▶ hello`);
  });

  test.concurrent('until an image is built, whose log is shown when asked for', async () => {
    const project = await builtProject();
    const run = await project.s('deploy', '--build-logs');
    expect(lines(told(run))).toMatch(
      /hello: building \(builder-x\)\n(.*\| .*\n)*.*step-create \| added 58 packages in 4s\n[^]*\n.*step-results \| Image pushed\n/,
    );
    expect(run.exitCode).toBe(0);
    expect(watchesOf(project)).toEqual(['buildruns', 'deployments', 'events', 'functions', 'pods', 'pods']);
  });

  test.concurrent('for nothing when nothing changed', async () => {
    const project = await newSandboxProject({ hello: hello() });
    await project.s('deploy');
    project.requests();
    const run = await project.s('deploy');
    // Where the cluster reported within the second of the change, deploy waits a moment whether more is to come.
    expect(told(run).replace('hello: waiting for OpenFunction\n', '')).toBe(`Function "hello" unchanged ${place}.
Nothing changed: an image that was pushed again under the same name is not pulled again. --force-rollout does that.
Function "hello" runs: http://hello.default.ofn.io/
  http ─▶ hello`);
    expect(project.requests()).toEqual(['get v1beta1 hello', 'patch v1beta1 hello', 'watch v1beta2 hello']);
  });

  test.concurrent('for an unchanged function that does not run, and fails', async () => {
    const project = await newSandboxProject({ hello: async }, { scenario: 'crash' });
    await project.s('deploy');
    const run = await project.s('deploy');
    expect(told(run)).toContain('The program does not find one of its modules.');
    expect(run.exitCode).toBe(101);
  });

  test.concurrent('on OpenFunction 1.0', async () => {
    const project = await newSandboxProject({ hello: async }, { openfunction: '1.0' });
    const result = await project.result('deploy');
    expect(result).toMatchObject({ verdict: 'running', apiVersion: 'core.openfunction.io/v1beta1' });
  });

  test.concurrent('at least as long as the function may take', async () => {
    const slow = { ...async, serving: { ...serving, timeout: '4s' } };
    const project = await newSandboxProject({ hello: slow }, { scenario: 'never-ready' });
    expect(lines(told(await project.s('deploy', '--timeout=1s')))).toContain('does not run after Ns');
  });

  test.concurrent('with one watch for each type, however many functions there are', async () => {
    const names = Array.from({ length: 100 }, (_name, index) => `fn-${index}`);
    const project = await newSandboxProject(Object.fromEntries(names.map((name) => [name, { ...async, name }])));
    const { writeFileSync, readFileSync } = await import('node:fs');
    const yaml = JSON.parse(readFileSync(`${project.folder}/s.yaml`, 'utf8')) as object;
    writeFileSync(`${project.folder}/s.yaml`, JSON.stringify({ ...yaml, flow: { deploy: [names] } }));
    const run = await project.s('deploy', '-y');
    expect(run.output.match(/Function "fn-\d+" runs/g)).toHaveLength(100);
    expect(run.exitCode).toBe(0);
    const watches = watchesOf(project);
    for (const type of ['deployments', 'events', 'pods']) {
      expect(watches.filter((watch) => watch === type)).toHaveLength(1);
    }
    // The first is of one function; when there are more, one of all takes its place.
    expect(watches.filter((watch) => watch === 'functions').length).toBeLessThanOrEqual(2);
  });
});

describe('changes that OpenFunction does not see', () => {
  const more = {
    ...serving,
    template: { containers: [{ name: 'function', resources: { limits: { memory: '256Mi' } } }] },
  };
  const memoryOf = async ({ admin }: SandboxProject): Promise<unknown> => {
    const { body } = await admin.request('GET', '/apis/apps/v1/namespaces/default/deployments');
    const [deployment] = body['items'] as { spec: { template: { spec: { containers: { resources: object }[] } } } }[];
    return deployment?.spec.template.spec.containers[0]?.resources;
  };

  test.concurrent('are told, and made with --force-rollout, once', async () => {
    const project = await newSandboxProject({ hello: async });
    await project.s('deploy');
    project.write({ hello: { ...async, serving: more } });
    const unseen = await project.s('deploy');
    expect(told(unseen)).toContain(
      'WARN OpenFunction does not notice a change of serving.template.containers[0].resources.limits.memory alone: what runs stays as it was. --force-rollout starts it anew.',
    );
    expect(await memoryOf(project)).toEqual({ limits: { memory: '128Mi' } });
    const before = await project.result('info');
    expect(await project.s('deploy', '--force-rollout')).toMatchObject({ exitCode: 0 });
    expect(await memoryOf(project)).toEqual({ limits: { memory: '256Mi' } });
    const forced = await project.result('info');
    expect(forced['serving']).not.toEqual(before['serving']);
    // What was forced is no change for the next deploy.
    expect(told(await project.s('deploy'))).toContain(`Function "hello" unchanged ${place}.`);
    expect((await project.result('info'))['serving']).toEqual(forced['serving']);
  });

  test.concurrent('may be a branch that has moved', async () => {
    const project = await builtProject();
    const first = await project.result('deploy');
    expect(told(await project.s('deploy'))).toContain(
      'Nothing changed: the source at "main" is not built again, even if it has moved on. --force-rollout does that.',
    );
    const second = await project.result('deploy', '--force-rollout');
    expect(second['imageDigest']).not.toBe(first['imageDigest']);
  });

  test.concurrent('may be a Secret that a failed build lacked', async () => {
    const project = await newSandboxProject({ hello: built });
    await project.s('deploy', '--no-preflight');
    await makeSecrets(project.admin);
    expect(told(await project.s('deploy'))).toContain('OpenFunction does not build again while nothing changes');
    expect(await project.s('deploy', '--force-rollout')).toMatchObject({ exitCode: 0 });
  });
});

test.concurrent('a build that is left out would leave its digest behind', async () => {
  const project = await builtProject();
  const { imageDigest } = await project.result('deploy');
  const next = { ...async, image: 'registry.example.com/me/other:v2' };
  project.write({ hello: next });
  const refused = await project.s('deploy');
  expect(told(refused)).toContain(
    `would run registry.example.com/me/other:v2@${String(imageDigest)}, which is not the image you mean.`,
  );
  expect(refused.exitCode).toBe(101);
  const { body } = await project.admin.request('GET', functionPath('default', 'hello'));
  expect(body).toMatchObject({ metadata: { generation: 1 } });

  const result = await project.result('deploy', '--force-rollout');
  expect(result).toMatchObject({ verdict: 'running', image: 'registry.example.com/me/other:v2' });
  expect(result).not.toHaveProperty('imageDigest');
  const pods = await project.admin.request('GET', '/api/v1/namespaces/default/pods');
  expect(JSON.stringify(pods.body)).not.toContain(String(imageDigest));
});

describe('info', () => {
  test.concurrent('tells whether a function runs, and draws what flows through it', async () => {
    const project = await newSandboxProject({ hello: async });
    await project.s('deploy');
    const run = await project.s('info');
    expect(told(run)).toBe('hello: running\n  mqtt:in ─▶ hello ─▶ mqtt:out');
    expect(await project.result('info')).toMatchObject({
      verdict: 'running',
      inputs: [{ name: 'in', component: 'mqtt-in', type: 'bindings.mqtt', topic: 'in' }],
      outputs: [{ name: 'out', component: 'mqtt-out', type: 'bindings.mqtt', topic: 'out' }],
    });
  });

  test.concurrent('tells why it does not', async () => {
    const project = await newSandboxProject({ hello: async }, { scenario: 'crash' });
    await project.s('deploy');
    expect(await project.result('info')).toMatchObject({
      verdict: 'failed',
      reasons: [{ what: 'The program does not find one of its modules.', where: { container: 'function' } }],
    });
  });
});

test.concurrent('render --graph draws all functions of the s.yaml once', async () => {
  const project = await newSandboxProject({ hello: async, second: { ...async, name: 'other' } });
  const { stdout } = await project.s('render', '--graph');
  expect(stdout.match(/flowchart LR/g)).toHaveLength(1);
  expect(stdout).toContain('n0["hello"]');
  expect(stdout).toContain('["other"]');
  expect(project.requests()).toEqual([]);
});
