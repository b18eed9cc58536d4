import type { Schema } from '../../apiserver/schema/schema';
import type { Release } from '../release';
import { schemaOfProp } from './from-props';
import { adding, amend, flag, having, integer, list, mapOf, object, placeAt, text, textMap, without } from './parts';

const fields = ['version', 'image', 'imageCredentials', 'port', 'workloadRuntime', 'route', 'build', 'serving'];

/** `spec` of a v1beta1 Function. */
export function specV1beta1(release: Release): Schema {
  const isNewer = release === '1.2';
  const spec = object(Object.fromEntries(fields.map((field) => [field, schemaOfProp(field, isNewer)])), ['image']);
  const changes: [path: string, change: (place: Schema) => Schema][] = [
    ['workloadRuntime', adding({ default: 'OCIContainer' })],
    ['serving', adding({ required: ['runtime'] })],
    ['serving.runtime', adding({ enum: ['knative', 'async'] })],
    ['serving.triggers.*.targetKind', adding({ enum: ['object', 'job'] })],
    ...podTemplateKeywords.map(([path, keywords]): (typeof changes)[number] => [
      `serving.template${path}`,
      adding(keywords),
    ]),
    ...routeKeywords.map(([path, keywords]): (typeof changes)[number] => [`route.${path}`, adding(keywords)]),
    ...(isNewer ? only12 : only10),
  ];
  return changes.reduce((schema, [path, change]) => amend(schema, path, change), spec);
}

const ports: Schema = { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['containerPort', 'protocol'] };

/** What the CRD says of pod templates besides names and types. */
const podTemplateKeywords: readonly (readonly [string, Schema])[] = [
  ['', { required: ['containers'] }],
  ['.nodeSelector', { 'x-kubernetes-map-type': 'atomic' }],
  [
    '.topologySpreadConstraints',
    { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['topologyKey', 'whenUnsatisfiable'] },
  ],
  ...['.containers', '.initContainers'].flatMap((path): [string, Schema][] => [
    [`${path}.*.ports`, ports],
    [`${path}.*.ports.*.protocol`, { default: 'TCP' }],
  ]),
];

