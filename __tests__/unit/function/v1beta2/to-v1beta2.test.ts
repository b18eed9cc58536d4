import { toV1beta2 } from '../../../../src/function/v1beta2';
import type { FunctionManifest } from '../../../../src/function/types';
import { publishedFunctions, readGolden, readProbes, testEach } from '../../../support/conformance';

const convert = (manifest: object): FunctionManifest => toV1beta2(manifest as FunctionManifest);

const lostTimeout = { spec: { build: { timeout: '10m0s' } } };
const openHttp = { spec: { serving: { triggers: { http: {} } } } };
const source = { spec: { build: { srcRepo: { bundleContainer: { image: 'r/s:v1' } } } } };

/** Where we make something else than OpenFunction 1.2.0, and why: what is to be there besides, or instead. */
const repaired: Readonly<Record<string, { why: string; part: object }>> = {
  ...each(
    'build.timeout is dropped',
    lostTimeout,
    'function-sample--8d84bd.yaml',
    'function-sample--b51a39.yaml',
    'function-sample-build-only--d49131.yaml',
    'v1beta1/build-timeout-ok',
  ),
  ...each(
    'the name of the credentials is taken for the image',
    source,
    'v1beta1/bundle-with-credentials',
    'v1beta1/srcRepo-both',
  ),
  ...each(
    'without inputs there is no trigger, until the webhook adds one for HTTP',
    openHttp,
    'v1beta1/async-no-inputs',
    'v1beta1/image-empty',
    'v1beta1/min-neg',
    'v1beta1/so-polling-neg',
    'v1beta1/so-cooldown-neg',
    'v1beta1/so-selectPolicy-bad',
    'v1beta1/so-policy-type-bad',
    'v1beta1/so-policy-period-neg',
    'v1beta1/so-workloadType-bad',
    'v1beta1/so-min-gt-max',
    'v1beta1/pubsub-wrong-type',
    'v1beta1/trigger-keda-empty',
    'v1beta1/runtime-bad',
    'v1beta1/tracing',
  ),
  ...each(
    'an output to a component that the function does not define is dropped (and as without inputs)',
    { spec: { serving: { ...openHttp.spec.serving, outputs: [{ dapr: { name: 'nope', outputName: 'a' } }] } } },
    'v1beta1/output-unknown-component',
  ),
  ...each(
    'triggers are dropped without scaleOptions.keda (and as without inputs)',
    {
      spec: {
        serving: {
          ...openHttp.spec.serving,
          scaleOptions: { keda: { scaledObject: {}, triggers: [{ type: '', metadata: { a: 'b' } }] } },
          workloadType: 'Deployment',
        },
      },
    },
    'v1beta1/trigger-empty-type',
  ),
};

function each(why: string, part: object, ...names: string[]): Record<string, { why: string; part: object }> {
  return Object.fromEntries(names.map((name) => [name, { why, part }]));
}

/** What OpenFunction makes of it, less its faults. */
function expected(name: string, golden: unknown): unknown {
  return name in repaired ? overlay(golden, repaired[name]?.part) : golden;
}

function overlay(base: unknown, part: unknown): unknown {
  const isMap = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isMap(base) || !isMap(part)) return part;
  return {
    ...base,
    ...Object.fromEntries(Object.entries(part).map(([key, value]) => [key, overlay(base[key], value)])),
  };
}

describe('what OpenFunction 1.2.0 itself makes, less its faults', () => {
  const published = publishedFunctions().map((fn) => [fn.file, fn] as const);
  testEach('of %s', published, ({ file, manifest }) => {
    expect(convert(manifest)).toEqual(expected(file, readGolden(file)));
  });

  const probes = readProbes().filter(({ input }) => input['apiVersion'] === 'core.openfunction.io/v1beta1');
  const converted = probes.filter(({ v1beta2 }) => v1beta2 !== undefined);
  testEach(
    'of the probe %s',
    converted.map((probe) => [probe.name, probe] as const),
    ({ name, input, v1beta2 }) => {
      expect(convert(input)).toEqual(expected(name, v1beta2));
    },
  );

  testEach(
    'of the probe %s, over which it panics',
    probes.filter(({ convertPanic }) => convertPanic).map((probe) => [probe.name, probe] as const),
    ({ input }) => {
      expect(convert(input)).toMatchSnapshot();
    },
  );

  const goldens = [
    ...published.map(([file]) => [file, readGolden(file)] as const),
    ...converted.map(({ name, v1beta2 }) => [name, v1beta2] as const),
  ].filter(([name]) => name in repaired);
  testEach(
    '%s shows a fault',
    goldens.map(([name, golden]) => [name, { name, golden }] as const),
    ({ name, golden }) => {
      expect(expected(name, golden)).not.toEqual(golden);
    },
  );

  test('no fault is listed of what is not there', () => {
    if (published.length === 0) return;
    expect(goldens.map(([name]) => name).sort()).toEqual(Object.keys(repaired).sort());
  });
});
