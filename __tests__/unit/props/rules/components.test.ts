import type { Draft } from '../../../../src/props/draft';
import {
  componentNames,
  componentsAreUnique,
  componentsExist,
  componentTypes,
  outputOperations,
  topics,
  uniqueNames,
} from '../../../../src/props/rules/components';
import { ask } from './support';

const nothing: Draft[] = [
  {},
  { serving: {} },
  { serving: { inputs: [], outputs: [], bindings: {}, pubsub: {}, states: {} } },
  { serving: { inputs: [undefined], outputs: [undefined, {}] } },
];

test.each([
  componentsExist,
  componentsAreUnique,
  componentTypes,
  componentNames,
  topics,
  outputOperations,
  uniqueNames,
])('nothing is wrong with nothing (%#)', (rule) => {
  for (const props of nothing) expect(ask(rule, props)).toEqual([]);
});

describe('the component of an input or output', () => {
  test.each<[string, Draft['serving'], string[]]>([
    [
      'is a slip of one',
      { inputs: [{ component: 'kafka-servr' }], bindings: { 'kafka-server': {} }, pubsub: { orders: {} } },
      [
        'error serving.inputs[0].component: "kafka-servr" is no component of this function. Did you mean "kafka-server"?',
      ],
    ],
    [
      'differs from one in case alone',
      { outputs: [{ component: 'Orders' }], pubsub: { orders: {} } },
      ['error serving.outputs[0].component: "Orders" is no component of this function. Did you mean "orders"?'],
    ],
    [
      'is far from all',
      { outputs: [{ component: 'mail' }], bindings: { 'kafka-server': {} }, pubsub: { orders: {} } },
      [
        'error serving.outputs[0].component: "mail" is no component of this function. Declared are: kafka-server, orders.',
      ],
    ],
    [
      'is far from all of many',
      {
        outputs: [{ component: 'mail' }],
        bindings: Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`component-${index}`, {}])),
      },
      [
        'error serving.outputs[0].component: "mail" is no component of this function. Declared are: component-0, component-1, component-2, component-3, component-4, component-5, component-6, component-7, component-8, component-9, ….',
      ],
    ],
    [
      'is far from all of ten',
      {
        outputs: [{ component: 'mail' }],
        bindings: Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`component-${index}`, {}])),
      },
      [
        'error serving.outputs[0].component: "mail" is no component of this function. Declared are: component-0, component-1, component-2, component-3, component-4, component-5, component-6, component-7, component-8, component-9.',
      ],
    ],
    [
      'is there while none is declared',
      { inputs: [{ component: 'orders' }] },
      [
        'error serving.inputs[0].component: "orders" is no component of this function. None is declared: declare it under serving.bindings or serving.pubsub.',
      ],
    ],
    [
      'is a state store',
      { outputs: [{ component: 'cart' }], pubsub: { carts: {} }, states: { cart: {} } },
      [
        'error serving.outputs[0].component: "cart" is a state store; inputs and outputs need a component of serving.bindings or serving.pubsub.',
      ],
    ],
    [
      'is wrong in both lists, beside holes',
      {
        inputs: [undefined, { component: 'order' }],
        outputs: [{ component: 'orders' }, { component: 'mail' }],
        pubsub: { orders: {} },
      },
      [
        'error serving.inputs[1].component: "order" is no component of this function. Did you mean "orders"?',
        'error serving.outputs[1].component: "mail" is no component of this function. Declared are: orders.',
      ],
    ],
    [
      'has a name that every object knows',
      { inputs: [{ component: 'toString' }], bindings: { a: {} } },
      ['error serving.inputs[0].component: "toString" is no component of this function. Declared are: a.'],
    ],
    [
      'is a binding or pub/sub',
      { inputs: [{ component: 'p' }, { component: 'b' }], bindings: { b: {} }, pubsub: { p: {} } },
      [],
    ],
    ['is empty or missing, which the schema says', { inputs: [{ component: '' }, { name: 'i' }] }, []],
  ])('%s', (_title, serving, expected) => {
    expect(ask(componentsExist, { serving })).toEqual(expected);
  });
});

