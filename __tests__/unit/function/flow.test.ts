import { drawFlow, flowOf } from '../../../src/function/flow';
import { toMermaid } from '../../../src/function/graph';

const metadata = { name: 'fn' };
const bindings = {
  'mqtt-in': { type: 'bindings.mqtt', version: 'v1', metadata: [{ name: 'topic', value: 'in' }] },
  'mqtt-out': { type: 'bindings.mqtt', version: 'v1', metadata: [{ name: 'topic', value: 'out' }] },
  cron: { type: 'bindings.cron', version: 'v1', metadata: [{ name: 'schedule', value: '@every 2s' }] },
};
const pubsub = { msg: { type: 'pubsub.kafka', version: 'v1', metadata: [{ name: 'brokers', value: 'k:9092' }] } };

const olderAsync = {
  runtime: 'async',
  inputs: [{ name: 'mqtt-input', component: 'mqtt-in' }],
  outputs: [{ name: 'mqtt-output', component: 'mqtt-out', operation: 'create' }],
  bindings,
};

test('the flow of a v1beta1 function', () => {
  expect(flowOf({ metadata, spec: { serving: olderAsync } })).toEqual({
    inputs: [{ name: 'mqtt-input', component: 'mqtt-in', type: 'bindings.mqtt', topic: 'in' }],
    outputs: [{ name: 'mqtt-output', component: 'mqtt-out', type: 'bindings.mqtt', topic: 'out' }],
  });
});

test('the flow of a v1beta2 function', () => {
  const serving = {
    triggers: { dapr: [{ name: 'msg', topic: 'sub', inputName: 'sub-in' }, { name: 'cron' }], inputs: [{ dapr: { name: 'mqtt-in' } }] },
    outputs: [{ dapr: { name: 'msg', topic: 'pub', outputName: 'pub-out' } }],
    bindings,
    pubsub,
  };
  expect(flowOf({ metadata, spec: { serving } })).toEqual({
    inputs: [
      { name: 'sub-in', component: 'msg', type: 'pubsub.kafka', topic: 'sub' },
      { name: 'cron', component: 'cron', type: 'bindings.cron', topic: '@every 2s' },
      { name: 'mqtt-in', component: 'mqtt-in', type: 'bindings.mqtt', topic: 'in' },
    ],
    outputs: [{ name: 'pub-out', component: 'msg', type: 'pubsub.kafka', topic: 'pub' }],
  });
}); // prettier-ignore

test.each<[string, object, string[]]>([
  ['between two topics', olderAsync, ['mqtt:in ─▶ fn ─▶ mqtt:out']],
  [
    'from two, to one',
    { ...olderAsync, inputs: [{ component: 'cron' }, { component: 'mqtt-in' }] },
    ['cron:@every 2s ─▶ fn ─▶ mqtt:out', 'mqtt:in        ─▶ fn'],
  ],
  [
    'from one, to two',
    { ...olderAsync, outputs: [{ component: 'mqtt-out' }, { component: 'mqtt-in' }] },
    ['mqtt:in ─▶ fn ─▶ mqtt:out', '           fn ─▶ mqtt:in'],
  ],
  ['called by HTTP', { runtime: 'knative', outputs: [{ component: 'msg', topic: 'pub' }], pubsub }, ['http ─▶ fn ─▶ kafka:pub']],
  ['from a component that is not there', { runtime: 'async', inputs: [{ component: 'gone' }] }, ['gone ─▶ fn']],
  ['from nothing', { runtime: 'async' }, []],
])('a function %s is drawn', (_title, serving, lines) => {
  expect(drawFlow({ metadata, spec: { serving } })).toEqual(lines);
}); // prettier-ignore

test('what has credentials in it, or is odd, does no harm', () => {
  const odd = { component: { metadata: [{ name: 'queueName', value: 'amqp://me:secret@host/q' }], type: 1 } };
  expect(flowOf({ spec: { serving: { inputs: [{ component: 'component' }, {}, 1], bindings: odd } } })).toEqual({
    inputs: [{ name: 'component', component: 'component', topic: 'amqp://<redacted>@host/q' }],
    outputs: [],
  });
  expect(flowOf(undefined)).toEqual({ inputs: [], outputs: [] });
});

test('several functions are one graph, in which they share topics', () => {
  const first = { metadata: { name: 'first' }, spec: { serving: { ...olderAsync, outputs: [{ component: 'msg', topic: 'x' }], pubsub } } };
  const second = { metadata: { name: 'se"cond' }, spec: { serving: { runtime: 'async', inputs: [{ component: 'msg', topic: 'x' }], pubsub } } };
  const web = { metadata: { name: 'web' }, spec: { serving: {} } };
  expect(toMermaid([first, second, web])).toBe(`flowchart LR
  n0["first"]
  n1(["mqtt:in"])
  n2(["kafka:x"])
  n3["se#34;cond"]
  n4["web"]
  n5(("http"))
  n1 --> n0
  n0 --> n2
  n2 --> n3
  n5 --> n4`);
}); // prettier-ignore
