import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { dump } from 'js-yaml';
import Ajv from 'ajv';
import schema from '../../schema.json';
import editorSchema from '../../schema/s.schema.json';
import { publishedFunctions, toProps } from '../support/conformance';
import type { SchemaNode } from '../../src/props/json-schema';
import { completions, findings, hover } from '../support/editor';
import { repository } from '../support/s';
import { eachProperty } from '../support/schema';

const modeline = '# yaml-language-server: $schema=../../schema/s.schema.json\n';

/** An s.yaml up to the props of its resource, which the lines go on with. */
function inProps(...lines: string[]): string {
  return inResource('component: ofn', 'props:', ...lines.map((line) => `  ${line}`));
}

function inResource(...lines: string[]): string {
  return inProject('resources:', '  hello:', ...lines.map((line) => `    ${line}`));
}

function inProject(...lines: string[]): string {
  return `${modeline}${['edition: 3.0.0', 'name: test', ...lines].join('\n')}\n`;
}

test('it is a JSON Schema of draft-07', () => {
  const ajv = new Ajv({ strict: false });
  expect(ajv.validateSchema(editorSchema)).toBe(true);
  expect(() => ajv.compile(editorSchema)).not.toThrow();
});

test('every key is described', () => {
  const silent: string[] = [];
  eachProperty(editorSchema, '', (property, at) => {
    const { $ref = '' } = property;
    const definition = (editorSchema.definitions as Record<string, SchemaNode>)[$ref.replace('#/definitions/', '')];
    if (!at.includes('/if/') && !property.description && !definition?.description) silent.push(at);
  });
  expect(silent).toEqual([]);
});

test.each(readdirSync(path.join(repository, 'examples')))('nothing is wrong in examples/%s', async (example) => {
  const text = readFileSync(path.join(repository, 'examples', example, 's.yaml'), 'utf8');
  expect(text.startsWith(modeline)).toBe(true);
  expect(await findings(text)).toEqual([]);
});

test('nothing is wrong in the s.yaml of the README, which names the published schema', async () => {
  const readme = readFileSync(path.join(repository, 'README.md'), 'utf8');
  const published = '# yaml-language-server: $schema=https://unpkg.com/@openfunction/ofn/schema/s.schema.json\n';
  const text = /```yaml\n(# yaml-language-server[^]*?)```/.exec(readme)?.[1] ?? '';
  expect(text.startsWith(published)).toBe(true);
  expect(await findings(text.replace(published, modeline))).toEqual([]);
});

test('nothing is wrong in published Functions', async () => {
  const props = publishedFunctions().map((item): [string, object] => [item.file, toProps(item)]);
  const resources = Object.fromEntries(props.map(([file, item]) => [file, { component: 'ofn', props: item }]));
  expect(await findings(modeline + dump({ edition: '3.0.0', name: 'all', resources }, { noRefs: true }))).toEqual([]);
});

describe('what is underlined', () => {
  test.each([
    ['a slip in a key', inProps('image: i', 'servng: {}'), ['servng: {}: Property servng is not allowed.']],
    [
      'a value that is none of those allowed',
      inProps('image: i', 'serving:', '  runtime: asnc'),
      ['runtime: asnc: Value is not accepted. Valid values: "knative", "async".'],
    ],
    [
      'an unknown key deep inside',
      inProps('image: i', 'serving:', '  inputs:', '    - name: a', '      component: b', '      topc: t'),
      ['topc: t: Property topc is not allowed.'],
    ],
    ['text for a port', inProps('image: i', 'port: http'), ['port: http: Incorrect type. Expected "integer".']],
    [
      'text with a reference for a port',
      inProps('image: i', 'port: 80${vars.digits}'),
      ['port: 80${vars.digits}: Incorrect type. Expected "integer".'],
    ],
    ['a port out of range', inProps('image: i', 'port: 70000'), ['port: 70000: Value is above the maximum of 65535.']],
    ['no image', inProps('port: 80'), ['props:: Missing property "image".']],
    ['no component', inResource('props: { image: i }'), ['hello:: Missing property "component".']],
    [
      'an edition that the CLI refuses',
      `${modeline}edition: 2.0.0\nresources: {}\n`,
      ['edition: 2.0.0: Value is not accepted. Valid values: "3.0.0".'],
    ],
    ['no resources', `${modeline}edition: 3.0.0\n`, ['edition: 3.0.0: Missing property "resources".']],
  ])('%s', async (_title, text, expected) => {
    expect(await findings(text)).toEqual(expected);
  });
});

