import { readdirSync } from 'node:fs';
import path from 'node:path';
import { admin, functionPath, newProject } from '../support/cluster';
import { repository, s, type Run } from '../support/s';

const names: Record<string, string> = {
  'mqtt-bindings': 'sample-node-async-bindings',
  'mqtt-pubsub': 'sample-node-async-pubsub',
  'http-hello': 'http-hello',
};

test('every example is tested', () => {
  expect(readdirSync(path.join(repository, 'examples')).sort()).toEqual(Object.keys(names).sort());
});

test.each(Object.entries(names))('examples/%s deploys as it is', async (example, name) => {
  const { namespace, folder } = await newProject({});
  const cwd = path.join(repository, 'examples', example);
  const run = (...args: string[]): Promise<Run> => s([...args, '-y'], { cwd, env: { KUBECONFIG: `${folder}/config` } });

  expect((await run('plan')).output).toContain(`Function "${name}" would be created`);
  expect((await run('deploy', '--no-wait')).output).toContain(`Function "${name}" created`);
  expect((await run('deploy', '--no-wait')).output).toContain(`Function "${name}" unchanged`);
  expect(await run('info')).toMatchObject({ exitCode: 0 });
  const { body } = await admin.request('GET', functionPath(namespace, name));
  expect(body).toMatchObject({
    spec: { serving: { params: { FUNCTION_TARGET: expect.stringMatching(/tryAsync|hello/) as unknown } } },
  });
  expect((await run('remove')).output).toContain(`Function "${name}" removed`);
});
