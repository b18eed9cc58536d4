import {
  DecodeError,
  formatGoDuration,
  parseGoDuration,
} from '../../../../sandbox/openfunction/conversion/go-duration';
import { ConversionError, ConversionPanic } from '../../../../sandbox/openfunction/conversion/panic';
import { toV1beta1 } from '../../../../sandbox/openfunction/conversion/to-v1beta1';
import { toV1beta2 } from '../../../../sandbox/openfunction/conversion/to-v1beta2';
import type { JsonRecord } from '../../../../src/record';
import { publishedFunctions, readGolden, readProbes, testEach } from '../../../support/conformance';

const v1beta1 = (spec: JsonRecord, rest: JsonRecord = {}): JsonRecord => ({
  apiVersion: 'core.openfunction.io/v1beta1',
  kind: 'Function',
  metadata: { name: 'f' },
  spec: { image: 'i', ...spec },
  ...rest,
});
const v1beta2 = (spec: JsonRecord, rest: JsonRecord = {}): JsonRecord => ({
  ...v1beta1(spec, rest),
  apiVersion: 'core.openfunction.io/v1beta2',
});
const specOf = (fn: JsonRecord): unknown => fn.spec;
const annotated = (annotations: JsonRecord): JsonRecord =>
  v1beta1({ serving: { runtime: 'async' } }, { metadata: { name: 'f', annotations } });

describe('as OpenFunction 1.2.0 itself converts', () => {
  const published = publishedFunctions().map((item) => [item.file, item] as const);
  testEach('the published %s', published, ({ file, manifest }) => {
    expect(toV1beta2({ ...manifest })).toEqual(readGolden(file));
  });

  const probes = readProbes().filter(({ name }) => name.startsWith('v1beta1/'));
  const named = (chosen: typeof probes) => chosen.map((probe) => [probe.name, probe] as const);

  testEach('the probe %s', named(probes.filter((probe) => probe.v1beta2)), ({ input, v1beta2 }) => {
    expect(toV1beta2(input)).toEqual(v1beta2);
  });

  testEach('the panic of %s', named(probes.filter((probe) => probe.convertPanic)), ({ input }) => {
    expect(() => toV1beta2(input)).toThrow(ConversionPanic);
  });

  testEach('the refusal of %s', named(probes.filter((probe) => probe['webhook_v1.2.0'] === '')), ({ input }) => {
    expect(() => toV1beta2(input)).toThrow(DecodeError);
  });
});

test('the object to convert is not changed', () => {
  const fn = v1beta1({ build: { srcRepo: { url: 'u' }, builderMaxAge: '90s' }, serving: { runtime: 'knative' } });
  const before = structuredClone(fn);
  const converted = toV1beta2(fn);
  toV1beta1(converted);
  expect(fn).toEqual(before);
});

