import type { Draft } from '../../../../src/props/draft';
import {
  daprAppId,
  daprMode,
  kedaWithStandaloneDapr,
  knownProtocol,
  protocolOfNode,
  signatureOfNode,
  usesDapr,
} from '../../../../src/props/rules/dapr';
import type { Rule } from '../../../../src/props/rules/rule';
import { ask, examples } from './support';

const protocol = 'dapr.io/app-protocol';
const mode = 'openfunction.io/dapr-service-mode';
const image = 'me/hello-node:v1';
const outputs = [{ name: 'o', component: 'c' }];

describe('Dapr', () => {
  test.each<[string, Draft['serving']]>([
    ['inputs', { runtime: 'async', inputs: [{ name: 'i' }] }],
    ['outputs', { outputs }],
    ['outputs that are not known yet', { outputs: [undefined] }],
    ['states', { states: { s: {} } }],
    ['outputs, and it is switched on', { outputs, annotations: { 'openfunction.io/enable-dapr': 'true' } }],
    ['nothing, when it is switched on', { annotations: { 'openfunction.io/enable-dapr': 'true' } }],
    ['nothing, when it is not switched off', { annotations: { 'openfunction.io/enable-dapr': 'no' } }],
  ])('is started for %s', (_title, serving) => {
    expect(usesDapr({ serving })).toBe(true);
  });

  test.each<[string, Draft['serving']]>([
    ['no serving', undefined],
    ['nothing', {}],
    ['empty lists and maps', { inputs: [], outputs: [], states: {} }],
    ['components that nothing uses', { bindings: { b: {} }, pubsub: { p: {} } }],
    ['outputs, and it is switched off', { outputs, annotations: { 'openfunction.io/enable-dapr': 'false' } }],
  ])('is not started for %s', (_title, serving) => {
    expect(usesDapr({ serving })).toBe(false);
  });

  test('is switched by annotations of the pods, and not of the Function', () => {
    expect(usesDapr({ annotations: { 'openfunction.io/enable-dapr': 'false' }, serving: { outputs } })).toBe(true);
    expect(usesDapr({ annotations: { 'openfunction.io/enable-dapr': 'true' }, serving: {} })).toBe(false);
  });
});

test.each<[string, Rule, Draft]>([
  [
    'the protocol',
    knownProtocol,
    { annotations: { [protocol]: 'tcp' }, serving: { runtime: 'async', annotations: { [protocol]: 'http' } } },
  ],
  ['the app ID', daprAppId, { annotations: { 'dapr.io/app-id': 'mine' }, serving: {} }],
  ['the mode', daprMode, { annotations: { [mode]: 'proxy' }, serving: {} }],
])('%s among the annotations of the Function itself has no effect', (_title, rule, props) => {
  expect(ask(rule, props)).toEqual([]);
});

describe('the protocol of an async Node function', () => {
  test('has to be written', () => {
    for (const annotations of [undefined, {}, { 'dapr.io/log-level': 'debug' }]) {
      const props: Draft = { image, serving: { runtime: 'async', annotations } };
      expect(ask(protocolOfNode, props)).toEqual([
        'warning serving.annotations["dapr.io/app-protocol"]: A Node function gets no event without it: it speaks HTTP with Dapr, and OpenFunction assumes gRPC.',
      ]);
      expect(examples(protocolOfNode, props)).toEqual([{ serving: { annotations: { [protocol]: 'http' } } }]);
    }
  });

  test('has to be written among the annotations of the pods', () => {
    const props: Draft = { image, annotations: { [protocol]: 'http' }, serving: { runtime: 'async' } };
    expect(ask(protocolOfNode, props)).toEqual([
      'warning serving.annotations["dapr.io/app-protocol"]: A Node function gets no event without it: it speaks HTTP with Dapr, and OpenFunction assumes gRPC.',
    ]);
  });

  test('may not be grpc', () => {
    const props: Draft = { image, serving: { runtime: 'async', annotations: { [protocol]: 'grpc' } } };
    expect(ask(protocolOfNode, props)).toEqual([
      'warning serving.annotations["dapr.io/app-protocol"]: A Node function gets no event over "grpc": it speaks HTTP with Dapr.',
    ]);
    expect(examples(protocolOfNode, props)).toEqual([{ serving: { annotations: { [protocol]: 'http' } } }]);
  });

  test.each<[string, Draft]>([
    ['it is http', { image, serving: { runtime: 'async', annotations: { [protocol]: 'http' } } }],
    ['it is https', { image, serving: { runtime: 'async', annotations: { [protocol]: 'https' } } }],
    ['it is none at all', { image, serving: { runtime: 'async', annotations: { [protocol]: 'tcp' } } }],
    ['the function is in another language', { image: 'me/hello:v1', serving: { runtime: 'async' } }],
    ['the runtime is knative', { image, serving: { runtime: 'knative' } }],
    ['the runtime is left out', { image, serving: {} }],
    ['there is no serving', { image }],
  ])('nothing is said when %s', (_title, props) => {
    expect(ask(protocolOfNode, props)).toEqual([]);
  });
});

