import type { ApiVersion } from '../api-version';
import type { Path } from '../path';
import { isRecord, valueAt } from '../record';
import { adviceInV1beta2 } from './known-mistakes-v1beta2';
import type { Advice } from './advice';
import type { SchemaNode } from './json-schema';

const inSourceRepository: Advice = {
  message: 'It belongs under "build.srcRepo".',
  example: {
    build: { srcRepo: { url: 'https://github.com/me/functions.git', revision: 'main', sourceSubPath: 'src' } },
  },
  meant: ['build', 'srcRepo'],
};

const environment: Advice = {
  message: 'Environment variables of the function are "serving.params".',
  example: { serving: { params: { NAME: 'value' } } },
};

/**
 * Properties that people write from v1beta2, from other releases, from the published docs or by habit, by their place without indexes.
 * `*` stands for a key of one's own.
 */
const properties: Readonly<Record<string, Advice>> = {
  env: environment,
  'serving.env': environment,
  'serving.envs': environment,
  'serving.environment': environment,
  'serving.image': { message: 'The image is a property of the function: write it beside "serving".' },
  'serving.port': { message: 'The port is a property of the function: write it beside "serving".' },
  'serving.route': { message: 'The route is a property of the function: write it beside "serving".' },
  'serving.imageCredentials': { message: 'It is a property of the function: write it beside "serving".' },
  'serving.containers': {
    message: 'Containers are a part of "serving.template".',
    example: { serving: { template: { containers: [{ name: 'function' }] } } },
  },
  'serving.resources': {
    message: 'Resources belong to the container "function".',
    example: {
      serving: { template: { containers: [{ name: 'function', resources: { requests: { memory: '128Mi' } } }] } },
    },
  },
  'serving.replicas': {
    message: 'The number of replicas is scaled between two bounds.',
    example: { serving: { scaleOptions: { minReplicas: 1, maxReplicas: 10 } } },
  },
  'serving.hooks': {
    message: 'It is of v1beta2; v1beta1 has an annotation for it.',
    example: { annotations: { plugins: 'pre:\n- plugin-a\npost:\n- plugin-a\n' } },
  },
  'serving.tracing': {
    message: 'It is of v1beta2; v1beta1 has an annotation for it.',
    example: {
      annotations: {
        'plugins.tracing': 'enabled: true\nprovider:\n  name: skywalking\n  oapServer: localhost:11800\n',
      },
    },
  },
  'serving.workloadType': {
    message: 'It is of v1beta2; v1beta1 has it in the scaledObject, and scales Jobs by scaledJob.',
    example: { serving: { scaleOptions: { keda: { scaledObject: { workloadType: 'StatefulSet' } } } } },
  },
  'serving.inputs.dapr': {
    message: 'It is of v1beta2; in v1beta1 an input names its component itself.',
    example: { serving: { inputs: [{ name: 'in', component: 'my-component', topic: 'my-topic' }] } },
  },
  'serving.outputs.dapr': {
    message: 'It is of v1beta2; in v1beta1 an output names its component itself.',
    example: { serving: { outputs: [{ name: 'out', component: 'my-component', operation: 'create' }] } },
  },
  'serving.inputs.inputName': { message: 'It is of v1beta2; in v1beta1 it is "name".' },
  'serving.outputs.outputName': { message: 'It is of v1beta2; in v1beta1 it is "name".' },
  'serving.outputs.metadata': { message: 'It is of v1beta2; in v1beta1 it is "params".' },
  'serving.states.*.spec': { message: 'It is of v1beta2; in v1beta1 type, version and metadata stand right here.' },
  'serving.scaleOptions.keda.triggers': {
    message: 'It is of v1beta2; in v1beta1 it is "serving.triggers".',
    example: { serving: { triggers: [{ type: 'kafka', metadata: { topic: 'orders', lagThreshold: '10' } }] } },
  },
  'serving.scaleOptions.keda.httpScaledObject': {
    message:
      'It is of v1beta2: only there KEDA scales HTTP functions. In v1beta1 Knative does, by "scaleOptions.knative".',
  },
  'serving.scaleOptions.keda.scaledObject.fallback': {
    message: 'It is of v1beta2; OpenFunction 1.1 and earlier have "fallback" in a trigger.',
  },
  'build.shipwright.params': {
    message: 'It is of v1beta2; in v1beta1 it is "build.params".',
    example: { build: { params: { SKIP_RESTORE: 'true' } } },
  },
  'build.strategy': {
    message: 'It belongs under "build.shipwright".',
    example: { build: { shipwright: { strategy: { name: 'buildah', kind: 'ClusterBuildStrategy' } } } },
  },
  'build.state': { message: 'It is a property of the Builder, not of the Function.' },
  'build.image': { message: 'The image is a property of the function: write it beside "build".' },
  'build.imageCredentials': { message: 'It is a property of the function: write it beside "build".' },
  'build.url': inSourceRepository,
  'build.git': inSourceRepository,
  'build.revision': inSourceRepository,
  'build.sourceSubPath': inSourceRepository,
  'build.bundleContainer': inSourceRepository,
  'pack.image': { message: 'The image is a property of the function: write it beside "pack".' },
};

