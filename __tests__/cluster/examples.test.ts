import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { admin, functionPath, newProject } from '../support/cluster';
import { temporaryFolder } from '../support/files';
import { recordingPack } from '../support/pack';
import { repository, s, type Run } from '../support/s';

const names: Record<string, string> = {
  'mqtt-bindings': 'sample-node-async-bindings',
  'mqtt-pubsub': 'sample-node-async-pubsub',
  'http-hello': 'http-hello',
};

test('every example is tested', () => {
  expect(readdirSync(path.join(repository, 'examples')).sort()).toEqual(Object.keys(names).sort());
});

const digest = `sha256:${'a'.repeat(64)}`;

/** A copy of the example, so that what is remembered of builds is of this test alone. */
function copyOf(example: string): string {
  const folder = temporaryFolder();
  const text = readFileSync(path.join(repository, 'examples', example, 's.yaml'), 'utf8');
  cpSync(path.join(repository, 'examples', example), folder, {
    recursive: true,
    filter: (file) => !file.endsWith('/.s'),
  });
  writeFileSync(path.join(folder, 's.yaml'), text.replace("${path('../..')}", repository));
  return folder;
}

test.each(Object.entries(names))('examples/%s builds and deploys as it is', async (example, name) => {
  const { namespace, folder } = await newProject({});
  const pack = recordingPack({ digest });
  const cwd = copyOf(example);
  const run = (...args: string[]): Promise<Run> =>
    s([...args, '-y'], { cwd, env: { KUBECONFIG: `${folder}/config`, ...pack.env } });

  expect((await run('plan')).output).toContain(`Function "${name}" would be created`);
  expect((await run('deploy', '--no-wait')).output).toContain(`Function "${name}" created`);
  expect((await run('deploy', '--no-wait')).output).toContain(`Function "${name}" unchanged`);
  expect(pack.calls()).toMatchObject([
    { args: ['build', expect.stringMatching(/:v1$/), '--builder', 'openfunction/builder-node:v2-16.15', '--path', `${cwd}/src`, '--env', 'FUNC_NAME', '--publish', '--report-output-dir', expect.anything()], source: ['index.mjs', 'package.json'] },
  ]); // prettier-ignore
  expect(await run('info')).toMatchObject({ exitCode: 0 });
  const { body } = await admin.request('GET', functionPath(namespace, name));
  expect(body).toMatchObject({
    spec: {
      image: expect.stringContaining(`:v1@${digest}`) as unknown,
      serving: { params: { FUNCTION_TARGET: expect.stringMatching(/tryAsync|hello/) as unknown } },
    },
  });
  expect((await run('remove')).output).toContain(`Function "${name}" removed`);
});
