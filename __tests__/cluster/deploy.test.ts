import { admin, functionPath, hasV1beta2, hello, newProject } from '../support/cluster';
import { playController } from '../support/operator';

test('create, leave, change: told truthfully, with one request each', async () => {
  const project = await newProject({ hello: hello() });
  const path = functionPath(project.namespace, 'hello');

  const created = await project.s('deploy', '--no-wait');
  expect(created.output).toContain(`Function "hello" created in namespace "${project.namespace}" (context "test").`);
  expect(created.output).toContain('deploy does not wait');
  expect(created.exitCode).toBe(0);
  expect(project.requests()).toEqual([`patch ${path}`]);
  expect(project.connections()).toBe(1);
  const before = await project.live('hello');

  const unchanged = await project.s('deploy', '--no-wait');
  expect(unchanged.output).toContain('Function "hello" unchanged');
  expect(project.requests()).toEqual([`patch ${path}`]);
  expect(project.connections()).toBe(1);
  expect((await project.live('hello')).metadata['resourceVersion']).toBe(before.metadata['resourceVersion']);

  project.write({ hello: hello({ image: 'registry.example.com/me/hello:v2' }) });
  expect((await project.s('deploy', '--no-wait')).output).toContain('Function "hello" updated');
  expect(project.requests()).toEqual([`patch ${path}`]);
  expect(await project.live('hello')).toMatchObject({
    metadata: { generation: 2 },
    spec: { image: 'registry.example.com/me/hello:v2' },
  });
});

test('what is no longer written is removed from the cluster', async () => {
  const project = await newProject({ hello: hello({ labels: { a: '1', b: '2' }, port: 9000 }) });
  await project.s('deploy', '--no-wait');
  project.write({ hello: hello({ labels: { a: '1' } }) });
  await project.s('deploy', '--no-wait');
  const { metadata, spec } = await project.live('hello');
  expect(metadata['labels']).toEqual({ a: '1' });
  // The webhooks, where there are any, put their default in its place.
  expect(spec['port']).not.toBe(9000);
});

test('what others wrote stays', async () => {
  const project = await newProject({ hello: hello() });
  await project.s('deploy', '--no-wait');
  await project.patch('hello', { metadata: { labels: { theirs: 'x' } } });
  project.write({ hello: hello({ labels: { ours: 'y' } }) });
  await project.s('deploy', '--no-wait');
  expect((await project.live('hello')).metadata['labels']).toEqual({ theirs: 'x', ours: 'y' });
});

test('the result is the info object', async () => {
  const project = await newProject({ hello: hello() });
  const deployed = await project.result('deploy', '--no-wait');
  expect(deployed).toMatchObject({
    name: 'hello',
    namespace: project.namespace,
    version: 'v1.0.0',
    image: 'registry.example.com/me/hello:v1',
    runtime: 'knative',
  });
  const newest = hasV1beta2 && { apiVersion: 'core.openfunction.io/v1beta2' };
  expect(await project.result('info')).toEqual({ ...deployed, ...newest });
});

test('several resources share one connection and can use the results of each other', async () => {
  const project = await newProject({
    first: hello(),
    second: hello({ image: '${resources.first.output.image}' }),
    third: hello({ name: 'named' }),
  });
  const { exitCode, output } = await project.s('deploy', '--no-wait');
  expect(output).toMatch(/"first" created[^]*"second" created[^]*"named" created/);
  expect(exitCode).toBe(0);
  expect(project.requests()).toHaveLength(3);
  expect(project.connections()).toBe(1);
  expect((await project.live('second')).spec['image']).toBe('registry.example.com/me/hello:v1');
});

describe('a field that another tool has set', () => {
  const theirs = (namespace: string): Promise<unknown> =>
    admin.request(
      'PATCH',
      `${functionPath(namespace, 'hello')}?fieldManager=their-tool&force=true`,
      {
        apiVersion: 'core.openfunction.io/v1beta1',
        kind: 'Function',
        spec: {
          image: 'registry.example.com/their:v9',
          serving: { runtime: 'knative', params: { API_TOKEN: 'hunter2' } },
        },
      },
      'application/apply-patch+yaml',
    );
  const ours = hello({
    serving: { runtime: 'knative', params: { API_TOKEN: 'hunter3' }, template: { containers: [{ name: 'function' }] } },
  });

  test('is not taken away: the conflict names field, owner and both values, but no secret', async () => {
    const project = await newProject({ hello: ours });
    await project.s('deploy', '--no-wait');
    await theirs(project.namespace);
    for (const format of [[], ['-o', 'json']]) {
      const { exitCode, output } = await project.s('deploy', '--no-wait', ...format);
      expect(exitCode).toBe(101);
      expect(output).toMatch(/FIELD +MANAGER +NOW +THIS DEPLOY/);
      expect(output).toMatch(
        /spec\.image +their-tool +"registry\.example\.com\/their:v9" +"registry\.example\.com\/me\/hello:v1"/,
      );
      expect(output).toContain('--force-conflicts');
      expect(output).not.toMatch(/hunter/);
    }
    expect((await project.s('plan')).exitCode).toBe(101);
  });

  test('is taken over with --force-conflicts', async () => {
    const project = await newProject({ hello: ours });
    await project.s('deploy', '--no-wait');
    await theirs(project.namespace);
    expect((await project.s('deploy', '--no-wait', '--force-conflicts')).output).toContain('Function "hello" updated');
    expect((await project.live('hello')).spec['image']).toBe('registry.example.com/me/hello:v1');
  });
});