describe('the protocol', () => {
  test.each(['tcp', 'HTTP'])('"%s" is none that Dapr speaks', (value) => {
    expect(ask(knownProtocol, { serving: { annotations: { [protocol]: value } } })).toEqual([
      `error serving.annotations["dapr.io/app-protocol"]: "${value}" is no protocol that Dapr speaks; expected one of http, grpc, https, grpcs, h2c.`,
    ]);
  });

  test.each(['http', 'grpc', 'https', 'grpcs', 'h2c'])('%s is one', (value) => {
    expect(ask(knownProtocol, { serving: { annotations: { [protocol]: value } } })).toEqual([]);
  });

  test('may be left out', () => {
    for (const props of [{}, { serving: {} }, { serving: { annotations: {} } }]) {
      expect(ask(knownProtocol, props)).toEqual([]);
    }
  });
});

describe('the signature of a Node function with outputs', () => {
  const key = 'FUNCTION_SIGNATURE_TYPE';

  test.each<[string, Draft]>([
    ['left out', { image, serving: { outputs } }],
    ['left out, with runtime: knative', { image, serving: { runtime: 'knative', outputs } }],
    ['another one', { image, serving: { outputs, params: { [key]: 'http' } } }],
    [
      'another one, which wins over that of the build',
      {
        build: { builder: 'openfunction/builder-node:v2-16.15', env: { FUNC_TYPE: 'openfunction' } },
        serving: { outputs, params: { [key]: 'cloudevent' } },
      },
    ],
  ])('%s', (_title, props) => {
    expect(ask(signatureOfNode, props)).toEqual([
      'warning serving.params.FUNCTION_SIGNATURE_TYPE: A Node function with runtime: knative and outputs needs "openfunction" here; otherwise it gets no context to send with.',
    ]);
    expect(examples(signatureOfNode, props)).toEqual([{ serving: { params: { [key]: 'openfunction' } } }]);
  });

  test.each<[string, Draft]>([
    ['openfunction', { image, serving: { outputs, params: { [key]: 'openfunction' } } }],
    [
      'openfunction by the build',
      { build: { builder: 'me/builder-node', env: { FUNC_TYPE: 'openfunction' } }, serving: { outputs } },
    ],
    [
      'openfunction by pack',
      { pack: { builder: 'me/builder-node', env: { FUNC_TYPE: 'openfunction' } }, serving: { outputs } },
    ],
    ['of no matter without outputs', { image, serving: { outputs: [] } }],
    ['of no matter with runtime: async', { image, serving: { runtime: 'async', outputs } }],
    ['of no matter in another language', { image: 'me/hello:v1', serving: { outputs } }],
    ['of no matter without serving', { image }],
  ])('%s', (_title, props) => {
    expect(ask(signatureOfNode, props)).toEqual([]);
  });
});

describe('the app ID', () => {
  const props: Draft = { serving: { annotations: { 'dapr.io/app-id': 'mine' } } };

  test('of the user hides the components', () => {
    expect(ask(daprAppId, props)).toEqual([
      'warning serving.annotations["dapr.io/app-id"]: OpenFunction shows the components only to its own ID, hello-default; with "mine" the function finds none. Remove it.',
    ]);
  });

  test('of another namespace hides them, too', () => {
    expect(ask(daprAppId, { serving: { annotations: { 'dapr.io/app-id': 'hello-team' } } })).toEqual([
      'warning serving.annotations["dapr.io/app-id"]: OpenFunction shows the components only to its own ID, hello-default; with "hello-team" the function finds none. Remove it.',
    ]);
  });

  test('hides them in a namespace that is not known, too', () => {
    expect(ask(daprAppId, props, { namespace: undefined })).toEqual([
      'warning serving.annotations["dapr.io/app-id"]: OpenFunction shows the components only to its own ID, hello-NAMESPACE; with "mine" the function finds none. Remove it.',
    ]);
  });

  test('may be the right one for a namespace that is not known', () => {
    const written = { serving: { annotations: { 'dapr.io/app-id': 'hello-team' } } };
    expect(ask(daprAppId, written, { namespace: undefined })).toEqual([]);
    expect(
      ask(daprAppId, { serving: { annotations: { 'dapr.io/app-id': 'hello' } } }, { namespace: undefined }),
    ).toEqual([
      'warning serving.annotations["dapr.io/app-id"]: OpenFunction shows the components only to its own ID, hello-NAMESPACE; with "hello" the function finds none. Remove it.',
    ]);
  });

  test('may be the one of OpenFunction, or be left out', () => {
    expect(ask(daprAppId, { serving: { annotations: { 'dapr.io/app-id': 'hello-default' } } })).toEqual([]);
    for (const none of [{}, { serving: {} }, { serving: { annotations: {} } }]) {
      expect(ask(daprAppId, none)).toEqual([]);
    }
  });
});

