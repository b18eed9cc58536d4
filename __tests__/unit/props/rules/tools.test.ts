import type { Draft } from '../../../../src/props/draft';
import { builderOfTool } from '../../../../src/props/rules/build';
import { environmentOfNode } from '../../../../src/props/rules/build-environment';
import { restartOfJobs } from '../../../../src/props/rules/scaling';
import { clearCredentials } from '../../../../src/props/rules/secrets';
import { ask, examples } from './support';

type Build = NonNullable<Draft['build']>;
type Serving = NonNullable<Draft['serving']>;

const withStrategy = (name: string, kind?: 'BuildStrategy' | 'ClusterBuildStrategy'): Build => ({
  shipwright: { strategy: { name, kind } },
});
/** Strategies that run a tool, with its image. */
const tools = [
  ['buildah', 'openfunction/buildah:v1.23.1'],
  ['kaniko', 'openfunction/kaniko-executor:v1.7.0'],
  ['ko', 'golang:1.17'],
] as const;
const node = 'openfunction/builder-node:v2-16.15';

test.each([builderOfTool, environmentOfNode, restartOfJobs, clearCredentials])(
  'nothing is wrong with nothing (%#)',
  (rule) => {
    const nothing = [{}, { build: {}, serving: {} }, { build: withStrategy('kaniko') }, { pack: {} }];
    for (const props of nothing) expect(ask(rule, props)).toEqual([]);
  },
);

describe('the builder of a tool', () => {
  test.each(tools)('%s runs no Buildpacks', (name, tool) => {
    for (const kind of [undefined, 'ClusterBuildStrategy'] as const) {
      const props: Draft = { build: { ...withStrategy(name, kind), builder: node } };
      expect(ask(builderOfTool, props)).toEqual([
        `warning build.builder: "openfunction/builder-node:v2-16.15" builds with Buildpacks; the strategy "${name}" runs a tool of its own, and the build would fail.`,
      ]);
      expect(examples(builderOfTool, props)).toEqual([{ build: { builder: tool } }]);
    }
  });

  test.each([
    'builder-go:v2.4.0',
    'registry.example.com:5000/of/builder-python',
    'paketobuildpacks/builder-jammy-base',
  ])('is not %s', (builder) => {
    expect(ask(builderOfTool, { build: { ...withStrategy('kaniko'), builder } })).toEqual([
      `warning build.builder: "${builder}" builds with Buildpacks; the strategy "kaniko" runs a tool of its own, and the build would fail.`,
    ]);
  });

  test('is shown without the password of its registry', () => {
    const build = { ...withStrategy('kaniko'), builder: 'https://me:hunter2@example.com/builder-node' };
    expect(ask(builderOfTool, { build })).toEqual([
      'warning build.builder: "https://<redacted>@example.com/builder-node" builds with Buildpacks; the strategy "kaniko" runs a tool of its own, and the build would fail.',
    ]);
  });

  test('is put right by its example', () => {
    for (const [name, builder] of tools) {
      expect(ask(builderOfTool, { build: { ...withStrategy(name), builder } })).toEqual([]);
    }
  });

  test.each<[string, Draft]>([
    ['Buildpacks', { build: { builder: node } }],
    ['Buildpacks by name', { build: { ...withStrategy('openfunction'), builder: node } }],
    ['a strategy that is not known', { build: { ...withStrategy('mine'), builder: node } }],
    [
      'a strategy of the namespace, whatever its name',
      { build: { ...withStrategy('kaniko', 'BuildStrategy'), builder: node } },
    ],
    ['WebAssembly', { workloadRuntime: 'WasmEdge', build: { builder: node } }],
    ['another image of the tool', { build: { ...withStrategy('kaniko'), builder: 'me/kaniko:v2' } }],
    ['an image that only has to do with builders', { build: { ...withStrategy('kaniko'), builder: 'me/rebuilder-x' } }],
    ['an empty builder', { build: { ...withStrategy('kaniko'), builder: '' } }],
    ['a build on this machine', { pack: { builder: node } }],
  ])('nothing is said with %s', (_title, props) => {
    expect(ask(builderOfTool, props)).toEqual([]);
  });
});

