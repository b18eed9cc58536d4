import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { filesIn, temporaryFolder } from '../support/files';
import { repository, s, sYaml, type Run } from '../support/s';

const fn = (name: string, spec: object = { image: 'r/x:v1', serving: { runtime: 'knative' } }): object => ({
  apiVersion: 'core.openfunction.io/v1beta1',
  kind: 'Function',
  metadata: { name },
  spec,
});

const inFolder = (files: Record<string, string | object>) => {
  const cwd = temporaryFolder(files);
  return {
    read: (name: string) => readFileSync(`${cwd}/${name}`, 'utf8'),
    files: () => filesIn(cwd),
    s: (...args: string[]): Promise<Run> => s(args, { cwd }),
    cli: (...args: string[]): Promise<Run> => s(['cli', repository, 'import', ...args], { cwd }),
  };
};

test('a manifest becomes an s.yaml that renders the same, without a cluster and without an s.yaml', async () => {
  const { cli, read, s } = inFolder({ 'fn.json': fn('hello') });
  const { exitCode, output } = await cli('fn.json', '--to=s.yaml', '--namespace=team-a');
  expect(exitCode).toBe(0);
  expect(output).toContain('Wrote hello into s.yaml. See what deploy would change with: s plan');
  expect(
    read('s.yaml')
      .replace(/name: ofn-test.*/, 'name: FOLDER')
      .replace(repository, 'REPOSITORY'),
  ).toBe(`edition: 3.0.0
name: FOLDER
resources:
  hello:
    component: REPOSITORY
    props:
      namespace: team-a
      image: r/x:v1
      serving:
        runtime: knative
`);
  expect((await s('render')).output).toContain('image: r/x:v1');
});

test('resources are printed, once, from several files at a time', async () => {
  const { s, cli } = inFolder({
    's.yaml': sYaml({ one: { image: 'x' }, two: { nonsense: true } }),
    'a.yaml': [fn('a')],
    'b.yaml': `${JSON.stringify(fn('b'))}\n---\nkind: Secret\nmetadata: {name: login}\n`,
    'c.yaml': { kind: 'FunctionList', items: [fn('c'), fn('d')] },
  });
  expect((await cli('a.yaml')).output).toContain('The manifest a.yaml cannot be used.\nWhy: It holds no Function.');
  const { exitCode, output } = await s('import', './b.yaml', 'c.yaml');
  expect(exitCode).toBe(0);
  expect(output).toContain('b.yaml holds more than Functions: Secret "login". That is left where it is.');
  expect(output.match(/^ {2}\w:$/gm)).toEqual(['  b:', '  c:', '  d:']);
});

test('-o json makes them the result', async () => {
  const { cli } = inFolder({ 'fn.json': fn('hello') });
  const { stdout } = await cli('fn.json', '--silent', '--output', 'json');
  expect(JSON.parse(stdout)).toEqual({
    resources: {
      hello: { component: repository, props: { image: 'r/x:v1', serving: { runtime: 'knative' } } },
    },
    variables: [],
  });
});

test('an s.yaml keeps what it has, and names the component as it does', async () => {
  const before = `edition: 3.0.0
name: shop
vars: { ofn: ${repository} }
resources:
  # the first one
  first:
    component: \${vars.ofn}
    props: {image: "r/x:v1"}   # as it is

# hooks
actions: {}
`;
  const { s, read } = inFolder({ 's.yaml': before, 'fn.json': fn('second') });
  const { output } = await s('import', 'fn.json', '--to=./s.yaml');
  expect(output).toContain('Wrote second into ./s.yaml.');
  const added = `  second:
    component: \${vars.ofn}
    props:
      image: r/x:v1
      serving:
        runtime: knative
`;
  expect(read('s.yaml')).toBe(before.replace('\n# hooks', `${added}\n# hooks`));
  expect((await s('render')).exitCode).toBe(101);
  expect((await s('second', 'render')).output).toContain('name: second');
});

test('the values of secrets come back from the .env file as they were', async () => {
  const values = [
    'plain',
    ' spaces ',
    '#hash = "double" \\n \\ end',
    "it's",
    "it's `both`",
    'lines\n\nof text\n',
    '-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----\n',
    '密码',
    'a=b&c;d|e>f',
    '{"json":[1]}',
    '%{x} {{y}}',
  ];
  const params = Object.fromEntries(values.map((value, index) => [`SECRET_${index}`, value]));
  const { cli, s, read } = inFolder({
    'fn.json': fn('hello', { image: 'r/x:v1', serving: { runtime: 'knative', params } }),
  });
  const { output } = await cli('fn.json', '--to=s.yaml', '--secrets-to=.env');
  expect(output).not.toContain('Set these variables');
  expect(read('s.yaml')).not.toMatch(/plain|both|PRIVATE|密码/);
  const { stdout } = await s('render', '--silent', '--output', 'json');
  expect(JSON.parse(stdout)).toMatchObject({ manifests: [{ spec: { serving: { params } } }] });
});

