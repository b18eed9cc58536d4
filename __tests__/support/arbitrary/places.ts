import fc from 'fast-check';
import { oddText } from './text';

/** How often, in percent, a property is there; others are the rarer the more there are beside them. */
const often: readonly (readonly [RegExp, number])[] = [
  [/^(serving|serving\.template)$/, 90],
  [/^serving\.(inputs|outputs|bindings|pubsub)$/, 55],
  [/^serving\.(scaleOptions|triggers|runtime)$/, 45],
  [/^serving\.(states|params|annotations|labels)$/, 25],
  [/^build$/, 40],
  [/^build\.(builder|srcRepo\.url)$/, 85],
  [/^build\.(env|params|shipwright)$/, 30],
  [/^(imageCredentials|route)$/, 30],
  [/^(labels|annotations)$/, 15],
  [/^pack$/, 10],
  [/^(context|kubeconfig|namespace)$/, 2],
];

export function oftenAt(place: string): number | undefined {
  return often.find(([pattern]) => pattern.test(place))?.[1];
}

const bindings = ['in', 'out', 'cron', 'mqtt-in', 'both'];
const topics = ['msg', 'kafka-server', 'orders', 'both'];
const components = fc.constantFrom(...bindings, ...topics);
const durations = fc.constantFrom('90s', '10m', '1h30m', '1.5s', '0', '0s', '100ms', '-1s', '5', '1d', '9999999999h', '.s', '1m-3s', '+5s', '1e3s', 'µs', '2µs'); // prettier-ignore
const images = fc.constantFrom('registry.example.com/me/hello:v1', 'me/hello', 'hello:latest', 'node:18', 'localhost:5000/a@sha256:' + 'a'.repeat(64), 'https://x/y', 'A B'); // prettier-ignore
const names = fc.constantFrom('hello', 'a', 'push-secret', 'x'.repeat(63), 'a-1', 'Hello', 'a.b', 'a_b', '1a');
const versions = fc.constantFrom('v1.0.0', 'v2', 'latest', '1', 'V1', 'a'.repeat(38), 'a'.repeat(60));
const labelValues = fc.constantFrom('a', '', 'v1', 'A_b.c', 'x'.repeat(63), 'x'.repeat(64), 'a b', '-a');

/** What people write at places where any text is accepted. */
const values: readonly (readonly [RegExp, fc.Arbitrary<unknown>])[] = [
  [/^version$/, versions],
  [/^image$|\.image$/, images],
  [/[tT]imeout$|builderMaxAge$/, durations],
  [/^serving\.(inputs|outputs)\[\*\]\.component$/, components],
  [
    /^serving\.bindings\.\*\.type$/,
    fc.constantFrom('bindings.mqtt', 'bindings.cron', 'bindings.http', 'bindings.kafka'),
  ],
  [/^serving\.pubsub\.\*\.type$/, fc.constantFrom('pubsub.mqtt', 'pubsub.kafka')],
  [/^serving\.states\.\*\.type$/, fc.constantFrom('state.redis', 'state.mysql')],
  [/^serving\.template\.containers\[\*\]\.name$/, fc.constantFrom('function', 'function', 'side')],
  [
    /^serving\.template\.(volumes\[\*\]|containers\[\*\]\.volumeMounts\[\*\])\.name$/,
    fc.constantFrom('data', 'config'),
  ],
  [/^build\.builder$/, fc.constantFrom('openfunction/builder-node:v2-16.15', 'openfunction/builder-go:latest')],
  [/^build\.srcRepo\.url$/, fc.constantFrom('https://github.com/me/functions.git', 'git@github.com:me/f.git')],
  [/^build\.shipwright\.strategy\.name$/, fc.constantFrom('openfunction', 'buildah', 'kaniko', 'ko', 'own')],
  [/^(serving\.)?(labels)\.\*$/, labelValues],
  [/^annotations\.\*$|^serving\.annotations\.\*$/, fc.constantFrom('true', 'false', 'http', 'grpc', 'sidecar', 'a b')],
  [/(Credentials|credentials|SecretRef|Secrets\[\*\]|secretKeyRef|authenticationRef)\.name$/, names],
  [/customScalingRunningJobPercentage$/, fc.constantFrom('50%', '0.5 %', '50', '%', '..%')],
  [/^workloadRuntime$/, fc.constantFrom('OCIContainer', 'WasmEdge', 'wasmedge')],
];

export function valueAtPlace(place: string): fc.Arbitrary<unknown> | undefined {
  return values.find(([pattern]) => pattern.test(place))?.[1];
}

const annotations = fc.constantFrom('dapr.io/app-protocol', 'dapr.io/app-id', 'openfunction.io/enable-dapr', 'openfunction.io/dapr-service-mode', 'plugins', 'plugins.tracing', 'a', 'module.wasm.image/variant'); // prettier-ignore
const labels = fc.constantFrom('app', 'a.b/c', 'app.kubernetes.io/version', 'openfunction.io/x', 'a/b/c', 'x'.repeat(64), 'a_', 'A.B/c'); // prettier-ignore
const variables = fc.constantFrom(
  'FUNCTION_TARGET',
  'FUNC_NAME',
  'FUNC_SRC',
  'PORT',
  'DB_PASSWORD',
  'a-b',
  '1A',
  'A B',
);

/** Names of the entries of maps. */
const keys: readonly (readonly [RegExp, fc.Arbitrary<string>])[] = [
  [/^serving\.bindings$/, fc.constantFrom(...bindings)],
  [/^serving\.pubsub$/, fc.constantFrom(...topics)],
  [/annotations$/, annotations],
  [/labels$|nodeSelector$|matchLabels$/, labels],
  [/env$|^serving\.params$/, variables],
  [/^build\.params$/, fc.constantFrom('CACHE_IMAGE', 'RUN_IMAGE', 'go-flags', 'DOCKERFILE', 'shp-a')],
  [/limits$|requests$|overhead$/, fc.constantFrom('cpu', 'memory', 'example.com/gpu')],
];

export function keysAt(place: string): fc.Arbitrary<string> {
  const known = keys.find(([pattern]) => pattern.test(place))?.[1];
  const any = fc.oneof(names, oddText);
  return known === undefined ? any : fc.oneof({ weight: 12, arbitrary: known }, { weight: 1, arbitrary: any });
}