describe('the namespace', () => {
  test('that does not exist is an error with its remedy', async () => {
    const project = await newProject({ hello: hello() }, { createNamespace: false });
    const { exitCode, output } = await project.s('deploy', '--no-wait');
    expect(exitCode).toBe(101);
    expect(output).toContain(`The namespace "${project.namespace}" does not exist.`);
    expect(output).toContain('createNamespace: true');
    expect(project.requests()).toHaveLength(1);
  });

  test('is created when the props say so', async () => {
    const project = await newProject({ hello: hello({ createNamespace: true }) }, { createNamespace: false });
    const { exitCode, output } = await project.s('deploy', '--no-wait');
    expect(output).toContain(`Namespace "${project.namespace}" created.`);
    expect(output).toContain('Function "hello" created');
    expect(exitCode).toBe(0);
    expect(project.requests()).toHaveLength(3);
    expect((await project.s('deploy', '--no-wait')).output).toContain('unchanged');
    expect(project.requests()).toHaveLength(1);
  });

  test('that is being deleted is not waited for', async () => {
    const project = await newProject({ hello: hello() });
    await admin.request('DELETE', `/api/v1/namespaces/${project.namespace}`);
    const { exitCode, output } = await project.s('deploy', '--no-wait');
    expect(exitCode).toBe(101);
    expect(output).toContain(`The namespace "${project.namespace}" is being deleted.`);
  });

  test('of the flag counts more than that of the props, and that more than that of the context', async () => {
    const [context, props, flag] = await Promise.all([newProject({ hello: hello() }), newProject({}), newProject({})]);
    await Promise.all([props, flag].map(({ namespace }) => context.allowIn(namespace)));
    context.write({ hello: hello({ namespace: props.namespace }) });
    await context.s('deploy', '--no-wait');
    await context.s('deploy', '--no-wait', `--namespace=${flag.namespace}`);
    expect((await props.live('hello')).metadata['name']).toBe('hello');
    expect((await flag.live('hello')).metadata['name']).toBe('hello');
    expect((await context.live('hello'))['reason']).toBe('NotFound');
  });
});

test('a function that is being deleted is waited for and created again', async () => {
  const project = await newProject({ hello: hello() });
  await project.s('deploy', '--no-wait');
  const path = functionPath(project.namespace, 'hello');
  const finalizers = (names: string[]): Promise<void> => project.patch('hello', { metadata: { finalizers: names } });
  const { metadata: old } = await project.live('hello');
  await finalizers(['example.com/hold']);
  await admin.request('DELETE', path);

  expect((await project.s('plan')).output).toMatch(/would be created[^]*is being deleted; deploy waits/);
  expect(await project.result('info')).toHaveProperty('deletionTimestamp');
  const stop = playController(project.namespace, 'hello');
  const { exitCode, output } = await project.when('is being deleted', () => void finalizers([]), 'deploy');
  await stop();
  expect(output).toMatch(/is being deleted[^]*Function "hello" created/);
  expect(exitCode).toBe(0);
  expect((await project.live('hello')).metadata['uid']).not.toBe(old['uid']);
});

/** The sandbox has no schema of what is inside of rare volumes, and ofn foresees all else that it refuses. */
const onRealServer = process.env['OFN_TEST_SERVER'] === 'sandbox' ? test.skip : test;

onRealServer('what only the server finds invalid is placed in the s.yaml', async () => {
  const claim = { ephemeral: { volumeClaimTemplate: { spec: { accessModes: 'ReadWriteOnce' } } } };
  const containers = [{ name: 'function', volumeMounts: [{ name: 'data', mountPath: '/data' }] }];
  const template = { containers, volumes: [{ name: 'data', ...claim }] };
  const project = await newProject({
    hello: hello({
      serving: {
        runtime: 'async',
        inputs: [{ name: 'i', component: 'b' }],
        bindings: { b: { type: 'bindings.cron', version: 'v1', metadata: [] } },
        template,
      },
    }),
  });
  const { exitCode, output } = await project.s('deploy', '--no-wait');
  expect(exitCode).toBe(101);
  expect(output).toContain('The cluster refused the function "hello"');
  expect(output).toContain(
    'hello.props.serving.template.volumes.ephemeral.volumeClaimTemplate.spec.accessModes: Invalid value: "string"',
  );
});