test('a value that a .env file cannot hold is left to the user, and one that is there already is not set twice', async () => {
  const params = {
    A_TOKEN: 'a',
    B_TOKEN: 'b$c',
    C_TOKEN: `all ' " \``,
    D_TOKEN: 'Windows\r\n',
    E_TOKEN: 'end\\',
  };
  const { cli, read } = inFolder({
    'fn.json': fn('hello', { image: 'r/x:v1', serving: { runtime: 'knative', params } }),
    '.env': 'X=1',
  });
  const { output } = await cli('fn.json', '--secrets-to=.env');
  expect(output).toContain(`not written:
  HELLO_B_TOKEN: hello.props.serving.params.B_TOKEN
  HELLO_C_TOKEN: hello.props.serving.params.C_TOKEN
  HELLO_D_TOKEN: hello.props.serving.params.D_TOKEN
  HELLO_E_TOKEN: hello.props.serving.params.E_TOKEN`);
  expect(read('.env')).toBe("X=1\nHELLO_A_TOKEN='a'\n");
  const twice = await cli('fn.json', '--to=s.yaml', '--secrets-to=.env');
  expect(twice.output).toContain('These variables are set in .env already: HELLO_A_TOKEN.');
  expect(twice.exitCode).toBe(101);
  expect(() => read('s.yaml')).toThrow('ENOENT');
});

test('two files are written, or none', async () => {
  const params = { A_TOKEN: 'a' };
  const { cli, files, read } = inFolder({
    'fn.json': fn('hello', { image: 'r/x:v1', serving: { runtime: 'knative', params } }),
    'there.yaml': 'resources: {}\n',
    '.env': 'X=1\n',
  });
  const before = files();
  for (const [args, message] of [
    [['--to=fn.json/s.yaml', '--secrets-to=.env'], 'Cannot write fn.json/s.yaml.'],
    [['--to=there.yaml', '--secrets-to=fn.json/.env'], 'Cannot write fn.json/.env.'],
    [['--to=.env', '--secrets-to=./.env'], '.env'],
    [['--secrets-to=there.yaml'], '--secrets-to=there.yaml is no name for a file of variables.'],
  ] as const) {
    const { exitCode, output } = await cli('fn.json', ...args);
    expect(output).toContain(message);
    expect(output).not.toContain('Wrote');
    expect(exitCode).toBe(101);
  }
  expect(files()).toEqual(before);
  expect([read('there.yaml'), read('.env')]).toEqual(['resources: {}\n', 'X=1\n']);
});

test('what a file says of its place counts, and nothing of the resource beside it', async () => {
  const { s, read } = inFolder({
    's.yaml': sYaml({ other: { namespace: 'prod', context: 'c', kubeconfig: './kc', image: 'i' } }),
    'fn.json': fn('hello'),
  });
  await s('import', 'fn.json', '--to=new.yaml');
  expect(parse(read('new.yaml'))).toMatchObject({
    resources: { hello: { props: { image: 'r/x:v1', serving: { runtime: 'knative' } } } },
  });
  expect(read('new.yaml')).not.toMatch(/prod|context|kubeconfig/);
});

test('names that the CLI does not take, or that are there twice, become others', async () => {
  const elsewhere = { ...fn('plain'), metadata: { name: 'plain', namespace: 'b' } };
  const items = [fn('deploy'), fn('a.b'), fn('plain'), elsewhere];
  const { cli, read } = inFolder({ 'fns.yaml': { kind: 'List', items } });
  await cli('fns.yaml', '--to=s.yaml');
  expect((parse(read('s.yaml')) as { resources: object }).resources).toMatchObject({
    'deploy-function': { props: { name: 'deploy' } },
    'a-b': { props: { name: 'a.b' } },
    plain: { props: {} },
    'plain-b': { props: { name: 'plain', namespace: 'b' } },
  });
});

test('what deploy would refuse is told, and imported nevertheless', async () => {
  const { cli, files } = inFolder({ 'fn.json': fn('hello', { image: 'r/x:v1', serving: { runtime: 'asinc' } }) });
  const { exitCode, output } = await cli('fn.json', '--to=s.yaml');
  expect(output).toMatch(
    /deploy would refuse the props of "hello" for 1 problem:\n {2}hello\.props\.serving\.runtime: "asinc" is not allowed; expected one of .* Did you mean "async"\?/,
  );
  expect(exitCode).toBe(0);
  expect(files()).toContain('s.yaml');
});

test.each([
  [[], 'What to import is missing.'],
  [['--all', 'x'], '--all goes without names, but got x.'],
  [['no.yaml'], 'Cannot read the file no.yaml.'],
  [['text.yaml', '--to=s.yaml'], 'serving.params.GREETING of "hello"\nWhy: They hold ${…} or <%…%>'],
  [['fn.json', '--to=notes.yaml'], 'notes.yaml is no s.yaml to which resources could be added.'],
  [['fn.json', '--to=fn.json/s.yaml'], 'Cannot write'],
  [['twice.yaml', '--to=s.yaml'], 'There are several functions "a" in the same namespace'],
  [['fn.json', '--api-version=v1'], '--api-version="v1" is no version of Functions that ofn knows.'],
  [['fn.json', '--too=s.yaml'], 'Unknown flag --too.'],
])('with %j nothing is written: %s', async (args, message) => {
  const params = { GREETING: 'hello ${NAME}' };
  const folder = inFolder({
    'fn.json': fn('hello'),
    'text.yaml': fn('hello', { image: 'r/x:v1', serving: { runtime: 'knative', params } }),
    'twice.yaml': { kind: 'List', items: [fn('a'), fn('a')] },
    'notes.yaml': '- a list\n',
  });
  const before = folder.files();
  const { exitCode, output } = await folder.cli(...args);
  expect(output).toContain(message);
  expect(exitCode).toBe(101);
  expect(folder.files()).toEqual(before);
});
