import { valueAt, type JsonRecord } from '../../src/record';
import { timestamp, type Clock } from '../apiserver/clock';
import type { KubeObject } from '../apiserver/objects';
import { randomSuffix } from '../apiserver/random-suffix';
import { ownedBy, type Client } from './client';
import type { Controller } from './controller';

const deployments = 'deployments.apps';
const replicaSets = 'replicasets.apps';
const statefulSets = 'statefulsets.apps';
const jobs = 'jobs.batch';
const pods = 'pods.';

/** Makes pods for Deployments (through ReplicaSets), StatefulSets and Jobs, and counts those that are ready. */
export function workloadController(client: Client, clock: Clock): Controller {
  const reconcileDeployment = (deployment: KubeObject): void => {
    if (deployment.metadata.deletionTimestamp !== undefined) return;
    const { name, namespace = '' } = deployment.metadata;
    const owned = client.list(replicaSets, namespace).filter((set) => isOwner(deployment, set));
    const set = owned[0] ?? createReplicaSet(client, deployment);
    const wanted = replicasOf(deployment);
    const podsOfSet = reconcilePods(client, set, wanted, () => `${set.metadata.name}-${randomSuffix()}`);
    const ready = podsOfSet.filter(isReady).length;
    client.setStatus(set, {
      replicas: podsOfSet.length,
      readyReplicas: ready,
      observedGeneration: set.metadata.generation,
    });
    client.setStatus(deployment, {
      observedGeneration: deployment.metadata.generation,
      replicas: podsOfSet.length,
      updatedReplicas: podsOfSet.length,
      readyReplicas: ready,
      availableReplicas: ready,
      unavailableReplicas: Math.max(wanted - ready, 0),
      conditions: conditionsOf(deployment, ready >= wanted, timestamp(clock), name),
    });
  };

  const reconcileStatefulSet = (set: KubeObject): void => {
    if (set.metadata.deletionTimestamp !== undefined) return;
    const owned = reconcilePods(client, set, replicasOf(set), (index) => `${set.metadata.name}-${index}`);
    client.setStatus(set, {
      observedGeneration: set.metadata.generation,
      replicas: owned.length,
      readyReplicas: owned.filter(isReady).length,
    });
  };

  const reconcileJob = (job: KubeObject): void => {
    if (job.metadata.deletionTimestamp !== undefined) return;
    const owned = reconcilePods(client, job, replicasOf(job), () => `${job.metadata.name}-${randomSuffix()}`);
    client.setStatus(job, { active: owned.length });
  };

  const reconcile: Readonly<Record<string, (object: KubeObject) => void>> = {
    [deployments]: reconcileDeployment,
    [statefulSets]: reconcileStatefulSet,
    [jobs]: reconcileJob,
  };

  return {
    watches: (kind) => [...Object.keys(reconcile), replicaSets, pods].includes(kind),
    react({ kind, object }) {
      const { namespace = '', name, ownerReferences = [] } = object.metadata;
      const own = reconcile[kind];
      const live = client.get(kind, namespace, name);
      if (own && live) {
        own(live);
        return;
      }
      for (const owner of ownerReferences) {
        for (const [ownerKind, act] of Object.entries(reconcile)) {
          const set = client.get(replicaSets, namespace, owner.name);
          const ownerName = set ? (set.metadata.ownerReferences?.[0]?.name ?? '') : owner.name;
          const found = client.get(ownerKind, namespace, ownerName);
          if (found) act(found);
        }
      }
    },
  };
}

function createReplicaSet(client: Client, deployment: KubeObject): KubeObject {
  const { name, namespace = '' } = deployment.metadata;
  const { selector, template, replicas } = deployment['spec'] as JsonRecord;
  return client.create({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: `${name}-${randomSuffix()}`, namespace, labels: labelsOf(deployment), ...ownedBy(deployment) },
    spec: { replicas, selector, template },
  });
}

/** Makes the pods that are missing, and deletes those that are too many. Returns all that are not about to end. */
function reconcilePods(
  client: Client,
  owner: KubeObject,
  wanted: number,
  nameOf: (index: number) => string,
): KubeObject[] {
  const namespace = owner.metadata.namespace ?? '';
  const alive = client
    .list(pods, namespace)
    .filter((pod) => isOwner(owner, pod) && pod.metadata.deletionTimestamp === undefined);
  for (const pod of alive.splice(wanted)) client.delete(pod);
  for (let index = alive.length; index < wanted; index += 1) {
    alive.push(
      client.create({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name: nameOf(index),
          namespace,
          labels: labelsOf(owner),
          annotations: (valueAt(owner, ['spec', 'template', 'metadata', 'annotations']) ?? {}) as Record<
            string,
            string
          >,
          ...ownedBy(owner),
        },
        spec: valueAt(owner, ['spec', 'template', 'spec']),
      }),
    );
  }
  return alive;
}

function isOwner({ metadata }: KubeObject, dependent: KubeObject): boolean {
  return dependent.metadata.ownerReferences?.some(({ uid }) => uid === metadata.uid) === true;
}

function replicasOf({ spec }: KubeObject): number {
  return Number(valueAt(spec, ['replicas']) ?? valueAt(spec, ['parallelism']) ?? 1);
}

function labelsOf({ spec }: KubeObject): Record<string, string> {
  return (valueAt(spec, ['template', 'metadata', 'labels']) ?? {}) as Record<string, string>;
}

export function isReady(pod: KubeObject): boolean {
  const conditions = (valueAt(pod, ['status', 'conditions']) ?? []) as { type: string; status: string }[];
  return conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
}

function conditionsOf(deployment: KubeObject, isAvailable: boolean, time: string, name: string): object[] {
  const before = (valueAt(deployment, ['status', 'conditions']) ?? []) as {
    type: string;
    status: string;
    lastTransitionTime: string;
  }[];
  const condition = (type: string, status: string, reason: string, message: string): object => {
    const old = before.find((other) => other.type === type && other.status === status);
    return { type, status, reason, message, lastTransitionTime: old?.lastTransitionTime ?? time };
  };
  return [
    isAvailable
      ? condition('Available', 'True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.')
      : condition('Available', 'False', 'MinimumReplicasUnavailable', 'Deployment does not have minimum availability.'),
    condition(
      'Progressing',
      'True',
      isAvailable ? 'NewReplicaSetAvailable' : 'ReplicaSetUpdated',
      `ReplicaSet of "${name}" is ${isAvailable ? 'complete' : 'progressing'}.`,
    ),
  ];
}
