import { commands } from '../../src/commands';
import { temporaryFolder } from '../support/files';
import { hello } from '../support/functions';
import { repository, s, sYaml } from '../support/s';

const bad = { imag: 'r/i', serving: { runtime: 'asnc', params: { PASSWORD: 'hunter2' } }, port: 'http' };
const cwd = temporaryFolder({ 's.yaml': sYaml({ hello: bad }) });

/** `import` is for other functions than that of the resource, and reads nothing of it but where it is. */
const judging = Object.entries(commands)
  .filter(([, command]) => !('takesArguments' in command))
  .map(([name]) => name);

describe.each(judging)('s %s with wrong props', (command) => {
  test.each([[[]], [['-o', 'json']], [['--output', 'json']], [['--silent', '-o', 'json']]])(
    'fails with all problems, with %j too',
    async (format: string[]) => {
      const { exitCode, output } = await s([command, ...format], { cwd });
      expect(exitCode).toBe(101);
      expect(output).toContain('hello.props.imag: is not a known property. Did you mean "image"?');
      expect(output).toContain(
        'hello.props.serving.runtime: "asnc" is not allowed; expected one of knative, async. Did you mean "async"?',
      );
      expect(output).toContain('hello.props.port: "http" is not allowed; expected a whole number from 1 to 65535.');
      expect(output).not.toMatch(/hunter2|^\s+at /m);
    },
  );

  test('an unknown flag is named with the nearest one', async () => {
    const { exitCode, output } = await s([command, '--namespac=x'], { cwd });
    expect(exitCode).toBe(101);
    expect(output).toContain('Unknown flag --namespac.');
    expect(output).toContain('Did you mean --namespace?');
  });
});

describe('s verify', () => {
  const runtime = 'must be equal to one of the allowed values: knative, async';
  const image = { image: 'i' };
  const output = '${resources.first.output';

  test.each([
    ['a wrong value', { ...image, serving: { runtime: 'asnc' } }, [`/serving/runtime ${runtime}`, summary('then')]],
    [
      'an unknown key deep inside',
      { ...image, serving: { inputs: [{ name: 'n', component: 'c', topc: 't' }] } },
      ['/serving/inputs/0 must NOT have additional properties', summary('then')],
    ],
    ['a wrong port', { ...image, port: 'http' }, ['/port must be integer', summary('then')]],
    ['no image', { serving: {} }, [" must have required property 'image'", summary('else'), summary('then')]],
    [
      'a wrong value beside a reference',
      { ...image, port: `${output}.port}`, serving: { runtime: 'asnc' } },
      [
        `/serving/runtime ${runtime}`,
        '/serving/runtime must match "else" schema',
        '/serving must match "else" schema',
        summary('else'),
        summary('then'),
      ],
    ],
  ])('says what is wrong with %s', async (_title, props, lines) => {
    const cwd = temporaryFolder({ 's.yaml': sYaml({ first: image, second: props }) });
    const run = await s(['verify'], { cwd });
    expect(run.exitCode).toBe(1);
    expect(run.output.split('\n').filter((line) => line.startsWith('second/props'))).toEqual(
      lines.map((line) => `second/props${line}`),
    );
    expect(run.output).not.toContain('first/props');
  });

  test('accepts references in place of values, maps and lists', async () => {
    const second = {
      name: `second-${output}.name}`,
      image: `${output}.image}`,
      port: `${output}.port}`,
      createNamespace: `${output}.created}`,
      labels: `${output}.labels}`,
      route: { hostnames: [`${output}.host}`] },
      build: `${output}.build}`,
      serving: {
        runtime: `${output}.runtime}`,
        inputs: `${output}.inputs}`,
        scaleOptions: { minReplicas: `${output}.replicas}` },
        template: { containers: [{ name: 'function', resources: { limits: { cpu: `${output}.cpu}` } } }] },
      },
    };
    const cwd = temporaryFolder({ 's.yaml': sYaml({ first: image, second }) });
    const run = await s(['verify'], { cwd });
    expect(run.output).toContain('Format verification for [s.yaml] passed.');
    expect(run.output).not.toContain('strict mode');
    expect(run.exitCode).toBe(0);
  });

  function summary(branch: string): string {
    return ` must match "${branch}" schema`;
  }
});

test('a manifest that is missing', async () => {
  const { exitCode, output } = await s(['render'], {
    cwd: temporaryFolder({ 's.yaml': sYaml({ a: { manifest: './none.yaml' } }) }),
  });
  expect(exitCode).toBe(101);
  expect(output).toContain('Cannot read the file of props.manifest');
});

test('problems in a manifest are placed in that file', async () => {
  const manifest = {
    apiVersion: 'core.openfunction.io/v1beta1',
    kind: 'Function',
    metadata: { name: 'a' },
    spec: { image: 'i', serving: { runtime: 'x' } },
  };
  const { output } = await s(['render'], {
    cwd: temporaryFolder({ 's.yaml': sYaml({ a: { manifest: './f.yaml' } }), 'f.yaml': manifest }),
  });
  expect(output).toContain('./f.yaml: spec.serving.runtime: "x" is not allowed');
});

describe('s cli without an s.yaml', () => {
  test('needs the name of the function', async () => {
    const { exitCode, output } = await s(['cli', repository, 'info', '-p', '{}'], {
      cwd: temporaryFolder(),
    });
    expect(exitCode).toBe(101);
    expect(output).toContain('The name of the function is missing.');
  });

  test('says when -p is no object', async () => {
    const { exitCode, output } = await s(['cli', repository, 'render', '-p', '[1]'], { cwd: temporaryFolder() });
    expect(exitCode).toBe(101);
    expect(output).toContain('The value of -p is not a JSON object.');
  });

  test('renders from -p alone', async () => {
    const { exitCode, output } = await s(
      ['cli', repository, 'render', '-p', JSON.stringify({ name: 'hi', ...hello() })],
      {
        cwd: temporaryFolder(),
      },
    );
    expect(exitCode).toBe(0);
    expect(output).toContain('image: registry.example.com/me/hello:v1');
  });
});

test('references in a manifest are text, and said to be', async () => {
  const manifest = {
    apiVersion: 'core.openfunction.io/v1beta1',
    kind: 'Function',
    metadata: { name: 'a' },
    spec: hello({ image: '${vars.image}' }),
  };
  const files = { 's.yaml': sYaml({ a: { manifest: './f.yaml' } }), 'f.yaml': manifest };
  const { output } = await s(['render'], { cwd: temporaryFolder(files) });
  expect(output).toContain('./f.yaml: spec.image: ${vars.image} is taken as it is');
});

test('a reference that --no-verify leaves unresolved is never deployed', async () => {
  const resources = { a: hello(), b: hello({ image: '${resources.a.output.image}' }) };
  const cwd = temporaryFolder({ 's.yaml': sYaml(resources) });
  const { exitCode, output } = await s(['b', 'deploy', '--no-verify'], { cwd });
  expect(output).toContain('b.props.image is still ${resources.a.output.image}.');
  expect(exitCode).toBe(101);
});

test('a namespace that cannot be one', async () => {
  const { exitCode, output } = await s(['render', '--namespace=BAD_ns'], {
    cwd: temporaryFolder({ 's.yaml': sYaml({ a: hello() }) }),
  });
  expect(output).toContain('--namespace=BAD_ns cannot be the name of a namespace.');
  expect(exitCode).toBe(101);
});