describe('v1beta1 to v1beta2', () => {
  test('params become a sorted list beside the strategy', () => {
    const build = {
      srcRepo: { url: 'u' },
      params: { b: '2', a: '1' },
      shipwright: { strategy: { name: 's' }, timeout: '90s' },
    };
    expect(specOf(toV1beta2(v1beta1({ build })))).toEqual({
      image: 'i',
      build: {
        srcRepo: { url: 'u' },
        shipwright: {
          strategy: { name: 's' },
          timeout: '1m30s',
          params: [
            { name: 'a', value: '1' },
            { name: 'b', value: '2' },
          ],
        },
      },
    });
  });

  test('empty values are left out, but not what Go holds in a pointer', () => {
    const fn = v1beta1({
      version: '',
      imageCredentials: {},
      workloadRuntime: '',
      build: { builder: '', env: {}, params: {}, srcRepo: { url: '', revision: '', credentials: {} } },
      serving: { runtime: 'async', labels: {}, outputs: [], states: {}, scaleOptions: { knative: {}, keda: {} } },
    });
    expect(specOf(toV1beta2(fn))).toEqual({
      version: '',
      image: 'i',
      imageCredentials: {},
      build: { builder: '', srcRepo: { revision: '', credentials: {} } },
      serving: { triggers: {}, scaleOptions: { knative: {}, keda: {} } },
    });
  });

  test('a knative function keeps port and route, and loses its inputs', () => {
    const route = { hostnames: ['h'], rules: [{}], gatewayRef: { name: 'g', namespace: 'n' } };
    const fn = v1beta1({
      port: 3000,
      route,
      serving: { runtime: 'knative', inputs: [{ name: 'a', component: 'c' }] },
    });
    expect(specOf(toV1beta2(fn))).toEqual({ image: 'i', serving: { triggers: { http: { port: 3000, route } } } });
  });

  test('a component is looked for in the bindings before the pubsubs; params of an input are lost', () => {
    const serving = {
      runtime: 'async',
      bindings: { both: { type: 'bindings.x' } },
      pubsub: { both: { type: 'pubsub.x' }, topics: { type: 'pubsub.y' } },
      inputs: [
        { name: 'a', component: 'both', operation: 'get', params: { p: '1' } },
        { name: 'b', component: 'topics', topic: 't' },
      ],
      outputs: [{ name: 'o', component: 'topics', topic: 't', operation: 'create', params: { p: '1' } }],
    };
    expect(specOf(toV1beta2(v1beta1({ serving })))).toMatchObject({
      serving: {
        triggers: {
          dapr: [
            { name: 'both', type: 'bindings.x', inputName: 'a' },
            { name: 'topics', type: 'pubsub.y', topic: 't', inputName: 'b' },
          ],
        },
        outputs: [
          {
            dapr: {
              name: 'topics',
              type: 'pubsub.y',
              topic: 't',
              operation: 'create',
              outputName: 'o',
              metadata: { p: '1' },
            },
          },
        ],
      },
    });
  });

  test('a scaledJob beside a scaledObject takes its pollingInterval and its place', () => {
    const scaleOptions = {
      minReplicas: 1,
      maxReplicas: 2,
      keda: {
        scaledObject: { pollingInterval: 7, minReplicaCount: 3, maxReplicaCount: 4 },
        scaledJob: { pollingInterval: 9, restartPolicy: 'Never', maxReplicaCount: 5 },
      },
    };
    expect(specOf(toV1beta2(v1beta1({ serving: { runtime: 'async', scaleOptions } })))).toMatchObject({
      serving: {
        workloadType: 'Job',
        scaleOptions: {
          minReplicas: 3,
          maxReplicas: 5,
          keda: { scaledObject: { pollingInterval: 7 }, scaledJob: { pollingInterval: 7, restartPolicy: 'Never' } },
        },
      },
    });
  });

  test('triggers without keda are lost', () => {
    const serving = { runtime: 'async', triggers: [{ type: 'cron', metadata: {} }], scaleOptions: { maxReplicas: 1 } };
    expect(specOf(toV1beta2(v1beta1({ serving })))).toEqual({
      image: 'i',
      serving: { triggers: {}, scaleOptions: { maxReplicas: 1 } },
    });
  });

  test('a state store moves into its spec', () => {
    const states = { store: { type: 'state.redis', version: 'v1', metadata: [] }, none: null };
    expect(specOf(toV1beta2(v1beta1({ serving: { runtime: 'async', states } })))).toMatchObject({
      serving: { states: { store: { spec: states.store }, none: {} } },
    });
  });

  test('the status keeps its parts, except the service', () => {
    const status = {
      build: { state: 'Succeeded', service: 's' },
      serving: { state: 'Running', resourceRef: 'r', resourceHash: '1', lastSuccessfulResourceRef: 'l' },
      route: { hosts: ['h'], paths: [{ type: 'PathPrefix', value: '/' }] },
      addresses: [{ type: 'Internal', value: 'u' }],
      revision: { imageDigest: 'd' },
      sources: [{ name: 'default', git: { commitSha: 'c' }, bundle: { digest: 'b' } }],
    };
    const { status: converted } = toV1beta2(v1beta1({}, { status }));
    expect(converted).toEqual({ ...status, build: { state: 'Succeeded' } });
  });

  test('an address without a type panics', () => {
    expect(() => toV1beta2(v1beta1({}, { status: { addresses: [{ value: 'u' }] } }))).toThrow(ConversionPanic);
  });
});