describe('the mode of Dapr', () => {
  test.each(['proxy', 'Sidecar', 'STANDALONE', ''])('"%s" is none', (written) => {
    expect(ask(daprMode, { serving: { annotations: { [mode]: written } } })).toEqual([]);
    expect(ask(daprMode, { serving: { outputs: [{ name: 'o' }], annotations: { [mode]: written } } })).toEqual([
      `error serving.annotations["openfunction.io/dapr-service-mode"]: "${written}" is no mode of Dapr, which would not start; expected "standalone" or "sidecar".`,
    ]);
  });

  test.each(['standalone', 'sidecar'])('%s is one, with any runtime', (written) => {
    for (const runtime of [undefined, 'knative', 'async'] as const) {
      expect(ask(daprMode, { serving: { runtime, annotations: { [mode]: written } } })).toEqual([]);
    }
  });

  test('may be left out', () => {
    for (const props of [{}, { serving: {} }, { serving: { annotations: {} } }]) {
      expect(ask(daprMode, props)).toEqual([]);
    }
  });
});

describe('KEDA with a Dapr that runs on its own', () => {
  const serving: Draft['serving'] = { runtime: 'async', inputs: [{ name: 'i' }], scaleOptions: { keda: {} } };
  const example = { serving: { annotations: { [mode]: 'sidecar' } } };

  test('does not scale, by default', () => {
    expect(ask(kedaWithStandaloneDapr, { serving })).toEqual([
      'warning serving.annotations["openfunction.io/dapr-service-mode"]: KEDA does not scale a function whose Dapr runs on its own ("standalone", which is the default). Let it run beside the function.',
    ]);
    expect(examples(kedaWithStandaloneDapr, { serving })).toEqual([example]);
  });

  test('does not scale, as it is written', () => {
    const props: Draft = { serving: { ...serving, annotations: { [mode]: 'standalone' } } };
    expect(ask(kedaWithStandaloneDapr, props)).toEqual([
      'warning serving.annotations["openfunction.io/dapr-service-mode"]: KEDA does not scale a function whose Dapr runs on its own ("standalone"). Let it run beside the function.',
    ]);
    expect(examples(kedaWithStandaloneDapr, props)).toEqual([example]);
  });

  test.each([
    [['0.8'] as const, 1],
    [['0.7', '0.8'] as const, 1],
    [['1.2'] as const, 1],
    [['0.7'] as const, 0],
    [['0.6', '0.7'] as const, 0],
  ])('is there since 0.8: of the releases %j it is told %i times', (releases, count) => {
    expect(ask(kedaWithStandaloneDapr, { serving }, { releases })).toHaveLength(count);
  });

  test.each<[string, Draft['serving']]>([
    ['Dapr runs beside the function', { ...serving, annotations: { [mode]: 'sidecar' } }],
    ['the mode is none, which is told already', { ...serving, annotations: { [mode]: 'proxy' } }],
    ['the runtime is knative, which KEDA does not scale', { ...serving, runtime: 'knative' }],
    ['the runtime is left out', { ...serving, runtime: undefined }],
    ['Dapr is not used', { ...serving, inputs: [] }],
    ['Dapr is switched off', { ...serving, annotations: { 'openfunction.io/enable-dapr': 'false' } }],
    ['KEDA is not used', { ...serving, scaleOptions: { minReplicas: 1 } }],
    ['nothing is said of scaling', { ...serving, scaleOptions: undefined }],
    ['there is no serving', undefined],
  ])('is no problem when %s', (_title, given) => {
    expect(ask(kedaWithStandaloneDapr, { serving: given })).toEqual([]);
  });

  test('is told whatever the annotations of the Function itself say', () => {
    expect(ask(kedaWithStandaloneDapr, { annotations: { [mode]: 'sidecar' }, serving })).toHaveLength(1);
  });
});
