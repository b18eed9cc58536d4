import { inSchemaOrder } from '../../../src/props/in-order';

const keysOf = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(keysOf)
    : typeof value === 'object' && value !== null
      ? Object.entries(value).map(([key, item]) => [key, keysOf(item)])
      : value;

test('keys come in the order of the schema, those that it does not know at the end', () => {
  const ordered = inSchemaOrder({
    unknown: { b: 1, a: 2 },
    serving: {
      template: {},
      bindings: { z: { version: 'v1', metadata: [{ value: 'v', name: 'n' }], type: 't' } },
      runtime: 'async',
    },
    image: 'i',
    name: 'n',
    constructor: 1,
  });
  expect(keysOf(ordered)).toEqual([
    ['name', 'n'],
    ['image', 'i'],
    [
      'serving',
      [
        ['runtime', 'async'],
        ['bindings', [['z', [['type', 't'], ['version', 'v1'], ['metadata', [[['name', 'n'], ['value', 'v']]]]]]]],
        ['template', []],
      ],
    ],
    ['unknown', [['b', 1], ['a', 2]]],
    ['constructor', 1],
  ]); // prettier-ignore
});

test('props of v1beta2 follow their own schema', () => {
  const props = { serving: { template: {}, triggers: { http: {} } }, apiVersion: 'core.openfunction.io/v1beta2' };
  expect(keysOf(inSchemaOrder(props))).toEqual([
    ['apiVersion', 'core.openfunction.io/v1beta2'],
    ['serving', [['triggers', [['http', []]]], ['template', []]]],
  ]); // prettier-ignore
});
