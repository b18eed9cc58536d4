import { storageKey, type ClusterState } from '../apiserver/operations/cluster';
import { deleteObject } from '../apiserver/operations/delete';
import type { ResourceType } from '../apiserver/resources';
import type { Controller } from './controller';
import { storedTypes } from './garbage-collector';

const namespaces = 'namespaces.';

/** Empties namespaces that are being deleted, and lets them go. */
export function namespaceController(state: ClusterState): Controller {
  const { store, types } = state;
  const contentOf = (namespace: string): { type: ResourceType; name: string; isDying: boolean }[] =>
    storedTypes(types.all())
      .filter(({ namespaced }) => namespaced)
      .flatMap((type) =>
        store
          .list(storageKey(type))
          .filter(({ metadata }) => metadata.namespace === namespace)
          .map(({ metadata }) => ({ type, name: metadata.name, isDying: metadata.deletionTimestamp !== undefined })),
      );
  return {
    watches: () => true,
    react({ kind, object }) {
      const name = kind === namespaces ? object.metadata.name : object.metadata.namespace;
      const namespace = name === undefined ? undefined : store.get(namespaces, '', name);
      if (name === undefined || namespace?.metadata.deletionTimestamp === undefined) return;
      for (const { type, name: item, isDying } of contentOf(name)) {
        if (isDying) continue;
        deleteObject(
          state,
          { type, version: type.storageVersion, namespace: name, name: item },
          { propagationPolicy: 'Background' },
        );
      }
      if (contentOf(name).length === 0) store.delete(namespaces, namespace);
    },
  };
}
