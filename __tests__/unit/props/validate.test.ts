import { formatPath } from '../../../src/path';
import { manifestOrigin, propsOrigin } from '../../../src/props/origin';
import { validateProps } from '../../../src/props/validate';
import { publishedFunctions, toProps } from '../../support/conformance';

const valid = { image: 'r/i:v1', serving: { template: { containers: [{ name: 'function' }] } } };

async function problemsOf(props: unknown, origin = propsOrigin('hello', undefined)): Promise<string[]> {
  return (await validateProps(props, origin)).map(({ path, message }) => `${formatPath(path)}: ${message}`);
}

describe('published Functions', () => {
  const published = publishedFunctions();
  (published.length > 0
    ? test.each(published.map((item) => [item.file, item] as const))
    : test.skip.each([['', undefined]] as const))('%s is valid', async (_file, item) => {
    expect(await problemsOf(item && toProps(item))).toEqual([]);
  });
});

test.each([
  ['the smallest function', { image: 'i' }],
  ['environment values of all kinds', { image: 'i', serving: { params: { A: 1, B: true, C: 'c' } } }],
  [
    'references where numbers and booleans stand',
    { image: 'i', port: '${resources.a.output.port}', createNamespace: '${vars.x}' },
  ],
  ['references for names', { image: 'i', name: '${resources.a.output.name}', namespace: 'team-${vars.team}' }],
  [
    'references for whole maps and lists',
    { image: 'i', serving: '${resources.a.output.serving}', labels: '${vars.labels}' },
  ],
  ['references in lists', { image: 'i', route: { hostnames: ['${vars.host}.example.com'], rules: '${vars.rules}' } }],
  ['a reference for one of some values', { image: 'i', serving: { runtime: '${resources.a.output.runtime}' } }],
  ['a reference for all props', '${resources.a.output.props}'],
  ['a manifest', { manifest: './f.yaml', namespace: 'n' }],
  [
    'Dapr metadata of any type',
    {
      image: 'i',
      serving: {
        pubsub: {
          p: {
            type: 't',
            version: 'v1',
            metadata: [
              { name: 'a', value: 1 },
              { name: 'b', value: { c: true } },
            ],
          },
        },
      },
    },
  ],
  ['a local build', { image: 'i', pack: { builder: 'b', env: { FUNC_NAME: 'f' } } }],
])('valid: %s', async (_title, props) => {
  expect(await problemsOf(props)).toEqual([]);
});

test.each([
  [
    'a missing image',
    {},
    [
      'image: is required. Image of the function: what a build produces and what serving runs. Example: image: registry.example.com/me/hello:v1',
    ],
  ],
  ['a slip in a key', { ...valid, servng: {} }, ['servng: is not a known property. Did you mean "serving"?']],
  [
    'a key of another section',
    { ...valid, inputs: [] },
    ['inputs: is not a known property. It belongs under "serving".'],
  ],
  [
    'a slip deep in the pod',
    { image: 'i', serving: { template: { containers: [{ name: 'function', resources: { limit: {} } }] } } },
    ['serving.template.containers[0].resources.limit: is not a known property. Did you mean "limits"?'],
  ],
  [
    'a slip in a value',
    { ...valid, serving: { runtime: 'Async' } },
    ['serving.runtime: "Async" is not allowed; expected one of knative, async. Did you mean "async"?'],
  ],
  [
    'a boolean annotation',
    { ...valid, serving: { annotations: { 'dapr.io/log-as-json': false } } },
    ['serving.annotations["dapr.io/log-as-json"]: false is not allowed; expected text. Put it in quotes: "false".'],
  ],
  [
    'a port out of range',
    { ...valid, port: 70000 },
    ['port: 70000 is not allowed; expected a whole number from 1 to 65535.'],
  ],
  [
    'text for a number',
    { ...valid, port: '8080x' },
    ['port: "8080x" is not allowed; expected a whole number from 1 to 65535.'],
  ],
  [
    'an upper-case name',
    { ...valid, name: 'Hello' },
    [
      'name: "Hello" is not allowed; expected text of at most 63 characters. Name of the function: lower-case letters, digits and "-", starting with a letter. Default: the name of the resource.',
    ],
  ],
  [
    'two ways to build',
    { ...valid, build: { srcRepo: { url: 'u' } }, pack: { builder: 'b' } },
    [
      'build: cannot be combined with "pack": the image is built either in the cluster or on this machine. Remove one of them.',
    ],
  ],
  [
    'a manifest and an image',
    { manifest: './f.yaml', image: 'i' },
    ['image: cannot be combined with "manifest": the file says it. Remove one of them.'],
  ],
  [
    'a map where a list belongs',
    { ...valid, serving: { inputs: { a: 1 } } },
    ['serving.inputs: a map is not allowed; expected a list.'],
  ],
  [
    'an environment value that is a map',
    { ...valid, serving: { params: { A: { b: 1 } } } },
    ['serving.params.A: a map is not allowed; expected text or a number or true or false.'],
  ],
  [
    'text with a reference for a number, since it resolves to text',
    { ...valid, port: '80${vars.digits}' },
    ['port: "80${vars.digits}" is not allowed; expected a whole number from 1 to 65535.'],
  ],
  [
    'text with a reference for a map',
    { ...valid, serving: 'a ${vars.b}' },
    ['serving: text is not allowed; expected a map.'],
  ],
  [
    'braces that are no reference',
    { ...valid, port: '${PORT}' },
    ['port: "${PORT}" is not allowed; expected a whole number from 1 to 65535.'],
  ],
  [
    'what is missing or unknown beside references',
    {
      port: '${vars.port}',
      serving: { runtime: '${vars.runtime}', inputs: [{ component: '${vars.c}', nme: '${vars.n}' }] },
    },
    [
      'image: is required. Image of the function: what a build produces and what serving runs. Example: image: registry.example.com/me/hello:v1',
      'serving.inputs[0].nme: is not a known property. Did you mean "name"?',
    ],
  ],
  [
    'what cannot be combined, whatever the references stand for',
    { manifest: '${vars.manifest}', image: '${vars.image}', build: '${vars.build}' },
    [
      'image: cannot be combined with "manifest": the file says it. Remove one of them.',
      'build: cannot be combined with "manifest": the file says it. Remove one of them.',
    ],
  ],
  [
    'a number for a name that may not begin with a digit',
    { ...valid, name: 1 },
    [
      'name: 1 is not allowed; expected text of at most 63 characters. Name of the function: lower-case letters, digits and "-", starting with a letter. Default: the name of the resource.',
    ],
  ],
  ['no object at all', 'text', [': text is not allowed; expected a map.']],
])('invalid: %s', async (_title, props, expected) => {
  expect(await problemsOf(props)).toEqual(expected);
});

test('in a manifest file a reference is text, and wrong wherever text is', async () => {
  const props = { image: 'r/${vars.name}', port: '${vars.port}', serving: '${vars.serving}', name: '${vars.name}' };
  expect(
    (await validateProps(props, manifestOrigin('f.yaml', '/p/f.yaml'))).map(({ path }) => formatPath(path)),
  ).toEqual(['name', 'port', 'serving']);
});

test('values of secret places are not shown', async () => {
  const props = {
    ...valid,
    serving: {
      bindings: {
        b: { type: 't', version: 'v', metadata: [{ name: 'password', value: 'x', secretKeyRef: 'hunter2' }] },
      },
    },
  };
  expect(
    (
      await problemsOf({
        ...props,
        serving: { ...props.serving, triggers: [{ type: 't', metadata: { password: 42424242 } }] },
      })
    ).join('\n'),
  ).not.toMatch(/hunter2|42424242/);
});
