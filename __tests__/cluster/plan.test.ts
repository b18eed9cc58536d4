import { functionPath, hello, newProject } from '../support/cluster';

test('a function that does not exist yet', async () => {
  const project = await newProject({ hello: hello() });
  const { exitCode, output } = await project.s('plan');
  expect(exitCode).toBe(0);
  expect(output).toContain('Function "hello" would be created');
  expect(output).toContain('+  image: registry.example.com/me/hello:v1');
  expect(await project.result('plan')).toMatchObject({ action: 'create' });
  expect((await project.live('hello'))['reason']).toBe('NotFound');
});

test('a namespace that does not exist yet', async () => {
  const project = await newProject({ hello: hello({ createNamespace: true }) }, { createNamespace: false });
  const { exitCode, output } = await project.s('plan');
  expect(exitCode).toBe(0);
  expect(output).toContain('would be created');
  expect(output).toContain(`The namespace "${project.namespace}" does not exist; deploy would create it.`);
  project.write({ hello: hello() });
  expect((await project.s('plan')).output).toContain('deploy would fail');
});

test('nothing to do', async () => {
  const project = await newProject({ hello: hello() });
  await project.s('deploy', '--no-wait');
  const { exitCode, output } = await project.s('plan');
  expect(exitCode).toBe(0);
  expect(output).toContain('Function "hello" would stay as it is');
  expect(output).not.toContain('@@');
  expect(await project.result('plan')).toMatchObject({ action: 'unchanged', changes: [] });
});

test('a change: shown as a diff, done by nobody, with two requests', async () => {
  const project = await newProject({ hello: hello({ labels: { gone: 'x' } }) });
  await project.s('deploy', '--no-wait');
  const before = await project.live('hello');
  project.requests();
  project.write({ hello: hello({ image: 'registry.example.com/me/hello:v2' }) });

  const { output } = await project.s('plan');
  expect(output).toContain('-  image: registry.example.com/me/hello:v1\n+  image: registry.example.com/me/hello:v2');
  const path = functionPath(project.namespace, 'hello');
  expect(project.requests().sort()).toEqual([`get ${path}`, `patch ${path} (dry run)`]);
  expect(await project.live('hello')).toEqual(before);

  expect(await project.result('plan')).toMatchObject({
    action: 'update',
    changes: [
      { path: 'metadata.labels', before: { gone: 'x' } },
      { path: 'spec.image', before: 'registry.example.com/me/hello:v1', after: 'registry.example.com/me/hello:v2' },
    ],
  });
});

test('secrets are marks: equal ones for equal values', async () => {
  const binding = (password: string): object => ({
    serving: {
      runtime: 'async',
      params: { DB_PASSWORD: password },
      inputs: [{ name: 'in', component: 'b' }],
      bindings: {
        b: {
          type: 'bindings.mqtt',
          version: 'v1',
          metadata: [
            { name: 'url', value: `tcp://me:${password}@emqx:1883` },
            { name: 'topic', value: 'in' },
          ],
        },
      },
    },
  });
  const project = await newProject({ hello: hello(binding('hunter2')) });
  await project.s('deploy', '--no-wait');
  expect((await project.s('plan')).output).toContain('would stay as it is');
  project.write({ hello: hello(binding('hunter3')) });
  const { output } = await project.s('plan');
  expect(output).not.toMatch(/hunter/);
  expect(output).toMatch(/-.*<redacted #\d+>"\n\+.*<redacted #\d+>"/);
  expect(JSON.stringify(await project.result('plan'))).not.toMatch(/hunter/);
});

test('a manifest applied by kubectl before does not leak through its bookkeeping', async () => {
  const project = await newProject({ hello: hello() });
  await project.s('deploy', '--no-wait');
  const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': '{"spec":{"x":"hunter2"}}' };
  await project.patch('hello', { metadata: { annotations } });
  project.write({ hello: hello({ version: 'v2' }) });
  expect((await project.s('plan')).output).not.toMatch(/hunter|last-applied/);
});

test.each([
  ['a map', { serving: '${resources.first.output.serving}' }, 'serving: ${resources.first.output.serving}'],
  ['a number', { port: '${resources.first.output.port}' }, 'port: ${resources.first.output.port}'],
])('%s that another resource gives is shown as it is written; deploy refuses it', async (_title, more, line) => {
  const project = await newProject({ first: hello(), hello: hello() });
  await project.s('deploy', '--no-wait');
  project.write({ first: hello(), hello: hello(more) });
  const { exitCode, output } = await project.s('plan');
  expect(output).toContain(`+  ${line}`);
  expect(output).toContain('The cluster cannot plan with values that are known only during deploy');
  expect(exitCode).toBe(0);
  const deploy = await project.s('hello', 'deploy', '--no-wait', '--no-verify');
  expect(deploy.output).toContain(`hello.props.${line.replace(':', ' is still')}.`);
  expect(deploy.exitCode).toBe(101);
});
