import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { loadAll } from 'js-yaml';
import { temporaryFolder } from '../support/files';
import { repository, s, sYaml } from '../support/s';

const props = {
  image: 'r/hello:v1',
  serving: { params: { LIMIT: 8080 }, template: { containers: [{ name: 'function' }] } },
};
const expected = {
  apiVersion: 'core.openfunction.io/v1beta1',
  kind: 'Function',
  metadata: { name: 'hello' },
  spec: {
    image: 'r/hello:v1',
    serving: { runtime: 'knative', params: { LIMIT: '8080' }, template: { containers: [{ name: 'function' }] } },
  },
};

/** The YAML between the CLI's own lines. */
function documentsIn(output: string): unknown[] {
  return loadAll(output.slice(output.indexOf('apiVersion:'), output.indexOf('✔')));
}

test('the manifest is printed as YAML, once, without a cluster', async () => {
  const { exitCode, output } = await s(['render'], { cwd: temporaryFolder({ 's.yaml': sYaml({ hello: props }) }) });
  expect(exitCode).toBe(0);
  expect(documentsIn(output)).toEqual([expected]);
  expect(output).not.toContain('Result for');
});

test('a namespace to create comes first', async () => {
  const cwd = temporaryFolder({ 's.yaml': sYaml({ hello: { ...props, namespace: 'team', createNamespace: true } }) });
  expect(documentsIn((await s(['render'], { cwd })).output)).toMatchObject([
    { kind: 'Namespace', metadata: { name: 'team' } },
    { kind: 'Function', metadata: { name: 'hello', namespace: 'team' } },
  ]);
});

test('--namespace counts more than the props', async () => {
  const cwd = temporaryFolder({ 's.yaml': sYaml({ hello: { ...props, namespace: 'a' } }) });
  expect(documentsIn((await s(['render', '--namespace=b'], { cwd })).output)).toMatchObject([
    { metadata: { namespace: 'b' } },
  ]);
});

test('--output json makes the manifests the result, and nothing else is printed', async () => {
  const cwd = temporaryFolder({ 's.yaml': sYaml({ hello: props }) });
  const { exitCode, stdout } = await s(['render', '--silent', '--output', 'json'], { cwd });
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ manifests: [expected] });
});

test('--output-dir writes a file for each manifest', async () => {
  const cwd = temporaryFolder({ 's.yaml': sYaml({ hello: { ...props, namespace: 'team', createNamespace: true } }) });
  const { exitCode } = await s(['render', '--output-dir=out/deep'], { cwd });
  expect(exitCode).toBe(0);
  expect(readdirSync(path.join(cwd, 'out/deep'))).toEqual(['hello.function.yaml', 'team.namespace.yaml']);
  expect(loadAll(readFileSync(path.join(cwd, 'out/deep/hello.function.yaml'), 'utf8'))).toMatchObject([
    { kind: 'Function' },
  ]);
});

test('a folder that cannot be written is an error', async () => {
  const cwd = temporaryFolder({ 's.yaml': sYaml({ hello: props }), file: '' });
  const { exitCode, output } = await s(['render', '--output-dir=file/x'], { cwd });
  expect(exitCode).toBe(101);
  expect(output).toContain('Cannot write the manifests into');
});

test('a manifest file is rendered as it is', async () => {
  const cwd = temporaryFolder({ 'sub/s.yaml': sYaml({ any: { manifest: './f.yaml' } }), 'sub/f.yaml': expected });
  const { exitCode, output } = await s(['render', '-t', 'sub/s.yaml'], { cwd });
  expect(exitCode).toBe(0);
  expect(documentsIn(output)).toEqual([expected]);
});

test('a value that another resource gives during deploy is shown as it is written, and said', async () => {
  const cwd = temporaryFolder({
    's.yaml': sYaml({ first: props, second: { ...props, image: '${resources.first.output.image}' } }),
  });
  const { exitCode, output } = await s(['render'], { cwd });
  expect(exitCode).toBe(0);
  expect(output).toContain('second.props.image: ${resources.first.output.image} is known only during deploy');
});

test('a whole section that another resource gives is shown as it is written', async () => {
  const serving = '${resources.first.output.serving}';
  const cwd = temporaryFolder({ 's.yaml': sYaml({ first: props, second: { image: 'i', serving } }) });
  const { exitCode, output } = await s(['render'], { cwd });
  expect(exitCode).toBe(0);
  expect(output).toContain(`second.props.serving: ${serving} is known only during deploy`);
  expect(output).toContain(`\n  serving: ${serving}\n`);
});

describe.each(readdirSync(path.join(repository, 'examples')))('example %s', (example) => {
  const cwd = path.join(repository, 'examples', example);

  test('passes s verify', async () => {
    const { exitCode, output } = await s(['verify'], { cwd });
    expect(exitCode).toBe(0);
    expect(output).toContain('passed');
  });

  test('renders one Function', async () => {
    expect(documentsIn((await s(['render'], { cwd })).output)).toMatchObject([{ kind: 'Function' }]);
  });
});