describe('the environment of the Node builder', () => {
  const noName =
    'env.FUNC_NAME: The Node builder makes no function without it: the name under which the code exports the function.';
  const source = 'env.FUNC_SRC: is refused by the Node builder. Name the file as "main" in package.json instead.';

  test.each(tools)('is no matter of %s, which does not run it', (name) => {
    for (const env of [undefined, {}, { FUNC_SRC: 'main.js' }]) {
      expect(ask(environmentOfNode, { build: { ...withStrategy(name), builder: node, env } })).toEqual([]);
    }
  });

  test('is one of pack all the same', () => {
    const pack = { builder: node, env: { FUNC_SRC: 'main.js' } };
    expect(ask(environmentOfNode, { build: { ...withStrategy('kaniko'), builder: node }, pack })).toEqual([
      `warning pack.${noName}`,
      `error pack.${source}`,
    ]);
  });

  test.each<[string, Draft]>([
    ['Buildpacks by name', { build: { ...withStrategy('openfunction'), builder: node } }],
    ['a strategy that is not known', { build: { ...withStrategy('mine'), builder: node } }],
    [
      'one of the namespace, whatever its name',
      { build: { ...withStrategy('kaniko', 'BuildStrategy'), builder: node } },
    ],
    ['WebAssembly', { workloadRuntime: 'wasmedge', build: { builder: node } }],
  ])('is looked at with %s', (_title, props) => {
    expect(ask(environmentOfNode, props)).toEqual([`warning build.${noName}`]);
  });
});

describe('the restart policy of Jobs', () => {
  const withPolicy = (restartPolicy: 'Always' | 'OnFailure' | 'Never' | undefined): Draft => ({
    serving: { runtime: 'async', scaleOptions: { keda: { scaledJob: { restartPolicy } } } },
  });

  test('is not Always', () => {
    expect(ask(restartOfJobs, withPolicy('Always'))).toEqual([
      'error serving.scaleOptions.keda.scaledJob.restartPolicy: "Always" is refused for Jobs by Kubernetes, and nothing would run. Use OnFailure or Never.',
    ]);
  });

  test.each(['OnFailure', 'Never', undefined] as const)('may be %s', (policy) => {
    expect(ask(restartOfJobs, withPolicy(policy))).toEqual([]);
  });

  test.each<Serving>([
    { scaleOptions: {} },
    { scaleOptions: { keda: {} } },
    { scaleOptions: { keda: { scaledObject: {} } } },
    { template: { restartPolicy: 'Always' } },
  ])('is not concerned by %j', (serving) => {
    expect(ask(restartOfJobs, { serving })).toEqual([]);
  });
});

