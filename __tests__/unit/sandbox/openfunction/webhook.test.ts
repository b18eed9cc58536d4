import { DecodeError } from '../../../../sandbox/openfunction/conversion/go-duration';
import { toV1beta2 } from '../../../../sandbox/openfunction/conversion/to-v1beta2';
import { defaultV1beta1 } from '../../../../sandbox/openfunction/webhook/default-v1beta1';
import { defaultV1beta2 } from '../../../../sandbox/openfunction/webhook/default-v1beta2';
import { validateV1beta1 } from '../../../../sandbox/openfunction/webhook/validate-v1beta1';
import { validateV1beta2 } from '../../../../sandbox/openfunction/webhook/validate-v1beta2';
import { isRecord, type JsonRecord } from '../../../../src/record';
import { readProbes, testEach, type Probe } from '../../../support/conformance';

const fn = (spec: JsonRecord, metadata: JsonRecord = { name: 'f' }): JsonRecord => ({
  kind: 'Function',
  metadata,
  spec: { image: 'i', ...spec },
});
const repository = { url: 'u' };
const built = (build: JsonRecord): JsonRecord => ({
  imageCredentials: { name: 's' },
  build: { builder: 'b', srcRepo: repository, ...build },
});
const served = (serving: JsonRecord): JsonRecord => ({ serving: { runtime: 'async', ...serving } });
const scaled = (keda: JsonRecord): JsonRecord => served({ scaleOptions: { keda } });
const gateway = { gatewayRef: { name: 'openfunction', namespace: 'openfunction' } };

describe('the probes', () => {
  const probes = readProbes();
  const named = (chosen: Probe[]) => chosen.map((probe) => [probe.name, probe] as const);
  const isV1beta1 = ({ name }: Probe): boolean => name.startsWith('v1beta1/');

  const verdict1 = (probe: Probe): string => validateV1beta1(defaultV1beta1(probe.input)) ?? 'ok';
  const verdict2 = (probe: Probe): string => {
    const stored = isV1beta1(probe) ? toV1beta2(probe.input) : probe.input;
    return validateV1beta2(defaultV1beta2(stored)) ?? 'ok';
  };

  testEach('OpenFunction 1.0.0 about %s', named(probes.filter(isV1beta1)), (probe) => {
    const expected = probe['webhook_v1.0.0'];
    if (expected === null) expect(() => verdict1(probe)).toThrow(DecodeError);
    else expect(verdict1(probe)).toBe(expected);
  });

  const judged = probes.filter(({ convertPanic }) => !convertPanic);
  testEach('OpenFunction 1.2.0 about %s', named(judged), (probe) => {
    const expected = probe['webhook_v1.2.0'];
    if (expected === '') expect(() => verdict2(probe)).toThrow(DecodeError);
    else expect(verdict2(probe)).toBe(expected);
  });
});

describe('defaults of v1beta1', () => {
  test.each([
    ['knative', { serving: { runtime: 'knative' } }, { route: gateway }],
    [
      'a route',
      { serving: { runtime: 'knative' }, route: { hostnames: ['h'] } },
      { route: { hostnames: ['h'], ...gateway } },
    ],
    ['async', { serving: { runtime: 'async' } }, {}],
    ['an empty version', { version: '', port: 0, serving: { runtime: 'async' } }, { port: 0 }],
    ['no serving', { build: { srcRepo: repository } }, {}],
  ])('%s', (_title, spec, defaults) => {
    expect(defaultV1beta1(fn(spec)).spec).toEqual({ image: 'i', port: 8080, ...spec, version: 'latest', ...defaults });
  });

  test('what is set remains', () => {
    const spec = {
      image: 'i',
      version: 'v1',
      port: 1,
      route: { gatewayRef: { name: 'g', namespace: 'n' } },
      serving: { runtime: 'knative' },
    };
    expect(defaultV1beta1(fn(spec)).spec).toEqual(spec);
  });

  test('durations are rewritten, and a bad one is refused', () => {
    expect(defaultV1beta1(fn({ serving: { runtime: 'async', timeout: '90s' } })).spec).toMatchObject({
      serving: { timeout: '1m30s' },
    });
    expect(() => defaultV1beta1(fn({ serving: { runtime: 'async', timeout: '1d' } }))).toThrow(DecodeError);
  });
});

