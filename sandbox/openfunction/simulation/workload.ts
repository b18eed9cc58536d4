import type { JsonRecord } from '../../../src/record';
import type { KubeObject, ObjectDraft } from '../../apiserver/objects';
import { randomSuffix } from '../../apiserver/random-suffix';
import { ownedBy } from '../../controllers/client';
import { isSidecar, needsDapr } from './dapr';
import { modelOf, recordAt, textAt, versionInNames } from './model';

interface Container extends JsonRecord {
  name: string;
}

/** The Deployment, StatefulSet or Job of an async function. */
export function workloadOf(serving: KubeObject): ObjectDraft {
  const { name, namespace = '' } = serving.metadata;
  const type =
    textAt(serving, ['spec', 'workloadType']) ||
    textAt(serving, ['spec', 'scaleOptions', 'keda', 'scaledObject', 'workloadType']);
  const kind = type === 'StatefulSet' || type === 'Job' ? type : 'Deployment';
  const version = versionInNames(textAt(serving, ['spec', 'version']));
  const labels = {
    'openfunction.io/managed': 'true',
    'openfunction.io/serving': name,
    'app.kubernetes.io/version': textAt(serving, ['spec', 'version']),
    ...(recordAt(serving, ['spec', 'labels']) as Record<string, string> | undefined),
  };
  const template = { metadata: { labels, annotations: annotationsOf(serving) }, spec: podSpecOf(serving) };
  return {
    apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1',
    kind,
    metadata: {
      name: `${name}-${kind.toLowerCase()}-${version}-${randomSuffix()}`,
      namespace,
      labels,
      ...ownedBy(serving),
    },
    spec:
      kind === 'Job'
        ? { template }
        : { replicas: 1, selector: { matchLabels: { 'openfunction.io/serving': name } }, template },
  };
}

/** The Service of Knative for a function over HTTP. */
export function knativeServiceOf(serving: KubeObject): ObjectDraft {
  const { name, namespace = '' } = serving.metadata;
  return {
    apiVersion: 'serving.knative.dev/v1',
    kind: 'Service',
    metadata: {
      name: `${name}-ksvc-${randomSuffix()}`,
      namespace,
      labels: { 'openfunction.io/serving': name },
      ...ownedBy(serving),
    },
    spec: { template: { spec: podSpecOf(serving) } },
  };
}

/** What the framework in the container reads of its function. Source: pkg/core/serving/common/functioncontext.go. */
function functionContext(serving: KubeObject): string {
  return JSON.stringify({
    name: serving.metadata.labels?.['openfunction.io/function'],
    version: textAt(serving, ['spec', 'version']),
    runtime: modelOf({ ...serving, spec: { serving: serving['spec'] } }).isAsync ? 'Async' : 'Knative',
    port: '8080',
  });
}

function annotationsOf(serving: KubeObject): Record<string, string> {
  return {
    'dapr.io/app-protocol': 'grpc',
    'dapr.io/log-as-json': 'true',
    ...(recordAt(serving, ['spec', 'annotations']) as Record<string, string> | undefined),
  };
}

/** The template with image and environment in the container `function`, which is added where it is missing. */
function podSpecOf(serving: KubeObject): JsonRecord {
  const template = recordAt(serving, ['spec', 'template']) ?? {};
  const given = (template['containers'] ?? []) as Container[];
  const containers = given.some(({ name }) => name === 'function') ? given : [...given, { name: 'function' }];
  const params = Object.entries(recordAt(serving, ['spec', 'params']) ?? {}).map(([name, value]) => ({ name, value }));
  const env = [{ name: 'FUNC_CONTEXT', value: functionContext(serving) }, ...params];
  const filled = containers.map((container) =>
    container.name === 'function'
      ? {
          ...container,
          image: textAt(serving, ['spec', 'image']),
          env: [...((container['env'] ?? []) as object[]), ...env],
        }
      : container,
  );
  const daprd = needsDapr(serving) && isSidecar(serving) ? [{ name: 'daprd', image: 'daprio/daprd:1.11.3' }] : [];
  return { ...template, containers: [...filled, ...daprd] };
}