describe('the annotations of plugins', () => {
  const servingOf = (annotations: JsonRecord): unknown =>
    (toV1beta2(annotated(annotations)).spec as JsonRecord).serving;

  test.each([
    ['order runs reversed afterwards', 'order: [a, b]', { pre: ['a', 'b'], post: ['b', 'a'] }],
    ['pre and post win over the order', 'order: [a, b]\npost: [c]', { pre: ['a', 'b'], post: ['c'] }],
    ['an empty list wins too', 'order: [a]\npre: []', { post: ['a'] }],
    ['other keys do not matter', 'pre: [1.0, ~]\nx: y', { pre: ['1.0', ''] }],
    ['nothing but a comment is no plugin', '# none', {}],
  ])('%s', (_title, plugins, hooks) => {
    expect(servingOf({ plugins })).toEqual({ triggers: {}, hooks: { policy: 'Override', ...hooks } });
  });

  test('tracing keeps texts as they are written', () => {
    const tracing = [
      'enabled: on',
      'provider:',
      '  name: opentelemetry',
      '  exporter: { name: otlp, endpoint: "http://o", timeout: 1.50 }',
      'tags: { layer: 1.0, none: null, yes: True }',
    ].join('\n');
    expect(servingOf({ 'plugins.tracing': tracing })).toEqual({
      triggers: {},
      tracing: {
        enabled: true,
        provider: { name: 'opentelemetry', exporter: { name: 'otlp', endpoint: 'http://o', timeout: '1.50' } },
        tags: { layer: '1.0', none: '', yes: 'True' },
      },
    });
  });

  test.each([
    [{ plugins: 'pre: [' }, 'yaml: '],
    [{ plugins: 'just text' }, 'cannot unmarshal !!str `just text` into a mapping'],
    [{ plugins: 'pre: a' }, 'cannot unmarshal !!str `a` into []string'],
    [{ plugins: 'pre: [{}]' }, 'cannot unmarshal !!map into string'],
    [{ 'plugins.tracing': 'enabled: maybe' }, 'cannot unmarshal !!str `maybe` into bool'],
    [{ 'plugins.tracing': 'tags: [a]' }, 'cannot unmarshal !!seq into a mapping'],
  ])('%j cannot be converted', (annotations, message) => {
    expect(() => toV1beta2(annotated(annotations))).toThrow(ConversionError);
    expect(() => toV1beta2(annotated(annotations))).toThrow(message);
  });

  test('they are not read where nothing is served', () => {
    const metadata = { name: 'f', annotations: { plugins: 'pre: [' } };
    expect(toV1beta2(v1beta1({ build: { srcRepo: { url: 'u' } } }, { metadata })).metadata).toEqual(metadata);
  });
});