describe('keys of components', () => {
  test('that are in bindings and in pubsub are told at pubsub', () => {
    expect(ask(componentsAreUnique, { serving: { bindings: { a: {}, b: {} }, pubsub: { b: {}, c: {} } } })).toEqual([
      'error serving.pubsub.b: is also a key of serving.bindings, and inputs and outputs could mean either. Rename one of them.',
    ]);
  });

  test('that differ, or are those of states, are fine', () => {
    const serving = { bindings: { a: {} }, pubsub: { b: {} }, states: { a: {}, b: {} } };
    expect(ask(componentsAreUnique, { serving })).toEqual([]);
  });

  test.each([
    ['kafka_server', 'serving.bindings.kafka_server', ', for instance kafka-server'],
    ['KafkaServer', 'serving.bindings.KafkaServer', ', for instance kafkaserver'],
    ['my orders!', 'serving.bindings["my orders!"]', ', for instance my-orders'],
    ['-a', 'serving.bindings["-a"]', ', for instance a'],
    ['a.', 'serving.bindings["a."]', ', for instance a'],
    ['a..b', 'serving.bindings["a..b"]', ', for instance a-b'],
    ['a.-b', 'serving.bindings["a.-b"]', ', for instance a-b'],
    ['a-.b', 'serving.bindings["a-.b"]', ', for instance a-b'],
    ['My.Orders', 'serving.bindings["My.Orders"]', ', for instance my-orders'],
    ['_', 'serving.bindings._', ''],
    ['', 'serving.bindings[""]', ''],
  ])('"%s" cannot be a part of a name', (key, place, proposal) => {
    expect(ask(componentNames, { serving: { bindings: { [key]: {} } } })).toEqual([
      `error ${place}: ${JSON.stringify(key)} cannot be a part of a name in Kubernetes, and the function would hang. Use at most 200 lower-case letters, digits and "-"${proposal}.`,
    ]);
  });

  test.each(['a', '1', 'kafka-server', 'a.b', 'a-b.c-d.e', 'a--b', 'a'.repeat(200)])('%s can', (key) => {
    const serving = { bindings: { [key]: {} }, pubsub: { [key]: {} }, states: { [key]: {} } };
    expect(ask(componentNames, { serving })).toEqual([]);
  });

  test('that are too long get no proposal that is too long, too', () => {
    const proposalFor = (key: string): boolean =>
      ask(componentNames, { serving: { bindings: { [key]: {} } } })[0]?.includes(', for instance ') ?? false;
    expect(proposalFor('A'.repeat(200))).toBe(true);
    expect(proposalFor('a'.repeat(201))).toBe(false);
  });

  test('are judged in all three sections', () => {
    const serving = { bindings: { A: {} }, pubsub: { B: {} }, states: { C: {} } };
    expect(ask(componentNames, { serving }).map((line) => line.split(':')[0])).toEqual([
      'error serving.bindings.A',
      'error serving.pubsub.B',
      'error serving.states.C',
    ]);
  });
});

describe('the type of a component', () => {
  test.each<[string, Draft['serving'], string]>([
    [
      'lacks its beginning',
      { bindings: { a: { type: 'kafka' } } },
      'error serving.bindings.a.type: "kafka" is no type of bindings: that begins with "bindings.". Did you mean "bindings.kafka"?',
    ],
    [
      'has a slip in its beginning',
      { pubsub: { a: { type: 'pubsb.kafka' } } },
      'error serving.pubsub.a.type: "pubsb.kafka" is no type of pubsub: that begins with "pubsub.". Did you mean "pubsub.kafka"?',
    ],
    [
      'begins in the singular',
      { bindings: { a: { type: 'binding.azure.blobstorage' } } },
      'error serving.bindings.a.type: "binding.azure.blobstorage" is no type of bindings: that begins with "bindings.". Did you mean "bindings.azure.blobstorage"?',
    ],
    [
      'lacks its beginning, and has several words',
      { bindings: { a: { type: 'aws.s3' } } },
      'error serving.bindings.a.type: "aws.s3" is no type of bindings: that begins with "bindings.". Did you mean "bindings.aws.s3"?',
    ],
    [
      'is only a word that is near to a beginning',
      { states: { a: { type: 'stat' } } },
      'error serving.states.a.type: "stat" is no type of states: that begins with "state.". Did you mean "state.stat"?',
    ],
    [
      'begins as the section is called, where the type is not',
      { states: { a: { type: 'states.redis' } } },
      'error serving.states.a.type: "states.redis" is no type of states: that begins with "state.". Did you mean "state.redis"?',
    ],
    [
      'is that of another section',
      { bindings: { a: { type: 'pubsub.kafka' } } },
      'error serving.bindings.a.type: "pubsub.kafka" is no type of bindings; move the component to serving.pubsub.',
    ],
    [
      'is that of a state store',
      { pubsub: { a: { type: 'state.redis' } } },
      'error serving.pubsub.a.type: "state.redis" is no type of pubsub; move the component to serving.states.',
    ],
  ])('%s', (_title, serving, expected) => {
    expect(ask(componentTypes, { serving })).toEqual([expected]);
  });

  test('fits its section, or is not known', () => {
    const serving = {
      bindings: { a: { type: 'bindings.azure.blobstorage' }, b: {}, c: { type: '' } },
      pubsub: { a: { type: 'pubsub.kafka' } },
      states: { a: { type: 'state.redis' } },
    };
    expect(ask(componentTypes, { serving })).toEqual([]);
  });
});

