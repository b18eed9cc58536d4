import { checkProps } from '../../../../src/props/check';
import { propsOrigin } from '../../../../src/props/origin';
import type { RuleTarget } from '../../../../src/props/rules/rule';
import { validateProps } from '../../../../src/props/validate';
import { target, told } from './support';

const origin = propsOrigin('hello', 's.yaml');
const bindings = { kafka: { type: 'bindings.kafka', version: 'v1', metadata: [] } };
const pubsub = { bus: { type: 'pubsub.kafka', version: 'v1', metadata: [] } };
const template = { containers: [{ name: 'function' }] };

/** What is found in props of v1beta2, as lines. */
async function judge(props: object, overrides?: Partial<RuleTarget>): Promise<string[]> {
  const whole = { apiVersion: 'core.openfunction.io/v1beta2', image: 'registry.example.com/me/hello:v1', ...props };
  const problems = await validateProps(whole, origin);
  return told(checkProps({ props: whole, problems, origin }, target(overrides)));
}

const on12 = { releases: ['1.2'] } as const;

test.each<[string, object]>([
  ['HTTP', { serving: { triggers: { http: { port: 9000, engine: 'knative' } }, template } }],
  ['no trigger', { serving: { template } }],
  ['Dapr', { serving: { triggers: { dapr: [{ name: 'bus', topic: 'a', inputName: 'in' }] }, pubsub, template } }],
  [
    'both at once',
    { serving: { triggers: { http: {}, dapr: [{ name: 'kafka', type: 'bindings.kafka' }] }, bindings, template } },
  ],
  [
    'an output',
    { serving: { outputs: [{ dapr: { name: 'kafka', operation: 'create', outputName: 'out' } }], bindings, template } },
  ],
  [
    'a Job',
    {
      serving: {
        triggers: { dapr: [{ name: 'kafka' }] },
        bindings,
        workloadType: 'Job',
        annotations: { 'openfunction.io/dapr-service-mode': 'sidecar' },
        scaleOptions: {
          maxReplicas: 5,
          keda: { scaledJob: { restartPolicy: 'Never' }, triggers: [{ type: 'kafka', metadata: {} }] },
        },
        template,
      },
    },
  ],
  [
    'a build',
    {
      imageCredentials: { name: 'push-secret' },
      build: {
        builder: 'openfunction/builder-go:v2.4.0-1.17',
        env: { FUNC_NAME: 'Hello' },
        timeout: '10m',
        srcRepo: { bundleContainer: { image: 'registry.example.com/me/source:v1' } },
        shipwright: { params: [{ name: 'RUN_IMAGE', value: 'r' }] },
      },
      serving: { hooks: { pre: ['a'], policy: 'Append' }, template },
    },
  ],
])('nothing is wrong with %s', async (_title, props) => {
  expect(await judge(props, on12)).toEqual([]);
});

test('earlier releases have no such version', async () => {
  expect(await judge({ serving: { template } }, { releases: ['1.0'] })).toEqual([
    'error apiVersion: With OpenFunction 1.0, which this cluster runs, there is no core.openfunction.io/v1beta2. Leave apiVersion out, and write the props of v1beta1.',
  ]);
});

test('a component may be an existing one, which is said', async () => {
  const triggers = { dapr: [{ name: 'kafak' }, { name: 'of-the-namespace' }] };
  expect(await judge({ serving: { triggers, outputs: [{ dapr: { name: 'x' } }], bindings, template } }, on12)).toEqual([
    'warning serving.triggers.dapr[0].name: "kafak" is no component of this function: one of that name has to be in its namespace. Did you mean "kafka"?',
    'warning serving.triggers.dapr[1].name: "of-the-namespace" is no component of this function: one of that name has to be in its namespace.',
    'warning serving.outputs[0].dapr.name: "x" is no component of this function: one of that name has to be in its namespace.',
  ]);
});

const keda = (scaler: object): object => ({
  serving: { triggers: { http: { engine: 'keda' } }, scaleOptions: { keda: scaler }, template },
});

test.each<[string, object, string[]]>([
  ['a scaler of its own', keda({ httpScaledObject: { targetPendingRequests: 5 } }), []],
  [
    'none',
    keda({}),
    [
      'error serving.scaleOptions.keda.httpScaledObject: is required with the HTTP engine "keda": without it the controller of OpenFunction crashes.',
    ],
  ],
  [
    'two',
    keda({ httpScaledObject: {}, scaledJob: {} }),
    [
      'error serving.scaleOptions.keda.httpScaledObject: cannot be combined with scaledObject or scaledJob. Remove one of them.',
    ],
  ],
])('the HTTP engine of KEDA with %s', async (_title, props, problems) => {
  expect(await judge(props, on12)).toEqual(problems);
});

test('fields that only 1.2 has', async () => {
  const scaler = { httpScaledObject: {} };
  expect(await judge(keda(scaler), { releases: ['1.1'] })).toEqual([
    'error serving.triggers.http.engine: With OpenFunction 1.1, which this cluster runs, this field is not known and would be dropped; OpenFunction has it since 1.2.',
    'error serving.scaleOptions.keda.httpScaledObject: With OpenFunction 1.1, which this cluster runs, this field is not known and would be dropped; OpenFunction has it since 1.2.',
  ]);
});

describe('rules of v1beta1 find the same at its place', () => {
  test.each<[string, object, string]>([
    [
      'a topic that is missing',
      { triggers: { dapr: [{ name: 'bus' }] }, pubsub },
      'error serving.triggers.dapr[0].topic: is required: "bus" is a pub/sub component. Example: topic: orders',
    ],
    [
      'an operation that is missing',
      { outputs: [{ dapr: { name: 'kafka' } }], bindings },
      'error serving.outputs[0].dapr.operation: is required: Dapr refuses every message to a binding without it. For bindings.kafka it is usually "create".',
    ],
    [
      'names that repeat',
      {
        triggers: {
          dapr: [
            { name: 'bus', topic: 'a', inputName: 'in' },
            { name: 'bus', topic: 'b', inputName: 'in' },
          ],
        },
        pubsub,
      },
      'error serving.triggers.dapr[1].inputName: "in" is the name of inputs[0], too; the function would only see the last of them.',
    ],
    [
      'the type of a state store',
      { states: { store: { spec: { type: 'bindings.redis', version: 'v1', metadata: [] } } } },
      'error serving.states.store.spec.type: "bindings.redis" is no type of states; move the component to serving.bindings.',
    ],
    [
      'bounds',
      { scaleOptions: { minReplicas: 11 } },
      'error serving.scaleOptions.minReplicas: 11 is more than 10, which is assumed for maxReplicas. Write maxReplicas, too.',
    ],
  ])('%s', async (_title, serving, problem) => {
    expect(await judge({ serving: { ...serving, template } }, on12)).toEqual([problem]);
  });
});

test('what is not known yet is not judged', async () => {
  const topic = '${resources.a.output.topic}';
  expect(await judge({ serving: { triggers: { dapr: [{ name: 'bus', topic }] }, pubsub, template } }, on12)).toEqual(
    [],
  );
  const states = { store: { spec: { type: '${resources.a.output.type}', version: 'v1', metadata: [] } } };
  expect(await judge({ serving: { states, template } }, on12)).toEqual([]);
});
