import type { KubeObject } from '../apiserver/objects';
import { storageKey, type ClusterState } from '../apiserver/operations/cluster';
import { deleteObject } from '../apiserver/operations/delete';
import { persist } from '../apiserver/operations/persist';
import type { ResourceType } from '../apiserver/resources';
import { withoutFinalizer, type Controller } from './controller';

interface Dependent {
  type: ResourceType;
  object: KubeObject;
}

const finalizer = 'foregroundDeletion';

/**
 * Deletes what belongs to objects that are gone, and ends deletions in the foreground once nothing blocks them.
 * Source: kube-controller-manager, pkg/controller/garbagecollector.
 */
export function garbageCollector(state: ClusterState): Controller {
  const { store, types } = state;

  const dependentsOf = (uid: string): Dependent[] =>
    storedTypes(types.all())
      .flatMap((type) => store.list(storageKey(type)).map((object) => ({ type, object })))
      .filter(({ object }) => object.metadata.ownerReferences?.some((owner) => owner.uid === uid));

  const remove = ({ type, object }: Dependent, propagationPolicy: 'Foreground' | 'Background'): void => {
    const { name, namespace = '', deletionTimestamp } = object.metadata;
    if (deletionTimestamp !== undefined) return;
    deleteObject(state, { type, version: type.storageVersion, namespace, name }, { propagationPolicy });
  };

  const endForeground = (kind: string, object: KubeObject): void => {
    const { uid, finalizers = [], deletionTimestamp } = object.metadata;
    if (deletionTimestamp === undefined || !finalizers.includes(finalizer)) return;
    dependentsOf(uid).forEach((dependent) => remove(dependent, 'Foreground'));
    if (dependentsOf(uid).some(({ object: dependent }) => blocks(dependent, uid))) return;
    persist(state, kind, withoutFinalizer(object, finalizer));
  };

  return {
    watches: () => true,
    react({ type, kind, object }) {
      const { uid, namespace = '', name, ownerReferences = [] } = object.metadata;
      if (type === 'DELETED') {
        dependentsOf(uid).forEach((dependent) => remove(dependent, 'Background'));
        for (const owner of ownerReferences) {
          const ownerType = types.findKind(groupOf(owner.apiVersion), owner.kind);
          const found = ownerType && store.get(storageKey(ownerType), namespace, owner.name);
          if (found?.metadata.uid === owner.uid) endForeground(storageKey(ownerType as ResourceType), found);
        }
        return;
      }
      const current = store.get(kind, namespace, name);
      if (current?.metadata.uid === uid) endForeground(kind, current);
    },
  };
}

/** The types that have objects of their own. */
export function storedTypes(types: readonly ResourceType[]): ResourceType[] {
  return types.filter(({ verbs, storedAs, group }) => !verbs && (!storedAs || storedAs.group === group));
}

function blocks({ metadata }: KubeObject, owner: string): boolean {
  return (
    metadata.ownerReferences?.some(({ uid, blockOwnerDeletion }) => uid === owner && blockOwnerDeletion === true) ===
    true
  );
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}
