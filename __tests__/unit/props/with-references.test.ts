import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import { load } from 'js-yaml';
import schema from '../../../schema.json';
import type { Path } from '../../../src/path';
import { propsOrigin } from '../../../src/props/origin';
import type { SchemaNode } from '../../../src/props/json-schema';
import { schemas } from '../../../src/props/schemas';
import { validateProps } from '../../../src/props/validate';
import { verifySchema } from '../../../src/props/verify-schema';
import { withReferences } from '../../../src/props/with-references';
import { publishedFunctions, toProps } from '../../support/conformance';

const examples = path.resolve(__dirname, '../../../examples');
const derived = {
  'for editors': withReferences({
    ...schemas.props.v1beta1,
    definitions: schemas.definitions,
    $schema: schema.$schema,
  }),
  'for s verify': verifySchema(),
};
/** As the CLI compiles a schema that it has as text. */
const compile = (source: SchemaNode): ValidateFunction =>
  new Ajv({ allErrors: true }).compile(JSON.parse(JSON.stringify(source)) as object);
const validators = Object.values(derived).map(compile);

/** Whether ofn and both schemas accept props. */
async function verdicts(props: unknown): Promise<boolean[]> {
  const problems = await validateProps(props, propsOrigin('hello', undefined));
  return [problems.length === 0, ...validators.map((validate) => validate(props))];
}

describe.each(Object.entries(derived))('the schema %s', (_title, source) => {
  test('is draft-07 that the CLI compiles without an error or a word', () => {
    const words = (['log', 'warn', 'error'] as const).map((level) => jest.spyOn(console, level).mockImplementation());
    compile(source);
    for (const spy of words) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
    expect(source.$schema).toBe('http://json-schema.org/draft-07/schema#');
    expect(JSON.stringify(source)).not.toMatch(/"\$id"|"format":"/);
  });
});

interface ProjectFile {
  resources: Record<string, { props: unknown }>;
}

const written: [string, unknown][] = [
  ...readdirSync(examples).flatMap((example) => {
    const { resources } = load(readFileSync(path.join(examples, example, 's.yaml'), 'utf8')) as ProjectFile;
    return Object.values(resources).map(({ props }): [string, unknown] => [`examples/${example}`, props]);
  }),
  ...publishedFunctions().map((item): [string, unknown] => [item.file, toProps(item)]),
];

/** The paths of all values, maps and lists included. */
function pathsOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  const entries: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [at, ...entries.flatMap(([key, item]) => pathsOf(item, [...at, key]))];
}

function replaced(value: unknown, [key, ...rest]: Path, text: string): unknown {
  if (key === undefined) return text;
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === key ? replaced(item, rest, text) : item));
  }
  const record = value as Record<string, unknown>;
  return { ...record, [key]: replaced(record[key], rest, text) };
}

test.each(written)('%s: any one value may be a reference', async (_file, props) => {
  const refused: unknown[] = [];
  for (const at of pathsOf(props)) {
    const results = await verdicts(replaced(props, at, '${resources.a.output.b}'));
    if (results.includes(false)) refused.push([at, results]);
  }
  expect(refused).toEqual([]);
});

const valid = { image: 'i', serving: { runtime: 'async', inputs: [{ name: 'a', component: 'b' }] } };
const cpu = (limit: string): unknown => ({
  image: 'i',
  serving: { template: { containers: [{ name: 'function', resources: { limits: { cpu: limit } } }] } },
});
const reference = '${resources.a.output.b}';

describe('s verify and ofn agree', () => {
  test.each([
    ['nothing wrong', valid, true],
    ['an unknown key', { ...valid, servng: {} }, false],
    ['an unknown key with a reference', { ...valid, servng: reference }, false],
    ['an unknown key deep inside', { image: 'i', serving: { inputs: [{ component: 'b', topc: 't' }] } }, false],
    ['an unknown key beside a reference', { ...valid, port: reference, servng: {} }, false],
    ['no image', { serving: {} }, false],
    ['no image beside a reference', { serving: reference }, false],
    ['an item without a required key', { image: 'i', serving: { inputs: [{ name: reference }] } }, false],
    ['an image that is empty', { image: '' }, false],
    ['a value that is none of those allowed', { image: 'i', serving: { runtime: 'asnc' } }, false],
    ['part of an allowed value in a reference', { image: 'i', serving: { runtime: 'a${vars.x}' } }, true],
    ['a port out of range', { ...valid, port: 70000 }, false],
    ['text for a port', { ...valid, port: 'http' }, false],
    ['a reference with text for a port', { ...valid, port: '80${vars.x}' }, false],
    ['a variable of a shell for a port', { ...valid, port: '${PORT}' }, false],
    ['a reference for a port', { ...valid, port: reference }, true],
    ['a reference for true or false', { ...valid, createNamespace: reference }, true],
    ['a name in upper case', { ...valid, name: 'Hello' }, false],
    ['a name with a reference', { ...valid, name: 'hello-${vars.stage}' }, true],
    ['a name that is longer with its reference', { ...valid, name: `\${vars.${'x'.repeat(80)}}` }, true],
    ['a number for a label', { ...valid, labels: { a: 1 } }, false],
    ['a list for a map', { ...valid, serving: [] }, false],
    ['a map for a list', { image: 'i', serving: { inputs: {} } }, false],
    ['text for a map', { ...valid, serving: 'text' }, false],
    ['text with a reference for a map', { ...valid, serving: `a ${reference}` }, false],
    ['nothing for a map', { ...valid, serving: null }, false],
    ['a quantity', cpu('100m'), true],
    ['a quantity that is none', cpu('1 core'), false],
    ['a quantity with a reference', cpu('${vars.n}m'), true],
    ['two ways to build', { image: 'i', pack: { builder: 'b' }, build: { srcRepo: {} } }, false],
    ['two ways to build, one a reference', { image: 'i', pack: { builder: 'b' }, build: reference }, false],
    ['a manifest and an image', { manifest: 'f.yaml', image: reference }, false],
    ['a manifest that is a reference', { manifest: reference }, true],
    ['a reference for all props', reference, true],
    ['text for all props', 'text', false],
  ])('%s', async (_title, props, expected) => {
    expect(await verdicts(props)).toEqual([expected, expected, expected]);
  });
});