describe('credentials in clear', () => {
  type Kind = 'bindings' | 'pubsub' | 'states';
  /** Props with the metadata of components; the types of the schema leave its values open. */
  const withComponents = (components: Partial<Record<Kind, Record<string, unknown[]>>>): Draft => ({
    serving: Object.fromEntries(
      Object.entries(components).map(([kind, lists]) => [
        kind,
        Object.fromEntries(Object.entries(lists).map(([key, metadata]) => [key, { metadata }])),
      ]),
    ),
  });
  const inClear = 'holds a credential in clear, for all who may read the Function. Keep it in a Secret:';
  const password = { name: 'password', value: 'hunter2' };

  test('of one component are one problem, with all keys in one command', () => {
    const props = withComponents({
      bindings: {
        kafka: [
          { name: 'brokers', value: 'kafka:9092' },
          { name: 'saslUsername', value: 'me' },
          { name: 'saslPassword', value: 'hunter2' },
          undefined,
          { name: 'clientKey', value: 'hunter3' },
          { name: 'topics', value: 'a,b' },
          { name: 'sasl.token', value: 'hunter4' },
        ],
      },
    });
    expect(ask(clearCredentials, props)).toEqual([
      `warning serving.bindings.kafka.metadata[2].value: ${inClear} kubectl create secret generic kafka-credentials --from-literal=saslPassword=VALUE --from-literal=clientKey=VALUE --from-literal=sasl.token=VALUE`,
    ]);
    expect(examples(clearCredentials, props)).toEqual([
      {
        serving: {
          bindings: {
            kafka: {
              metadata: [
                { name: 'saslPassword', secretKeyRef: { name: 'kafka-credentials', key: 'saslPassword' } },
                { name: 'clientKey', secretKeyRef: { name: 'kafka-credentials', key: 'clientKey' } },
                { name: 'sasl.token', secretKeyRef: { name: 'kafka-credentials', key: 'sasl.token' } },
              ],
            },
          },
        },
      },
    ]);
  });

  test('of several components are one problem each, and those without any none', () => {
    const props = withComponents({
      bindings: { a: [password], b: [{ name: 'url', value: 'tcp://broker:1883' }] },
      pubsub: { c: [{ name: 'qos', value: 1 }, password] },
      states: { d: [password], e: [] },
    });
    expect(ask(clearCredentials, props)).toEqual([
      `warning serving.bindings.a.metadata[0].value: ${inClear} kubectl create secret generic a-credentials --from-literal=password=VALUE`,
      `warning serving.pubsub.c.metadata[1].value: ${inClear} kubectl create secret generic c-credentials --from-literal=password=VALUE`,
      `warning serving.states.d.metadata[0].value: ${inClear} kubectl create secret generic d-credentials --from-literal=password=VALUE`,
    ]);
    expect(examples(clearCredentials, props)).toEqual([
      {
        serving: {
          bindings: {
            a: { metadata: [{ name: 'password', secretKeyRef: { name: 'a-credentials', key: 'password' } }] },
          },
        },
      },
      {
        serving: {
          pubsub: {
            c: {
              metadata: [{ name: 'password', secretKeyRef: { name: 'c-credentials', key: 'password' } }],
            },
          },
        },
      },
      {
        serving: {
          states: { d: { metadata: [{ name: 'password', secretKeyRef: { name: 'd-credentials', key: 'password' } }] } },
        },
      },
    ]);
  });

  test('are all that the example shows: what stands beside them may be secret under another name', () => {
    const others = [
      { name: 'saslToken', secretKeyRef: { name: 's', key: 'k' } },
      { value: 'x' },
      {},
      { name: 'key', value: 'hunter3' },
      { name: 'useSecret', value: true },
    ];
    expect(examples(clearCredentials, withComponents({ pubsub: { p: [...others, password] } }))).toEqual([
      {
        serving: {
          pubsub: { p: { metadata: [{ name: 'password', secretKeyRef: { name: 'p-credentials', key: 'password' } }] } },
        },
      },
    ]);
    expect(examples(clearCredentials, withComponents({ pubsub: { p: others } }))).toEqual([]);
  });

  test.each([
    ['My_Kafka', 'my-kafka-credentials'],
    ['kafka.orders', 'kafka-orders-credentials'],
    ['-kafka-', 'kafka-credentials'],
    ['a__b..c', 'a-b-c-credentials'],
    ['k'.repeat(200), `${'k'.repeat(200)}-credentials`],
    ['k'.repeat(201), 'dapr-credentials'],
    ['my kafka', 'dapr-credentials'],
    ['kafka; rm -rf x', 'dapr-credentials'],
    ['$(id)', 'dapr-credentials'],
    ['kafka\n', 'dapr-credentials'],
    ['käfka', 'dapr-credentials'],
    ['', 'dapr-credentials'],
  ])('of the component %j get a Secret that Kubernetes takes', (key, secret) => {
    const props = withComponents({ bindings: { [key]: [password] } });
    const [problem = ''] = ask(clearCredentials, props);
    expect(problem.slice(problem.indexOf(inClear))).toBe(
      `${inClear} kubectl create secret generic ${secret} --from-literal=password=VALUE`,
    );
    expect(examples(clearCredentials, props)).toEqual([
      {
        serving: {
          bindings: { [key]: { metadata: [{ name: 'password', secretKeyRef: { name: secret, key: 'password' } }] } },
        },
      },
    ]);
  });

  test.each([
    ['sasl_password', 'sasl_password'],
    ['-my.secret', '-my.secret'],
    ['my password', 'value'],
    ['password; rm -rf x', 'value'],
    ['$(id)-token', 'value'],
    ["it's secret", 'value'],
    ['password=x', 'value'],
    [`password${'x'.repeat(192)}`, `password${'x'.repeat(192)}`],
    [`password${'x'.repeat(193)}`, 'value'],
  ])('%j become a key that Kubernetes takes and no shell runs', (name, key) => {
    const props = withComponents({ bindings: { b: [{ name, value: 'hunter2' }] } });
    expect(ask(clearCredentials, props)).toEqual([
      `warning serving.bindings.b.metadata[0].value: ${inClear} kubectl create secret generic b-credentials --from-literal=${key}=VALUE`,
    ]);
    expect(examples(clearCredentials, props)).toEqual([
      { serving: { bindings: { b: { metadata: [{ name, secretKeyRef: { name: 'b-credentials', key } }] } } } },
    ]);
  });
});
