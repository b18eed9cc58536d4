import type { Api } from '../cluster/api';
import { followObjects, lookOnce, type Change, type Collection } from '../cluster/follow';
import { functionSubject, versionOf } from '../cluster/functions';
import type { ClusterError } from '../errors';
import type { LiveObject } from '../live-object';

/** What there is of a collection at one moment. */
export interface Listed {
  objects: readonly LiveObject[];
  /** To go on from. */
  version: string | undefined;
  /** The server's clock, in seconds since 1970. */
  time: number | undefined;
}

/** @throws ClusterError when it cannot be listed */
export async function list(api: Api, collection: Collection, signal: AbortSignal): Promise<Listed> {
  let found: Listed | undefined;
  let error: ClusterError | undefined;
  await lookOnce(
    api,
    collection,
    (change) => {
      if (change.type === 'blind') error = change.error;
      if (change.type !== 'listed') return;
      const { objects, version, serverTime } = change;
      found = { objects, version, time: serverTime === undefined ? undefined : Math.floor(serverTime / 1000) };
    },
    signal,
  );
  if (error) throw error;
  return found ?? { objects: [], version: undefined, time: undefined };
}

export function podsIn(namespace: string, label: string): Collection {
  return {
    path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`,
    selectors: { labelSelector: label },
    subject: { group: '', resource: 'pods', namespace },
  };
}

interface PodsOptions {
  from: string | undefined;
  signal: AbortSignal;
  /** The pods as they are now; kept in step. */
  pods: Map<string, LiveObject>;
  /** Told after each change. */
  onChange: () => void;
}

/** Follows pods that come and go until the signal ends it. @throws ClusterError when that is not possible */
export async function followPods(
  api: Api,
  collection: Collection,
  { from, signal, pods, onChange }: PodsOptions,
): Promise<void> {
  let refused: ClusterError | undefined;
  const see = (pod: LiveObject): unknown => pods.set(pod.metadata.uid, pod);
  const tell = (change: Change): void => {
    if (change.type === 'blind') refused = change.error;
    if (change.type === 'seen') see(change.object);
    if (change.type === 'deleted') pods.delete(change.object.metadata.uid);
    if (change.type === 'listed') {
      pods.clear();
      change.objects.forEach(see);
    }
    onChange();
  };
  await followObjects(api, collection, { signal, tell, from });
  if (refused) throw refused;
}

interface FunctionOptions {
  signal: AbortSignal;
  /** Told how it is after each change; undefined when it was deleted. */
  onChange: (fn: LiveObject | undefined) => void;
}

/** Follows a Function from the state in which it was read, until the signal ends it. @throws ClusterError when that is not possible */
export async function followFunction(api: Api, fn: LiveObject, { signal, onChange }: FunctionOptions): Promise<void> {
  const { name, namespace = 'default', resourceVersion, uid } = fn.metadata;
  const { group, resource } = functionSubject('watch', { namespace, name });
  const collection: Collection = {
    path: `/apis/${group}/${versionOf(fn)}/namespaces/${encodeURIComponent(namespace)}/${resource}`,
    names: [name],
    subject: { group, resource, namespace },
  };
  let refused: ClusterError | undefined;
  const tell = (change: Change): void => {
    if (change.type === 'blind') refused = change.error;
    if (change.type === 'seen') onChange(change.object);
    if (change.type === 'deleted') onChange(undefined);
    if (change.type === 'listed') onChange(change.objects.find(({ metadata }) => metadata.uid === uid));
  };
  await followObjects(api, collection, { signal, tell, from: resourceVersion });
  if (refused) throw refused;
}