describe('defaults of v1beta2', () => {
  const triggersOf = (triggers: unknown): unknown => {
    const { spec } = defaultV1beta2(fn({ serving: { triggers } }));
    return isRecord(spec) && isRecord(spec.serving) && spec.serving.triggers;
  };

  test.each([
    ['no triggers', undefined, { http: { port: 8080, route: gateway } }],
    ['empty triggers', {}, { http: { port: 8080, route: gateway } }],
    ['port 0', { http: { port: 0 } }, { http: { port: 8080, route: gateway } }],
    ['Dapr alone', { dapr: [{ name: 'a' }] }, { dapr: [{ name: 'a' }] }],
    [
      'Dapr beside http',
      { dapr: [{ name: 'a' }], http: {} },
      { dapr: [{ name: 'a' }], http: { port: 8080, route: gateway } },
    ],
    [
      'Dapr beside port 0',
      { dapr: [{ name: 'a' }], http: { port: 0 } },
      { dapr: [{ name: 'a' }], http: { port: 0, route: gateway } },
    ],
    [
      'a route of its own',
      { http: { port: 1, engine: 'keda', route: { gatewayRef: { name: 'g', namespace: 'n' } } } },
      { http: { port: 1, engine: 'keda', route: { gatewayRef: { name: 'g', namespace: 'n' } } } },
    ],
  ])('%s', (_title, triggers, expected) => {
    expect(triggersOf(triggers)).toEqual(expected);
  });

  test('a function that is only built gets a version alone', () => {
    const spec = { build: { srcRepo: repository } };
    expect(defaultV1beta2(fn(spec)).spec).toEqual({ image: 'i', version: 'latest', ...spec });
  });
});

describe('defaults for WebAssembly', () => {
  const variant = { 'module.wasm.image/variant': 'compat-smart' };
  const wasm = {
    version: 'v1',
    workloadRuntime: 'wasmEDGE',
    build: { srcRepo: repository },
    serving: { runtime: 'async', triggers: { dapr: [{ name: 'a' }] }, template: { containers: [] } },
  };
  const expected = {
    build: { shipwright: { strategy: { name: 'wasmedge', kind: 'ClusterBuildStrategy' } } },
    serving: { annotations: variant, template: { runtimeClassName: 'openfunction-crun' } },
  };

  test('the workload runtime asks for them in any case', () => {
    const { metadata, spec } = defaultV1beta2(fn(wasm));
    expect(metadata).toEqual({ name: 'f', annotations: variant });
    expect(spec).toMatchObject(expected);
  });

  test('the annotation asks for them too, and keeps its value', () => {
    const annotations = { 'module.wasm.image/variant': 'compat' };
    const { metadata, spec } = defaultV1beta2(fn({ ...wasm, workloadRuntime: 'OCIContainer' }, { annotations }));
    expect(metadata).toEqual({ annotations });
    expect(spec).toMatchObject(expected);
  });

  test('what is set remains', () => {
    const spec = {
      image: 'i',
      version: 'v1',
      workloadRuntime: 'WasmEdge',
      build: { srcRepo: repository, shipwright: { timeout: '1m0s', strategy: { name: 's' } } },
      serving: {
        triggers: { dapr: [{ name: 'a' }] },
        annotations: { 'module.wasm.image/variant': 'compat' },
        template: { runtimeClassName: 'crun', containers: [] },
      },
    };
    expect(defaultV1beta2(fn(spec)).spec).toEqual(spec);
  });

  test('1.0.0 annotates only a Function that has annotations', () => {
    expect(defaultV1beta1(fn(wasm)).metadata).toEqual({ name: 'f' });
    expect(defaultV1beta1(fn(wasm)).spec).toMatchObject(expected);
    expect(defaultV1beta1(fn(wasm, { annotations: { a: 'b' } })).metadata).toEqual({
      annotations: { a: 'b', ...variant },
    });
  });
});

test('the object to default is not changed', () => {
  const spec = fn({ workloadRuntime: 'WasmEdge', serving: { runtime: 'knative', timeout: '90s' } });
  const before = structuredClone(spec);
  defaultV1beta1(spec);
  defaultV1beta2(spec);
  expect(spec).toEqual(before);
});