describe('v1beta2 to v1beta1', () => {
  test('hooks and tracing become annotations over those that are there', () => {
    const serving = {
      triggers: { dapr: [] },
      hooks: { policy: 'Append', pre: ['a'], post: ['b'] },
      tracing: {
        enabled: true,
        provider: { name: 'p', exporter: { name: 'e', endpoint: 'u' } },
        tags: { b: '2', a: 'x' },
      },
    };
    const metadata = { name: 'f', annotations: { plugins: 'old', other: 'o' } };
    const { annotations } = toV1beta1(v1beta2({ serving }, { metadata })).metadata as JsonRecord;
    expect(annotations).toMatchInlineSnapshot(`
     {
       "other": "o",
       "plugins": "pre:
         - a
     post:
         - b
     ",
       "plugins.tracing": "enabled: true
     provider:
         name: p
         exporter:
             name: e
             endpoint: u
     tags:
         a: x
         b: "2"
     ",
     }
    `);
  });

  test('hooks of nothing are an empty mapping, tracing without a provider is null', () => {
    const fn = v1beta2({ serving: { hooks: { policy: 'Append' }, tracing: { enabled: false } } });
    expect(toV1beta1(fn).metadata).toEqual({
      name: 'f',
      annotations: { plugins: '{}\n', 'plugins.tracing': 'enabled: false\nprovider: null\n' },
    });
  });

  test('an http trigger beside Dapr wins, its engine and the state inputs are lost', () => {
    const triggers = { http: { port: 80, engine: 'keda' }, dapr: [{ name: 'c' }], inputs: [{ dapr: { name: 's' } }] };
    expect(specOf(toV1beta1(v1beta2({ serving: { triggers } })))).toEqual({
      image: 'i',
      port: 80,
      serving: { runtime: 'knative' },
    });
  });

  test.each([
    ['no triggers', undefined, { runtime: '' }],
    ['an empty list', { dapr: [] }, { runtime: 'async' }],
    [
      'Dapr triggers',
      { dapr: [{ name: 'c', type: 't', topic: 'x', inputName: 'a' }, { name: 'd' }] },
      {
        runtime: 'async',
        inputs: [
          { name: 'a', component: 'c', topic: 'x' },
          { name: '', component: 'd' },
        ],
      },
    ],
  ])('the runtime of %s', (_title, triggers, serving) => {
    expect(specOf(toV1beta1(v1beta2({ serving: { triggers } })))).toEqual({ image: 'i', serving });
  });

  test('replicas are written twice, what v1beta1 does not know is lost', () => {
    const scaleOptions = {
      minReplicas: 1,
      maxReplicas: 2,
      keda: {
        scaledObject: { cooldownPeriod: 3, fallback: { failureThreshold: 1, replicas: 1 } },
        httpScaledObject: { targetPendingRequests: 1 },
        triggers: [{ type: 'cron', metadata: { a: 'b' } }],
      },
    };
    expect(specOf(toV1beta1(v1beta2({ serving: { workloadType: 'StatefulSet', scaleOptions } })))).toEqual({
      image: 'i',
      serving: {
        runtime: '',
        scaleOptions: {
          minReplicas: 1,
          maxReplicas: 2,
          keda: {
            scaledObject: { workloadType: 'StatefulSet', minReplicaCount: 1, maxReplicaCount: 2, cooldownPeriod: 3 },
          },
        },
        triggers: [{ type: 'cron', metadata: { a: 'b' } }],
      },
    });
  });

  test('a scaledJob keeps its pollingInterval', () => {
    const scaleOptions = { maxReplicas: 2, keda: { scaledJob: { pollingInterval: 5 } } };
    expect(specOf(toV1beta1(v1beta2({ serving: { scaleOptions } })))).toMatchObject({
      serving: { scaleOptions: { keda: { scaledJob: { pollingInterval: 5, maxReplicaCount: 2 } } } },
    });
  });

  test('of the params only single values remain, and no timeout of the build', () => {
    const build = {
      srcRepo: { url: 'u' },
      timeout: '10m',
      shipwright: {
        params: [
          { name: 'a', value: '1' },
          { name: 'b', secretValue: { name: 's', key: 'k' } },
          { name: 'c', values: [{ value: '1' }] },
        ],
      },
    };
    expect(specOf(toV1beta1(v1beta2({ build })))).toEqual({
      image: 'i',
      build: { srcRepo: { url: 'u' }, shipwright: {}, params: { a: '1' } },
    });
  });

  test('a state store that exists elsewhere becomes null', () => {
    const states = { own: { spec: { type: 't' } }, other: {} };
    expect(specOf(toV1beta1(v1beta2({ serving: { states } })))).toEqual({
      image: 'i',
      serving: { runtime: '', states: { own: { type: 't' }, other: null } },
    });
  });

  test('without sources the status says no address, route or revision', () => {
    const condition = { state: 'Running', resourceRef: 'r', resourceHash: '1' };
    const observed = {
      addresses: [{ type: 'Internal', value: 'u' }],
      route: { hosts: ['h'] },
      revision: { imageDigest: 'd' },
    };
    const more = { reason: 'r', message: 'm', buildDuration: '90s', service: 's' };
    const build = { ...condition, ...more };
    expect(toV1beta1(v1beta2({}, { status: { build, ...observed } })).status).toEqual({ build: condition });
    const sources = [{ name: 'default', git: { commitSha: 'c' } }];
    expect(toV1beta1(v1beta2({}, { status: { build, sources, ...observed } })).status).toEqual({
      build: condition,
      sources,
      ...observed,
    });
  });

  test.each([
    [
      'a bundle without credentials',
      { build: { srcRepo: { bundleContainer: { image: 'b' } } } },
      'spec.build.srcRepo.credentials',
    ],
    ['an output without dapr', { serving: { outputs: [{}] } }, 'spec.serving.outputs[].dapr'],
    ['an output that names nothing', { serving: { outputs: [{ dapr: { operation: 'get' } }] } }, 'outputs[].dapr.name'],
    ['a trigger that names nothing', { serving: { triggers: { dapr: [{ inputName: 'a' }] } } }, 'triggers.dapr[].name'],
    ['a null state store', { serving: { states: { s: null } } }, 'spec.serving.states.s'],
  ])('%s panics', (_title, spec, field) => {
    expect(() => toV1beta1(v1beta2(spec))).toThrow(ConversionPanic);
    expect(() => toV1beta1(v1beta2(spec))).toThrow(`nil pointer dereference: `);
    expect(() => toV1beta1(v1beta2(spec))).toThrow(field);
  });
});