describe('what is not', () => {
  test.each([
    ['a reference for a port', inProps('image: i', 'port: ${vars.port}')],
    ['a reference for a map', inProps('image: i', 'serving: ${resources.a.output.serving}')],
    ['a reference for one of some values', inProps('image: i', 'serving: { runtime: "${vars.runtime}" }')],
    ['a file for the props', inResource('component: ofn', "props: ${yaml(file('./props.yaml'))}")],
    [
      'a merged map',
      inProject(
        'x: &base',
        '  image: i',
        'resources:',
        '  a:',
        '    component: ofn',
        '    props:',
        '      <<: *base',
        '      port: 80',
      ),
    ],
    ['props of another component', inResource('component: fc3', 'props: { region: r }')],
    ['props of a version of another component', inResource('component: devsapp/fc3@0.0.9', 'props: { region: r }')],
    ['an image from a template', inResource('component: ofn', 'extend: { name: base }', 'props: { port: 80 }')],
    ['an image from another file', inProject('extend: ./base.yaml', 'resources: { a: { props: { port: 80 } } }')],
    ['an image from an environment', inProject('env: ./env.yaml', 'resources: { a: { component: ofn, props: {} } }')],
    [
      'all that a resource may have',
      inResource(
        'component: ofn',
        'access: default',
        'continue-on-error: true',
        'allow_failure: { exit_code: [101], command: [remove] }',
        'actions: { pre-deploy: [{ run: npm test, path: . }], "success-${regex(\'.\')}": [{ plugin: p, args: {} }] }',
        'props: { image: i }',
      ),
    ],
    [
      'all that a project may have',
      inProject(
        'access: default',
        'vars: { a: 1 }',
        'template: { base: { namespace: n } }',
        'validation: true',
        'actions: { complete-remove: [{ run: echo }] }',
        'flow: { deploy: [[a, b], [c]] }',
        'resources: { a: { component: ofn, props: { image: i } } }',
      ),
    ],
  ])('%s', async (_title, text) => {
    expect(await findings(text)).toEqual([]);
  });
});

test.each([
  'ofn',
  'ofn@0.2.0',
  'devsapp/ofn',
  '../..',
  '/path/to/ofn',
  "${path('../..')}",
  'https://example.com/ofn.zip',
])('the props of a resource with component %s are those of ofn', async (component) => {
  expect(await findings(inResource(`component: ${component}`, 'props: { image: i, prt: 1 }'))).toEqual([
    'props: { image: i, prt: 1 }: Property prt is not allowed.',
  ]);
});

describe('what is offered', () => {
  const labels = async (text: string): Promise<string[]> => (await completions(text)).map(({ label }) => label);

  test('all props, each once', async () => {
    expect((await labels(inProps('|'))).sort()).toEqual(Object.keys(schema.properties).sort());
  });

  test.each([
    ['the keys of a project', inProject('|'), ['resources', 'vars', 'actions', 'flow', 'extend']],
    ['the keys of a resource', inResource('|'), ['component', 'props', 'actions', 'continue-on-error']],
    ['a component', inResource('component: |'), ['ofn']],
    ['the keys of serving', inProps('image: i', 'serving:', '  |'), ['runtime', 'inputs', 'bindings', 'template']],
    ['keys that begin so', inProps('image: i', 'serving:', '  run|'), ['runtime']],
    ['values of a runtime', inProps('image: i', 'serving:', '  runtime: |'), ['knative', 'async']],
    ['true and false', inProps('image: i', 'createNamespace: |'), ['true', 'false']],
    ['the keys of an input', inProps('serving:', '  inputs:', '    - |'), ['name', 'component', 'topic']],
    [
      'the keys of a container',
      inProps('serving:', '  template:', '    containers:', '      - name: function', '        |'),
      ['image', 'env', 'resources', 'imagePullPolicy'],
    ],
    ['actions', inResource('actions:', '  |'), ['pre-deploy', 'success-remove']],
  ])('%s', async (_title, text, expected) => {
    expect(await labels(text)).toEqual(expect.arrayContaining(expected));
  });

  test('a key brings what comes after it', async () => {
    const offered = await completions(inProps('image: i', 'serving:', '  |'));
    const texts = Object.fromEntries(offered.map(({ label, text }) => [label, text.trimEnd()]));
    expect(texts).toMatchObject({
      runtime: 'runtime:',
      params: 'params:',
      inputs: 'inputs:\n  -',
      bindings: 'bindings:',
    });
    expect(JSON.stringify(offered)).not.toContain('[object Object]');
  });
});

test.each([
  ['a key of the project', inProject('resou|rces: {}'), 'What the commands work on, by name.'],
  ['the component', inResource('compo|nent: ofn'), 'Who handles the resource'],
  ['a prop', inProps('image: i', 'po|rt: 80'), schema.properties.port.description],
  ['a prop that is a map', inProps('image: i', 'serv|ing: {}'), schema.properties.serving.description],
  [
    'a key deep inside',
    inProps('image: i', 'serving:', '  runti|me: async'),
    schema.definitions.serving.properties.runtime.description,
  ],
])('the description of %s is shown', async (_title, text, expected) => {
  expect(await hover(text)).toContain(expected);
});