const keda = 'spec.serving.scaleOptions.keda';
const behavior = `${keda}.scaleObject.advanced.horizontalPodAutoscalerConfig.behavior`;
const advanced = (rules: JsonRecord): JsonRecord =>
  scaled({ scaledObject: { advanced: { horizontalPodAutoscalerConfig: { behavior: rules } } } });
const strategy = (scalingStrategy: JsonRecord): JsonRecord => scaled({ scaledJob: { scalingStrategy } });

describe('rules of both releases', () => {
  test.each<[JsonRecord, string | undefined]>([
    [{}, 'spec.serving: Required value: must be specified when `spec.build` is not enabled'],
    [{ image: '' }, 'spec.image: Required value: must be specified'],
    [
      built({ builder: undefined, srcRepo: {} }),
      'spec.build.builder: Required value: must be specified when `spec.build.dockerfile` is not enabled',
    ],
    [built({ srcRepo: undefined }), 'spec.build.srcRepo: Required value: must be specified when `spec.build` enabled'],
    [built({ srcRepo: { bundleContainer: { image: 'b' } } }), undefined],
    [built({ timeout: '-90s' }), 'spec.build.timeout: Invalid value: -1m30s: cannot be less than 0'],
    [
      built({ shipwright: { strategy: { name: 's', kind: '' } } }),
      'spec.build.shipwright.strategy.kind: Unsupported value: "": supported values: "BuildStrategy", "ClusterBuildStrategy"',
    ],
    [
      built({ shipwright: { timeout: '-1ms' } }),
      'spec.build.shipwright.timeout: Invalid value: -1ms: cannot be less than 0',
    ],
    [
      served({ scaleOptions: { minReplicas: 11 } }),
      'spec.serving.scaleOptions.minReplicas: Invalid value: 11: cannot be greater than maxReplicas',
    ],
    [
      served({ scaleOptions: { maxReplicas: -1 } }),
      'spec.serving.scaleOptions.maxReplicas: Invalid value: -1: cannot be less than 0',
    ],
    [served({ scaleOptions: { minReplicas: 11, maxReplicas: 11 } }), undefined],
    [advanced({ scaleUp: { stabilizationWindowSeconds: 3600 } }), undefined],
    [
      advanced({ scaleUp: { stabilizationWindowSeconds: 3601 } }),
      `${behavior}.scaleUp.stabilizationWindowSeconds: Invalid value: 3601: must be greater than or equal to 0 less than 3600`,
    ],
    [
      advanced({ scaleDown: { policies: [{ type: 'Pods' }, { type: 'X' }] } }),
      `${behavior}.scaleDown.policies.[1].type: Unsupported value: "X": supported values: "Pods", "Percent"`,
    ],
    [
      scaled({ scaledJob: { restartPolicy: 'Often' } }),
      `${keda}.scaleJob.restartPolicy: Unsupported value: "Often": supported values: "Always", "OnFailure", "Never"`,
    ],
    [
      strategy({ strategy: 'x' }),
      `${keda}.scaleJob.scalingStrategy.strategy: Unsupported value: "x": supported values: "default", "custom", "accurate"`,
    ],
    [
      strategy({ strategy: 'custom', customScalingQueueLengthDeduction: 1, customScalingRunningJobPercentage: '5 %' }),
      undefined,
    ],
    [
      strategy({ customScalingRunningJobPercentage: '5' }),
      `${keda}.scaleJob.scalingStrategy.customScalingRunningJobPercentage: Invalid value: "5": is not an invalid percentage value`,
    ],
  ])('%j', (spec, expected) => {
    expect(validateV1beta1(fn(spec))).toBe(expected);
    expect(validateV1beta2(fn(spec))).toBe(expected);
  });
});