/** What to say of a whole Function in place of its parts; undefined for anything else. */
export function adviceOnWholeFunction(props: unknown): string | undefined {
  if (!isRecord(props) || !(isRecord(props['spec']) || (props['apiVersion'] && props['kind']))) return undefined;
  return 'hold a whole Function. Write what stands under its "metadata" and "spec" right here, or name its file: manifest: ./function.yaml';
}

/** Keys that v1beta2 has in place of another one. */
const renamed: Readonly<Record<string, string>> = { inputName: 'name', outputName: 'name', dapr: 'component' };

/** What someone meant with a property that is none. */
export function adviceOnProperty(path: Path, version: ApiVersion): Advice | undefined {
  const advice = version === 'v1beta2' ? adviceInV1beta2(path) : undefined;
  return advice ?? adviceInV1beta1(path);
}

function adviceInV1beta1(path: Path): Advice | undefined {
  const keys = path.filter((key) => typeof key === 'string');
  const places = [keys, keys.map((key, index) => (index === 2 ? '*' : key))].map((place) => place.join('.'));
  const place = places.find((candidate) => Object.hasOwn(properties, candidate));
  const advice = place === undefined ? undefined : properties[place];
  const other = renamed[keys.at(-1) ?? ''];
  return advice && other !== undefined ? { meant: [...path.slice(0, -1), other], ...advice } : advice;
}

/** Names of runtimes in older releases and in speech. */
const runtimes: Readonly<Record<string, string>> = {
  openfuncasync: 'async',
  dapr: 'async',
  http: 'knative',
  sync: 'knative',
};

/** What someone meant with a value of a kind that does not belong there. */
export function adviceOnValue(path: Path, props: unknown, node: SchemaNode): Advice | undefined {
  const value = valueAt(props, path);
  const place = path.join('.');
  if (place === 'serving.triggers' && isRecord(value)) return adviceOnTriggers(value);
  if (place === 'serving.runtime' && typeof value === 'string') {
    const name = value.toLowerCase();
    return Object.hasOwn(runtimes, name) ? { message: `Write ${runtimes[name]}.` } : undefined;
  }
  const takesOwnKeys = node.properties === undefined && isRecord(node.additionalProperties);
  if (takesOwnKeys && Array.isArray(value) && value.some((item) => isRecord(item) && 'name' in item)) {
    return { message: 'Write it as a map: each name as a key.' };
  }
  return undefined;
}

/** The triggers of v1beta2, as v1beta1 has them. */
function adviceOnTriggers({ http, dapr }: Record<string, unknown>): Advice {
  const message = 'A map is the form of v1beta2;';
  if (http !== undefined) {
    const { port, route } = isRecord(http) ? http : {};
    const beside = { ...(typeof port === 'number' && { port }), ...(isRecord(route) && { route }) };
    return {
      message: `${message} v1beta1 says it with the runtime, and with "port" and "route" beside "serving".`,
      example: { ...beside, serving: { runtime: 'knative' } },
    };
  }
  const triggers = (Array.isArray(dapr) ? dapr : []).filter(isRecord);
  const inputs = triggers.map(({ name, inputName, topic }) => ({
    name: inputName ?? name ?? 'in',
    component: name ?? 'my-component',
    ...(topic !== undefined && { topic }),
  }));
  return {
    message: `${message} v1beta1 says it with the runtime and with inputs.`,
    example: {
      serving: { runtime: 'async', inputs: inputs.length > 0 ? inputs : [{ name: 'in', component: 'my-component' }] },
    },
  };
}