describe('the topic', () => {
  const pubsub = { orders: {} };
  const bindings = { mail: {} };

  test('is required for pub/sub, of inputs and outputs', () => {
    const serving: Draft['serving'] = {
      inputs: [undefined, { component: 'orders' }],
      outputs: [{ component: 'orders', topic: '' }],
      pubsub,
    };
    expect(ask(topics, { serving })).toEqual([
      'error serving.inputs[1].topic: is required: "orders" is a pub/sub component. Example: topic: orders',
      'error serving.outputs[0].topic: is required: "orders" is a pub/sub component. Example: topic: orders',
    ]);
  });

  test('is not required where it is there, for bindings, or for what is no component', () => {
    const serving: Draft['serving'] = {
      inputs: [{ component: 'orders', topic: 't' }, { component: 'mail' }, { component: 'toString' }, {}],
      pubsub,
      bindings,
    };
    expect(ask(topics, { serving })).toEqual([]);
  });
});

describe('the operation of an output', () => {
  test.each([
    ['bindings.kafka', 'bindings.kafka', 'create'],
    ['bindings.http', 'bindings.http', 'post'],
    ['bindings.postgres', 'bindings.postgres', 'exec'],
    ['bindings.graphql', 'bindings.graphql', 'query'],
    [undefined, 'most bindings', 'create'],
  ])('is required for a binding of the type %s', (type, shown, usual) => {
    const serving: Draft['serving'] = { outputs: [undefined, { component: 'b' }], bindings: { b: { type } } };
    expect(ask(outputOperations, { serving })).toEqual([
      `error serving.outputs[1].operation: is required: Dapr refuses every message to a binding without it. For ${shown} it is usually "${usual}".`,
    ]);
  });

  test('is not required where it is there, for pub/sub, for inputs, or for what is no component', () => {
    const serving: Draft['serving'] = {
      inputs: [{ component: 'b' }],
      outputs: [{ component: 'b', operation: 'get' }, { component: 'p' }, { component: 'toString' }, {}],
      bindings: { b: {} },
      pubsub: { p: {} },
    };
    expect(ask(outputOperations, { serving })).toEqual([]);
  });
});

describe('names of inputs and outputs', () => {
  test('differ within a list', () => {
    const serving: Draft['serving'] = {
      inputs: [{ name: 'a' }, undefined, { name: 'a' }, { name: 'a' }],
      outputs: [{ name: 'b' }, { name: 'c' }, { name: 'b' }],
    };
    expect(ask(uniqueNames, { serving })).toEqual([
      'error serving.inputs[2].name: "a" is the name of inputs[0], too; the function would only see the last of them.',
      'error serving.inputs[3].name: "a" is the name of inputs[0], too; the function would only see the last of them.',
      'error serving.outputs[2].name: "b" is the name of outputs[0], too; the function would only see the last of them.',
    ]);
  });

  test('may be the same for an input and an output, and differ in case', () => {
    const serving: Draft['serving'] = {
      inputs: [{ name: 'a' }, { name: 'A' }, {}, {}],
      outputs: [{ name: 'a' }],
    };
    expect(ask(uniqueNames, { serving })).toEqual([]);
  });
});
