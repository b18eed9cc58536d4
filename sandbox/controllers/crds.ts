import { valueAt } from '../../src/record';
import { timestamp } from '../apiserver/clock';
import { typeOfCrd, type CustomResourceDefinition } from '../apiserver/crd';
import type { KubeObject } from '../apiserver/objects';
import { storageKey, type ClusterState } from '../apiserver/operations/cluster';
import { deleteObject } from '../apiserver/operations/delete';
import { persist } from '../apiserver/operations/persist';
import type { ResourceType } from '../apiserver/resources';
import { withoutFinalizer, type Controller } from './controller';

const crds = 'customresourcedefinitions.apiextensions.k8s.io';
const cleanup = 'customresourcecleanup.apiextensions.k8s.io';

/**
 * Serves the types of CustomResourceDefinitions; of one that is deleted until its last object is gone.
 * @param complete adds to a type what its definition does not say.
 */
export function crdController(
  state: ClusterState,
  complete: (type: ResourceType) => ResourceType = (type) => type,
): Controller {
  const { store, types, clock } = state;
  const setStatus = (crd: KubeObject, type: string, reason: string, message: string): void => {
    if (conditionsOf(crd).some((condition) => condition.type === type)) return;
    const names = { type: 'NamesAccepted', status: 'True', reason: 'NoConflicts', message: 'no conflicts found' };
    const conditions = [names, { type, status: 'True', reason, message }];
    const { names: acceptedNames, versions } = crd['spec'] as CustomResourceDefinition['spec'];
    store.put(crds, {
      ...crd,
      status: {
        acceptedNames,
        storedVersions: versions.filter(({ storage }) => storage).map(({ name }) => name),
        conditions: conditions.map((condition) => ({ ...condition, lastTransitionTime: timestamp(clock) })),
      },
    });
  };

  const empty = (crd: KubeObject, type: ResourceType): void => {
    const key = storageKey(type);
    for (const { metadata } of store.list(key)) {
      if (metadata.deletionTimestamp !== undefined) continue;
      const { namespace = '', name } = metadata;
      deleteObject(state, { type, version: type.storageVersion, namespace, name }, {});
    }
    if (store.list(key).length === 0) persist(state, crds, withoutFinalizer(crd, cleanup));
  };

  const reconcile = (crd: KubeObject): void => {
    const type = typeOfCrd(crd as unknown as CustomResourceDefinition);
    const isEnding = crd.metadata.deletionTimestamp !== undefined;
    types.add({ ...complete(type), ...(isEnding && { isEnding }) });
    if (!isEnding) return setStatus(crd, 'Established', 'InitialNamesAccepted', 'the initial names have been accepted');
    setStatus(crd, 'Terminating', 'InstanceDeletionInProgress', 'CustomResource deletion is in progress');
    empty(store.get(crds, '', crd.metadata.name) ?? crd, type);
  };

  return {
    watches: () => true,
    react({ type: change, kind, object }) {
      if (kind === crds && change === 'DELETED') {
        types.remove(typeOfCrd(object as unknown as CustomResourceDefinition));
      } else if (kind === crds) {
        const current = store.get(crds, '', object.metadata.name);
        if (current) reconcile(current);
      } else if (change === 'DELETED') {
        const definition = store.get(crds, '', kind);
        if (definition?.metadata.deletionTimestamp !== undefined) reconcile(definition);
      }
    },
  };
}

function conditionsOf(crd: KubeObject): { type: string }[] {
  return (valueAt(crd, ['status', 'conditions']) ?? []) as { type: string }[];
}
