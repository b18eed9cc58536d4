import { admin, hello, newProject, openfunction, plane, reconfigure, type Project } from '../support/cluster';
import { playController, runningStatus } from '../support/operator';
import { makeSecrets } from '../support/functions';

const build = {
  imageCredentials: { name: 'push-secret' },
  build: {
    builder: 'openfunction/builder-node:v2-16.15',
    env: { FUNC_NAME: 'hello' },
    srcRepo: { url: 'https://github.com/me/functions.git' },
  },
};

async function isApplied(project: Project): Promise<boolean> {
  return (await project.live('hello')).kind === 'Function';
}

function makeSecret({ namespace }: Project, name: string, type: string, data: object): Promise<unknown> {
  const body = { metadata: { name }, type, stringData: data };
  return admin.request('POST', `/api/v1/namespaces/${namespace}/secrets`, body);
}

describe('what a build in the cluster cannot do without stops deploy', () => {
  test('a Secret that does not exist', async () => {
    const project = await newProject({ hello: hello(build) });
    for (const command of ['deploy', 'plan']) {
      const run = await project.s(command);
      expect(run.output).toContain(
        `hello.props.imageCredentials.name: The Secret "push-secret" does not exist in namespace "${project.namespace}", and the build would fail for good: creating it later does not help. Create it with: kubectl create secret -n ${project.namespace} docker-registry push-secret --docker-server=registry.example.com --docker-username=USER --docker-password=PASSWORD`,
      );
      expect(run.exitCode).toBe(101);
    }
    expect(await isApplied(project)).toBe(false);
    expect((await project.s('plan')).output).toContain('Function "hello" would be created');
  });

  test('a Secret of another type', async () => {
    const project = await newProject({ hello: hello(build) });
    await makeSecret(project, 'push-secret', 'Opaque', { password: 'hunter2' });
    const run = await project.s('deploy', '--no-wait');
    expect(run.output).toContain(
      'hello.props.imageCredentials.name: The Secret "push-secret" is of type Opaque; needed is kubernetes.io/dockerconfigjson.',
    );
    expect(run.output).not.toContain('hunter2');
    expect(await isApplied(project)).toBe(false);
  });

  test.each([
    ['a strategy that does not exist, with the nearest name', { name: 'buildha' }, 'Did you mean "buildah"?'],
    [
      'a strategy of the namespace that is one of the cluster',
      { name: 'kaniko', kind: 'BuildStrategy' },
      'There is one of the kind ClusterBuildStrategy: write that as kind.',
    ],
  ])('%s', async (_title, strategy, hint) => {
    const project = await newProject({
      hello: hello({ ...build, build: { ...build.build, shipwright: { strategy } } }),
    });
    await makeSecrets(admin, project.namespace);
    const run = await project.s('deploy', '--no-wait');
    expect(run.output).toMatch(
      /hello\.props\.build\.shipwright\.strategy\.name: There is no \w+ "\w+" in .*would fail for good/,
    );
    expect(run.output).toContain(hint);
    expect(run.exitCode).toBe(101);
    expect(await isApplied(project)).toBe(false);
  });
});

