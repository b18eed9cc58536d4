import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { version } from '../../package.json';
import { startComponentRegistry, type ComponentRegistry } from '../support/component-registry';
import { filesIn, temporaryFolder } from '../support/files';
import { cli, repository, s } from '../support/s';
import { newSandboxProject } from '../support/sandbox';
import { shippedFiles } from './shipped';

let registry: ComponentRegistry;
beforeAll(async () => {
  registry = await startComponentRegistry();
  const home = temporaryFolder();
  for (const command of [
    ['set', 'registry', registry.url],
    ['registry', 'login', '--token', 'test'],
    ['registry', 'publish'],
  ]) {
    const { exitCode, output } = await s(command, { cwd: repository, home });
    if (exitCode !== 0) throw new Error(output);
  }
});
afterAll(() => registry.stop());

test('s registry publish sends the texts for the page of the component', () => {
  const [{ form, ...release } = {}] = registry.releases;
  expect(release).toMatchObject({ name: 'ofn', version });
  expect(form?.get('publish')).toContain('把函数部署到');
  expect(form?.get('publish_en')).toContain('Deploy functions to OpenFunction');
  expect(form?.get('readme')).toContain('# ofn');
  expect(form?.get('version_body')).toContain(`# ${version}`);
});

test.each(['ofn', `ofn@${version}`])('"component: %s" deploys on a machine without the project', async (component) => {
  const { sandbox } = await newSandboxProject({});
  const machine = temporaryFolder({
    kubeconfig: sandbox.kubeconfig,
    'app/s.yaml': `
edition: 3.0.0
name: app
resources:
  hello:
    component: ${component}
    props:
      image: registry.example.com/me/hello:v1
      serving:
        template: { containers: [{ name: function }] }
        params: { FUNCTION_TARGET: hello }
`,
  });
  // The CLI is a single bundle: it needs nothing of node_modules.
  cpSync(path.resolve(path.dirname(cli), '..'), path.join(machine, 'serverless-devs'), { recursive: true });
  const home = path.join(machine, 'home');
  mkdirSync(home);
  const preload = path.join(machine, 'note-files.cjs');
  writeFileSync(
    preload,
    `process.on('exit', () => require('fs').writeFileSync(__dirname + '/files.json', JSON.stringify(Object.keys(require.cache))))`,
  );
  const run = (...args: string[]) =>
    s(args, {
      cwd: path.join(machine, 'app'),
      program: path.join(machine, 'serverless-devs/bin/s'),
      home,
      env: { HOME: home, KUBECONFIG: path.join(machine, 'kubeconfig'), NODE_OPTIONS: `--require=${preload}` },
    });

  await run('set', 'registry', registry.url);
  const { exitCode, output } = await run('deploy');
  expect(output).toContain('Function "hello" runs');
  expect(exitCode).toBe(0);

  const installed = path.join(home, '.s/components/devsapp.cn/v3', component);
  expect(filesIn(installed).filter((file) => file !== '.s.lock')).toEqual(shippedFiles());
  const loaded = JSON.parse(readFileSync(path.join(machine, 'files.json'), 'utf8')) as string[];
  expect(loaded).toContain(path.join(installed, 'dist/index.js'));
  expect(loaded.filter((file) => !file.startsWith(machine))).toEqual([]);
});
