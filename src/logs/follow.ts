import type { Api } from '../cluster/api';
import { followObjects, keepInStep, listOnce, type Change, type Collection } from '../cluster/follow';
import { versionOf } from '../api-version';
import { functionCollection } from '../cluster/functions';
import type { LiveObject } from '../live-object';
import type { Readers } from './readers';
import type { Undertaking } from './undertaking';

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
  const { objects, version, serverTime } = await listOnce(api, collection, signal);
  return { objects, version, time: serverTime === undefined ? undefined : Math.floor(serverTime / 1000) };
}

export function podsIn(namespace: string, label: string): Collection {
  return {
    path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`,
    selectors: { labelSelector: label },
    subject: { group: '', resource: 'pods', namespace },
  };
}

interface Options {
  collection: Collection;
  /** What was there when it began. */
  listed: Listed;
  readers: Readers;
  isMeant: (pod: LiveObject) => boolean;
  undertaking: Pick<Undertaking, 'signal' | 'fail'>;
  /** Told after each change of the pods. */
  onPods?: () => void;
  /** Told how the Function is after each change; undefined when it was deleted. */
  onFunction: (fn: LiveObject | undefined) => void;
}

/** Keeps readers in step with pods that come and go, and with their Function, until the undertaking ends. */
export async function keepUp(api: Api, fn: LiveObject, options: Options): Promise<void> {
  const { collection, listed, readers, isMeant, undertaking, onPods = () => {}, onFunction } = options;
  const { signal, fail } = undertaking;
  const pods = new Map(listed.objects.map((pod) => [pod.metadata.uid, pod]));
  const update = (): void => {
    readers.keep(pods);
    for (const pod of pods.values()) if (readers.has(pod.metadata.uid) || isMeant(pod)) readers.see(pod, true);
    onPods();
  };
  const follow = (what: Collection, from: string | undefined, tell: (change: Change) => void): Promise<void> =>
    followObjects(api, what, {
      signal,
      from,
      tell: (change) => {
        if (change.type === 'blind') fail(change.error);
        else tell(change);
        update();
      },
    }).catch(fail);

  const { name, namespace = 'default', resourceVersion, uid } = fn.metadata;
  await Promise.all([
    follow(collection, listed.version, (change) => keepInStep(pods, change)),
    follow(functionCollection({ namespace, name }, versionOf(fn)), resourceVersion, (change) => {
      if (change.type === 'seen') onFunction(change.object);
      if (change.type === 'deleted') onFunction(undefined);
      if (change.type === 'listed') onFunction(change.objects.find(({ metadata }) => metadata.uid === uid));
    }),
  ]);
}