describe('rules of 1.0.0 alone', () => {
  const component = (type: string): JsonRecord => ({ type, version: 'v1', metadata: [] });
  const trigger = (more: JsonRecord): JsonRecord => served({ triggers: [{ type: 'cron', metadata: {}, ...more }] });

  test.each<[JsonRecord, string | undefined]>([
    [
      { ...built({}), imageCredentials: {} },
      'spec.imageCredentials.name: Required value: must be specified when `spec.build` is enabled',
    ],
    [served({ runtime: '' }), 'spec.serving.runtime: Required value: must be specified'],
    [
      scaled({ scaledJob: {}, scaledObject: {} }),
      `${keda}.scaledObject: Required value: scaledJob and scaledObject have at most one enabled`,
    ],
    [
      scaled({ scaledObject: { minReplicaCount: 101 } }),
      `${keda}.scaledObject.minReplicaCount: Invalid value: 101: must be less than maxReplicaCount`,
    ],
    [
      scaled({ scaledJob: { maxReplicaCount: 0 } }),
      `${keda}.scaleJob.maxReplicaCount: Invalid value: 0: must not be less than 0`,
    ],
    [
      served({ outputs: [{ name: '', component: 'c' }] }),
      'spec.serving.outputs.[0].name: Required value: must be specified',
    ],
    [
      served({ pubsub: { a: component('pubsub.x') }, bindings: { a: component('bindings.x') } }),
      'spec.serving.pubsub.a: Invalid value: "a": cannot use the same name as the bindings component',
    ],
    [served({ bindings: { a: component('') } }), 'spec.serving.bindings.a.type: Required value: must be specified'],
    [
      served({ bindings: { b: component('x'), a: component('y') } }),
      'spec.serving.bindings.a.type: Invalid value: "y": the prefix should be bindings.',
    ],
    [trigger({ metadata: undefined }), 'spec.serving.triggers.[0].metadata: Required value: must be specified'],
    [trigger({ authenticationRef: { name: 'a', kind: '' } }), undefined],
    [
      trigger({ authenticationRef: { name: 'a', kind: 'X' } }),
      'spec.serving.triggers.[0].authenticationRef.kind: Unsupported value: "X": supported values: "TriggerAuthentication", "ClusterTriggerAuthentication"',
    ],
    [trigger({ fallback: 0 }), 'spec.serving.triggers.[0].fallbackReplicas: Invalid value: 0: must be greater than 0'],
    [
      trigger({ targetKind: 'pod' }),
      'spec.serving.triggers.[0].targetKind: Unsupported value: "pod": supported values: "object", "job"',
    ],
  ])('%j', (spec, expected) => {
    expect(validateV1beta1(fn(spec))).toBe(expected);
  });
});

describe('rules of 1.2.0 alone', () => {
  test.each<[JsonRecord, string | undefined]>([
    [built({ srcRepo: repository }), undefined],
    [
      scaled({ scaledJob: {}, httpScaledObject: {} }),
      `${keda}: Required value: Exactly one of scaledJob, scaledObject and httpScaledObject should be enabled`,
    ],
    [
      scaled({ httpScaledObject: { targetPendingRequests: -1 } }),
      `${keda}.httpScaledObject.targetPendingRequests: Invalid value: -1: cannot be less than 0`,
    ],
    [
      scaled({ httpScaledObject: { cooldownPeriod: -1 } }),
      `${keda}.scaledObject.cooldownPeriod: Invalid value: -1: cannot be less than 0`,
    ],
    [
      scaled({ scaledObject: { fallback: { replicas: 1 } } }),
      `${keda}.scaleObject.fallback.failureThreshold: Invalid value: 0: must be greater than or equal to 1`,
    ],
    [served({ triggers: { http: { engine: 'keda' } } }), undefined],
    [
      served({ triggers: { http: { engine: 'x' } } }),
      'spec.serving.triggers.http.engine: Invalid value: "x": Unknown engine type, supported engines include knative and keda',
    ],
  ])('%j', (spec, expected) => {
    expect(validateV1beta2(fn(spec))).toBe(expected);
  });
});

test('a bad duration is no verdict: the webhooks cannot decode the request', () => {
  const message = 'time: unknown unit " minutes" in duration "10 minutes"';
  expect(() => validateV1beta1(fn(built({ timeout: '10 minutes' })))).toThrow(new DecodeError(message));
  expect(() => validateV1beta2(fn(built({ timeout: '10 minutes' })))).toThrow(new DecodeError(message));
});
