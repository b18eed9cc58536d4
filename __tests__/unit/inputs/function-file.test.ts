import { isPath, readFunctionFile } from '../../../src/inputs/function-file';
import { temporaryFolder } from '../../support/files';

const fn = (name: string, version = 'v1beta1'): string =>
  `apiVersion: core.openfunction.io/${version}\nkind: Function\nmetadata: {name: ${name}}\nspec: {image: i}\n`;

const read = async (content: string): Promise<[string[], readonly string[]]> => {
  const { functions, others } = await readFunctionFile('f.yaml', temporaryFolder({ 'f.yaml': content }));
  return [functions.map(({ metadata }) => (metadata as { name: string }).name), others];
};

test.each([
  ['one', fn('a'), ['a'], []],
  ['several documents', `---\n${fn('a')}---\n\n---\n${fn('b', 'v1beta2')}`, ['a', 'b'], []],
  ['a List', `kind: List\napiVersion: v1\nitems:\n- ${fn('a').trim().replace(/\n/g, '\n  ')}\n`, ['a'], []],
  ['others beside', `${fn('a')}---\nkind: Secret\nmetadata: {name: login}\n`, ['a'], ['Secret "login"']],
  ['a byte order mark', `\uFEFF${fn('a')}`, ['a'], []],
])('%s is read', async (_what, content, functions, others) => {
  expect(await read(content)).toEqual([functions, others]);
});

test.each([
  ['', 'It holds no Function.'],
  ['kind: Secret\nmetadata: {name: x}\n', 'It holds no Function.'],
  ['a: [', 'Correct the YAML.'],
  [fn('a', 'v1alpha2'), 'It is core.openfunction.io/v1alpha2 Function.'],
  ['apiVersion: core.openfunction.io/v1beta1\nkind: Function\nmetadata: {name: x}\n', 'It has no spec.'],
  ['apiVersion: core.openfunction.io/v1beta1\nkind: Function\nspec: {}\n', 'A Function of it has no name.'],
  [fn('a').replace('image: i', 'kubeconfig: x'), 'spec.kubeconfig is not a field of a Function.'],
])('%j is refused: %s', async (content, message) => {
  await expect(read(content)).rejects.toThrow(message);
});

test('a file that is not there is told', async () => {
  await expect(readFunctionFile('./no.yaml', '/')).rejects.toThrow('Cannot read the file ./no.yaml.');
});

test.each([
  ['hello', false],
  ['hello-2', false],
  ['hello.yaml', true],
  ['./hello', true],
  ['dir/hello', true],
  ['dir\\hello', true],
])('%s is a path: %s', (argument, expected) => {
  expect(isPath(argument)).toBe(expected);
});

test('a date is text, as in Kubernetes', async () => {
  const content = fn('a').replace('image: i', 'version: 2024-01-01');
  const { functions } = await readFunctionFile('f.yaml', temporaryFolder({ 'f.yaml': content }));
  expect(functions[0]).toMatchObject({ spec: { version: '2024-01-01' } });
});
