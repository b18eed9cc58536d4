import { valueAt, type JsonRecord } from '../../../src/record';
import type { Clock } from '../../apiserver/clock';
import type { KubeObject } from '../../apiserver/objects';
import { ownedBy, type Client } from '../../controllers/client';
import type { Controller } from '../../controllers/controller';
import { isReady } from '../../controllers/deployments';
import type { Release } from '../release';
import { createComponents, isSidecar, needsDapr, proxyOf } from './dapr';
import { isOlder, servings } from './kinds';
import { millisecondsOf, modelOf, recordAt, textAt, versionInNames } from './model';
import { pace } from './pace';
import { knativeServiceOf, workloadOf } from './workload';

const deployments = 'deployments.apps';
const knativeServices = 'services.serving.knative.dev';

/**
 * Drives a Serving: Dapr's Components, the workload, and its state. What goes wrong while they are made never
 * reaches the status. Source: OpenFunction v1.2.0 controllers/core/serving_controller.go, pkg/core/serving.
 */
export function servingController(client: Client, clock: Clock, release: Release): Controller {
  const started = new Set<string>();

  const run = (serving: KubeObject): void => {
    const { isAsync } = modelOf(asFunction(serving));
    if (breaksRun(serving)) return;
    const components = createComponents(client, serving);
    const proxy = needsDapr(serving) && !isSidecar(serving) ? client.create(proxyOf(serving)) : undefined;
    const workload = client.create(isAsync ? workloadOf(serving) : knativeServiceOf(serving));
    if (!isAsync) client.create(deploymentOfKnative(serving, workload));
    const key = isAsync ? 'Async/workload' : 'serving.knative.dev/service';
    client.setStatus(serving, {
      phase: 'Serving',
      state: isAsync && !waitsForWorkload(serving, release) ? 'Running' : 'Starting',
      resourceRef: {
        [key]: workload.metadata.name,
        ...(components.length > 0 && { 'dapr.io/component': components.join(',') }),
        ...(proxy && { 'dapr-proxy': proxy.metadata.name }),
      },
    });
    const timeout = textAt(serving, ['spec', 'timeout']);
    if (timeout === '') return;
    const left = Date.parse(serving.metadata.creationTimestamp) + millisecondsOf(timeout) - clock.now();
    clock.after(Math.max(left, 0), () => expire(serving));
  };

  /** Says what became of a Serving that waits for its workload. */
  const observe = (deployment: KubeObject): void => {
    const namespace = deployment.metadata.namespace ?? '';
    const serving = client.get(servings, namespace, deployment.metadata.labels?.['openfunction.io/serving'] ?? '');
    if (!serving || deployment.metadata.labels?.['openfunction.io/proxy'] !== undefined) return;
    const isAvailable = Number(valueAt(deployment, ['status', 'availableReplicas']) ?? 0) >= 1;
    const service = client.get(
      knativeServices,
      namespace,
      textAt(serving, ['status', 'resourceRef', 'serving.knative.dev/service']),
    );
    const ready = readinessOf(isAvailable, podTrouble(client, deployment));
    if (service) reportKnative(client, service, ready);
    if (isOver(serving)) return;
    const { reason: _reason, message: _message, ...status } = recordAt(serving, ['status']) ?? {};
    if (isAvailable && (status['state'] === 'Starting' || status['state'] === 'Failed')) {
      client.setStatus(serving, { ...status, state: 'Running' });
    } else if (service && ready.status === 'False' && status['state'] !== 'Failed') {
      client.setStatus(serving, { ...status, state: 'Failed', ...withReason(serving, ready.reason, ready.message) });
    }
  };

  /** After its timeout a Serving is left as it is. Source: OpenFunction v1.2.0 serving_controller.go. */
  const isOver = ({ spec, metadata }: KubeObject): boolean => {
    const timeout = textAt(spec, ['timeout']);
    return timeout !== '' && clock.now() >= Date.parse(metadata.creationTimestamp) + millisecondsOf(timeout);
  };

  const expire = (serving: KubeObject): void => {
    const live = client.get(servings, serving.metadata.namespace ?? '', serving.metadata.name);
    const status = recordAt(live, ['status']);
    if (live?.metadata.uid !== serving.metadata.uid || status?.['state'] !== 'Starting') return;
    client.setStatus(live, { ...status, state: 'Timeout', ...withReason(serving, 'Timeout', undefined) });
  };

  return {
    watches: (kind) => kind === servings || kind === deployments || kind === 'pods.',
    react({ type, kind, object }) {
      const { uid, name, namespace = '' } = object.metadata;
      if (kind === 'pods.') {
        const owner = object.metadata.labels?.['openfunction.io/serving'];
        const found = client
          .list(deployments, namespace)
          .find(({ metadata }) => metadata.labels?.['openfunction.io/serving'] === owner);
        if (owner !== undefined && found) observe(found);
        return;
      }
      if (type === 'DELETED') return;
      if (kind === deployments) {
        observe(client.get(kind, namespace, name) ?? object);
        return;
      }
      if (started.has(uid)) return;
      started.add(uid);
      clock.after(pace.reaction, () => {
        const live = client.get(servings, namespace, name);
        if (live?.metadata.uid === uid) run(live);
      });
    },
  };
}