describe('what the function waits for is warned of', () => {
  const serving = (more: object): object =>
    hello({ serving: { runtime: 'knative', template: { containers: [{ name: 'function', ...more }] } } });
  const value = (key: string): object => ({ valueFrom: { secretKeyRef: { name: 'credentials', key } } });

  const missingGateway = [
    'a Gateway that does not exist',
    hello({ route: { gatewayRef: { name: 'mine', namespace: 'openfunction' } } }),
    [],
    'hello.props.route.gatewayRef: There is no Gateway "mine" in namespace "openfunction"; the function gets no address until there is one.',
  ] as const;

  test.each([
    [
      'a Secret that does not exist',
      serving({ env: [{ name: 'PASSWORD', ...value('password') }] }),
      [],
      'env[0].valueFrom.secretKeyRef.name: The Secret "credentials" does not exist',
    ],
    [
      'a key that the Secret does not have',
      serving({ env: [{ name: 'PASSWORD', ...value('pasword') }] }),
      [['credentials', 'Opaque', { password: 'hunter2' }]],
      'secretKeyRef.key: The Secret "credentials" in namespace "NAMESPACE" has no key "pasword"; the function does not start without it. Did you mean "password"?',
    ],
    [
      'credentials for other registries',
      hello({ imageCredentials: { name: 'pull' } }),
      [
        [
          'pull',
          'kubernetes.io/dockerconfigjson',
          { '.dockerconfigjson': '{"auths":{"ghcr.io":{"auth":"aHVudGVyMg=="}}}' },
        ],
      ],
      'hello.props.imageCredentials.name: The Secret "pull" has no credentials for registry.example.com, the registry of registry.example.com/me/hello:v1; it has them for ghcr.io.',
    ],
    // Routes came with 0.7.
    ...(openfunction === 'v0.6.0' ? [] : [missingGateway]),
  ] as const)('%s', async (_title, props, secrets, message) => {
    const project = await newProject({ hello: props });
    for (const [name, type, data] of secrets) await makeSecret(project, name, type, data);
    expect((await project.s('deploy', '--no-wait', '--strict')).exitCode).toBe(101);
    expect(await isApplied(project)).toBe(false);

    const run = await project.s('deploy', '--no-wait');
    expect(run.output).toContain(message.replace('NAMESPACE', project.namespace));
    expect(run.output).not.toMatch(/hunter2|aHVudGVyMg/);
    expect(run.exitCode).toBe(0);
    expect(await isApplied(project)).toBe(true);
  });
});

describe('it looks only for what is used', () => {
  const core = (namespace: string, name: string): string => `/api/v1/namespaces/${namespace}/secrets/${name}`;
  const strategies = '/apis/shipwright.io/v1alpha1/clusterbuildstrategies';

  test.each([
    ['a small function', hello(), []],
    ['an in-cluster build', hello(build), ['push-secret', `${strategies}/openfunction`]],
    [
      'one Secret that is named twice',
      hello({
        imageCredentials: { name: 'x' },
        serving: { template: { imagePullSecrets: [{ name: 'x' }], containers: [{ name: 'function' }] } },
      }),
      ['x'],
    ],
  ])('%s: one request each', async (_title, props, looks) => {
    const project = await newProject({ hello: props });
    await project.s('deploy', '--no-wait');
    const expected = ['/apis', ...looks.map((look) => (look.startsWith('/') ? look : core(project.namespace, look)))];
    expect(project.looks().sort()).toEqual(expected.sort());
  });

  test('with --no-preflight, not at all', async () => {
    const project = await newProject({ hello: hello(build) });
    expect(await project.s('deploy', '--no-wait', '--no-preflight')).toMatchObject({ exitCode: 0 });
    expect(project.looks()).toEqual([]);
  });
});

const built = { state: 'Succeeded', resourceRef: 'builder-abcde', resourceHash: '1' };

test('who may not look is told so, and can deploy all the same', async () => {
  const project = await newProject({ hello: hello({ ...build, route: {} }) });
  const rbac = `/apis/rbac.authorization.k8s.io/v1/namespaces/${project.namespace}`;
  await admin.request('POST', `${rbac}/roles`, {
    metadata: { name: 'ofn' },
    rules: [{ apiGroups: ['core.openfunction.io'], resources: ['functions'], verbs: ['get', 'create', 'patch'] }],
  });
  await admin.request('POST', `${rbac}/rolebindings`, {
    metadata: { name: 'ofn' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'ofn' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'nobody' }],
  });
  reconfigure(project, { user: { token: plane.tokens.nobody } });
  const stop = playController(project.namespace, 'hello', { ...runningStatus, build: built });
  for (const command of ['plan', 'deploy']) {
    const run = await project.s(command);
    expect(run.output).toContain(
      `Not checked: the Secret "push-secret" in namespace "${project.namespace}" (not allowed).`,
    );
    expect(run.output).toContain('Not checked: the ClusterBuildStrategy "openfunction" (not allowed).');
    expect(run.output).toContain('Not checked: the Gateway "openfunction" in namespace "openfunction" (not allowed).');
    expect(run.exitCode).toBe(0);
  }
  await stop();
  expect(await isApplied(project)).toBe(true);
});