describe('there and back', () => {
  test('a knative function without hooks comes back as it was', () => {
    const fn = v1beta1({
      version: 'v1',
      port: 8080,
      imageCredentials: { name: 's' },
      build: { builder: 'b', env: { A: '1' }, srcRepo: { url: 'u', credentials: { name: 'c' } } },
      serving: { runtime: 'knative', params: { B: '2' }, template: { containers: [{ name: 'function' }] } },
    });
    expect(toV1beta1(toV1beta2(fn))).toEqual(fn);
  });

  test('inputs and outputs of an async function come back as they were', () => {
    const serving = {
      runtime: 'async',
      bindings: { c: { type: 'bindings.x', version: 'v1', metadata: [] } },
      inputs: [{ name: 'a', component: 'c', topic: 't' }],
      outputs: [{ name: 'o', component: 'c', operation: 'create', params: { p: '1' } }],
    };
    expect(specOf(toV1beta1(toV1beta2(v1beta1({ serving }))))).toEqual({ image: 'i', serving });
  });

  test('an async function without inputs comes back without a runtime', () => {
    const fn = v1beta1({ port: 80, serving: { runtime: 'async' } });
    expect(specOf(toV1beta1(toV1beta2(fn)))).toEqual({ image: 'i', serving: { runtime: '' } });
  });
});

describe('Go durations', () => {
  test.each([
    ['0', '0s'],
    ['90s', '1m30s'],
    ['10m', '10m0s'],
    ['-1h', '-1h0m0s'],
    ['+1.5h', '1h30m0s'],
    ['1h0.5s', '1h0m0.5s'],
    ['.5s', '500ms'],
    ['1.5ms', '1.5ms'],
    ['1500ns', '1.5µs'],
    ['2us', '2µs'],
    ['7ns', '7ns'],
    ['-2562047h47m16.854775808s', '-2562047h47m16.854775808s'],
  ])('%s is %s', (text, formatted) => {
    expect(formatGoDuration(parseGoDuration(text))).toBe(formatted);
  });

  test.each([
    ['', 'time: invalid duration ""'],
    ['-', 'time: invalid duration "-"'],
    ['soon', 'time: invalid duration "soon"'],
    ['.s', 'time: invalid duration ".s"'],
    ['5', 'time: missing unit in duration "5"'],
    ['5 minutes', 'time: unknown unit " minutes" in duration "5 minutes"'],
    ['1d', 'time: unknown unit "d" in duration "1d"'],
    ['2562047h47m16.854775808s', 'time: invalid duration "2562047h47m16.854775808s"'],
  ])('%j is refused', (text, message) => {
    expect(() => parseGoDuration(text)).toThrow(new DecodeError(message));
  });
});