/** A Serving's spec is that of its function, as far as the model of functions goes. */
function asFunction(serving: KubeObject): KubeObject {
  const spec = recordAt(serving, ['spec']) ?? {};
  return { ...serving, spec: { ...spec, serving: spec } };
}

/** Names that Kubernetes refuses: the controller tries again for ever, and says so only in its own log. */
function breaksRun(serving: KubeObject): boolean {
  const keys = ['bindings', 'pubsub', 'states'].flatMap((part) => Object.keys(recordAt(serving, ['spec', part]) ?? {}));
  const version = versionInNames(textAt(serving, ['spec', 'version']));
  return (
    keys.some((key) => !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(key)) ||
    !/^[a-z0-9]([-a-z0-9]{0,36}[a-z0-9])?$/.test(version)
  );
}

/** Release 1.2 calls an async function Running at once, unless it names a Deployment as its workload. */
function waitsForWorkload(serving: KubeObject, release: Release): boolean {
  return release === '1.0' || textAt(serving, ['spec', 'workloadType']) === 'Deployment';
}

/** Knative runs a Service as a Deployment of its newest revision. */
function deploymentOfKnative(serving: KubeObject, service: KubeObject): ReturnType<typeof workloadOf> {
  const workload = workloadOf({ ...serving, spec: { ...(serving['spec'] as JsonRecord), workloadType: 'Deployment' } });
  const name = `${service.metadata.name}-${versionInNames(textAt(serving, ['spec', 'version']))}-deployment`;
  return { ...workload, metadata: { ...workload.metadata, name, ...ownedBy(service) } };
}

/** What keeps the pods of a Deployment from running, in the words of the kubelet. */
function podTrouble(client: Client, deployment: KubeObject): { reason: string; message: string } | undefined {
  const serving = deployment.metadata.labels?.['openfunction.io/serving'] ?? '';
  const pods = client.list('pods.', deployment.metadata.namespace ?? '', { 'openfunction.io/serving': serving });
  for (const pod of pods.filter((candidate) => !isReady(candidate))) {
    const statuses = (valueAt(pod, ['status', 'containerStatuses']) ?? []) as {
      state?: { waiting?: { reason?: string; message?: string } };
    }[];
    const waiting = statuses
      .map(({ state }) => state?.waiting)
      .find((state) => state?.reason !== undefined && state.reason !== 'ContainerCreating');
    if (waiting?.reason !== undefined) return { reason: waiting.reason, message: waiting.message ?? '' };
  }
  return undefined;
}

interface Readiness {
  type: 'Ready';
  status: 'True' | 'False' | 'Unknown';
  reason?: string;
  message?: string;
}

function readinessOf(isAvailable: boolean, trouble: { message: string } | undefined): Readiness {
  if (isAvailable) return { type: 'Ready', status: 'True' };
  if (!trouble) return { type: 'Ready', status: 'Unknown', reason: 'Deploying' };
  const message = `Revision failed with message: ${trouble.message}.`;
  return { type: 'Ready', status: 'False', reason: 'RevisionFailed', message };
}

function reportKnative(client: Client, service: KubeObject, ready: Readiness): void {
  const { name, namespace = '' } = service.metadata;
  client.setStatus(service, { url: `http://${name}.${namespace}.svc.cluster.local`, conditions: [ready] });
}

/** v1beta1 has no place for reasons. */
function withReason(serving: KubeObject, reason: string | undefined, message: string | undefined): JsonRecord {
  return isOlder(serving) ? {} : { reason, ...(message !== undefined && { message }) };
}