const byName: Schema = { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'] };
const prefix: Schema = { default: { type: 'PathPrefix', value: '/' } };

/** What the Gateway API says of routes besides limits. */
const routeKeywords: readonly (readonly [string, Schema])[] = [
  ['rules.*.matches', { default: [prefix.default].map((path) => ({ path })) }],
  ['rules.*.matches.*.path', prefix],
  ['rules.*.matches.*.path.type', { default: 'PathPrefix' }],
  ['rules.*.matches.*.path.value', { default: '/' }],
  ...['headers', 'queryParams'].flatMap((path): [string, Schema][] => [
    [`rules.*.matches.*.${path}`, byName],
    [`rules.*.matches.*.${path}.*.type`, { default: 'Exact' }],
  ]),
  ...['rules.*.filters.*', 'rules.*.backendRefs.*.filters.*'].flatMap((filter): [string, Schema][] => [
    [`${filter}.requestHeaderModifier.add`, byName],
    [`${filter}.requestHeaderModifier.set`, byName],
    [`${filter}.requestMirror.backendRef.group`, { default: '' }],
    [`${filter}.requestMirror.backendRef.kind`, { default: 'Service' }],
    [`${filter}.requestRedirect.statusCode`, { default: 302 }],
  ]),
  ['rules.*.backendRefs.*.group', { default: '' }],
  ['rules.*.backendRefs.*.kind', { default: 'Service' }],
  ['rules.*.backendRefs.*.weight', { default: 1 }],
];

const hpa = 'serving.scaleOptions.keda.scaledObject.advanced.horizontalPodAutoscalerConfig';

const template = 'serving.template';
const containers = [`${template}.containers.*`, `${template}.initContainers.*`];

/** What came after release 1.0. */
const only10: [string, (place: Schema) => Schema][] = [
  [template, without('hostUsers', 'schedulingGates', 'resourceClaims')],
  ...containers.map((path): [string, (place: Schema) => Schema] => [`${path}.resources`, without('claims')]),
  [
    `${template}.topologySpreadConstraints.*`,
    without('minDomains', 'matchLabelKeys', 'nodeAffinityPolicy', 'nodeTaintsPolicy'),
  ],
  ['serving', without('states')],
  ['serving.triggers.*', without('metricType', 'useCachedMetrics')],
  ['serving.scaleOptions.keda.scaledJob.scalingStrategy', without('multipleScalersCalculation')],
  [hpa, without('name')],
];

const atomicList: Schema = { 'x-kubernetes-list-type': 'atomic' };
const atomicMap: Schema = { 'x-kubernetes-map-type': 'atomic' };

const only12: [string, (place: Schema) => Schema][] = [
  ['serving.triggers.*', without('fallback')],
  [`${hpa}.behavior.scaleUp.policies`, adding(atomicList)],
  [`${hpa}.behavior.scaleDown.policies`, adding(atomicList)],
  [`${template}.topologySpreadConstraints.*.matchLabelKeys`, adding(atomicList)],
  ...[
    `${template}.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution`,
    `${template}.volumes.*.configMap`,
    `${template}.volumes.*.projected.sources.*.configMap`,
    `${template}.volumes.*.projected.sources.*.secret`,
    ...containers.flatMap((path) => [`${path}.envFrom.*.configMapRef`, `${path}.envFrom.*.secretRef`]),
  ].map((path): [string, (place: Schema) => Schema] => [path, adding(atomicMap)]),
  ...[
    `${template}.resourceClaims`,
    `${template}.schedulingGates`,
    ...containers.map((path) => `${path}.resources.claims`),
  ].map((path): [string, (place: Schema) => Schema] => [path, adding(byName)]),
];

const daprReference = { name: text, type: text, topic: text };
const buildParamSource = object({ name: text, key: text, format: text }, ['key', 'name']);
const buildParamValue = { value: text, configMapValue: buildParamSource, secretValue: buildParamSource };

/** `spec` of a v1beta2 Function, made of the parts that it shares with v1beta1. */
export function specV1beta2(): Schema {
  const old = specV1beta1('1.2');
  const port = placeAt(old, 'port');
  const route = placeAt(old, 'route');
  const trigger = without('targetKind')(placeAt(old, 'serving.triggers.*'));
  const component = placeAt(old, 'serving.bindings.*');
  const spec = without('port', 'route')(old);
  const changes: [path: string, change: (place: Schema) => Schema][] = [
    ['build', without('params')],
    [
      'build.shipwright',
      having({
        params: list(object({ name: text, ...buildParamValue, values: list(object(buildParamValue)) }, ['name'])),
      }),
    ],
    ['serving', without('runtime', 'inputs')],
    ['serving', ({ required: _required, ...serving }) => serving],
    [
      'serving',
      having({
        workloadType: text,
        triggers: object({
          http: object({ port, route, engine: text }),
          dapr: list(object({ ...daprReference, inputName: text }, ['name'])),
          inputs: list(object({ dapr: object(daprReference, ['name']) })),
        }),
        outputs: list(
          object({
            dapr: object({ ...daprReference, metadata: textMap, operation: text, outputName: text }, ['name']),
          }),
        ),
        states: mapOf(object({ spec: component })),
        hooks: object({ pre: list(text), post: list(text), policy: text }),
        tracing,
      }),
    ],
    ['serving.scaleOptions.keda.scaledObject', without('workloadType', 'minReplicaCount', 'maxReplicaCount')],
    [
      'serving.scaleOptions.keda.scaledObject',
      having({ fallback: object({ failureThreshold: integer, replicas: integer }, ['failureThreshold', 'replicas']) }),
    ],
    ['serving.scaleOptions.keda.scaledJob', without('maxReplicaCount')],
    [
      'serving.scaleOptions.keda',
      having({
        httpScaledObject: object({ cooldownPeriod: integer, targetPendingRequests: integer }),
        triggers: list(trigger),
      }),
    ],
  ];
  return changes.reduce((schema, [path, change]) => amend(schema, path, change), spec);
}

const exporter = object(
  { name: text, endpoint: text, headers: text, compression: text, timeout: text, protocol: text },
  ['endpoint', 'name'],
);

const tracing = object(
  {
    enabled: flag,
    provider: object({ name: text, oapServer: text, exporter }, ['name']),
    tags: textMap,
    baggage: textMap,
  },
  ['enabled', 'provider'],
);
