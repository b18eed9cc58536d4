import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Draft } from '../../../../src/props/draft';
import { rulesFor } from '../../../../src/props/rules';
import { target } from './support';

const rules = rulesFor('v1beta1');
const folder = path.join(__dirname, '../../../../src/props/rules');

const declared = readdirSync(folder).flatMap((file) =>
  [...readFileSync(path.join(folder, file), 'utf8').matchAll(/^export const (\w+): Rule\b/gm)].map(
    ([, name = '']) => [file, name] as const,
  ),
);

test.each(declared)('%s: the rule %s is in the list once', async (file, name) => {
  const exported = (await import(path.join(folder, file))) as Record<string, unknown>;
  expect(rules.filter((rule) => rule === exported[name])).toHaveLength(1);
});

test('nothing else is in the list', () => {
  expect(rules).toHaveLength(declared.length);
});

const component = { type: undefined, version: undefined, metadata: [undefined, {}] };
const container = { ports: [undefined], volumeMounts: [undefined, {}], env: [undefined] };

test.each<[string, Draft]>([
  ['no props', {}],
  ['empty sections', { build: {}, serving: {}, pack: {}, route: {}, imageCredentials: {} }],
  [
    'empty lists and maps',
    {
      image: '',
      version: '',
      build: { env: {}, params: {}, srcRepo: {}, shipwright: {} },
      serving: {
        inputs: [],
        outputs: [],
        bindings: {},
        pubsub: {},
        states: {},
        triggers: [],
        params: {},
        labels: {},
        annotations: {},
        scaleOptions: {},
        template: { containers: [], initContainers: [], volumes: [] },
      },
    },
  ],
  [
    'holes wherever an item may be missing',
    {
      build: { srcRepo: { bundleContainer: {}, credentials: {} }, shipwright: { strategy: {} } },
      serving: {
        inputs: [undefined, {}],
        outputs: [undefined, {}],
        bindings: { b: component },
        pubsub: { p: component },
        states: { s: component },
        triggers: [undefined, {}],
        scaleOptions: { keda: { scaledObject: {}, scaledJob: { scalingStrategy: {} } } },
        template: {
          containers: [undefined, container],
          initContainers: [undefined, container],
          volumes: [undefined, {}],
        },
      },
    },
  ],
])('no rule falls over %s', (_title, props) => {
  for (const runtime of [undefined, 'knative', 'async'] as const) {
    const draft = props.serving === undefined ? props : { ...props, serving: { ...props.serving, runtime } };
    expect(() => rules.flatMap((rule) => rule(draft, target({ namespace: undefined })))).not.toThrow();
  }
});

test('a small function, and one of each kind, are fine', () => {
  const template = { containers: [{ name: 'function' }] };
  const pubsub = { orders: { type: 'pubsub.kafka', version: 'v1', metadata: [] } };
  const fine: Draft[] = [
    { image: 'me/hello:v1', serving: { template } },
    { image: 'me/hello:v1', pack: { builder: 'me/builder:v1', publish: true }, serving: { template } },
    {
      image: 'me/hello',
      imageCredentials: { name: 'push-secret' },
      build: { builder: 'me/builder:v1', srcRepo: { url: 'https://example.com/me/functions.git' } },
      serving: { template },
    },
    {
      image: 'me/hello:v1',
      serving: {
        runtime: 'async',
        inputs: [{ name: 'order', component: 'orders', topic: 'orders' }],
        pubsub,
        template,
      },
    },
  ];
  for (const props of fine) expect(rules.flatMap((rule) => rule(props, target()))).toEqual([]);
});
