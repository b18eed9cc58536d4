import { valueAt } from '../../../src/record';
import { forbidden, notFound, type ApiError } from '../errors';
import type { KubeObject } from '../objects';
import type { ClusterState, ObjectAddress } from './cluster';
import { readObject } from './read';

/** @throws ApiError 404 when the namespace of a new object does not exist, 403 when it is being deleted. */
export function checkNamespace({ store }: ClusterState, { type, namespace, name }: ObjectAddress): void {
  if (!type.namespaced) return;
  const found = store.get('namespaces.', '', namespace);
  if (!found) throw notFound({ group: '', resource: 'namespaces' }, namespace);
  if (valueAt(found, ['status', 'phase']) !== 'Terminating') return;
  throw terminating({ group: type.group, resource: type.plural }, namespace, name);
}

function terminating(type: { group: string; resource: string }, namespace: string, name: string): ApiError {
  const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
  const message = `namespace ${namespace} is being terminated`;
  return forbidden(type, name, why, [{ reason: 'NamespaceTerminating', message, field: 'metadata.namespace' }]);
}

/** Takes finalizers from a namespace: they stand in its spec. A dying one without any is gone. */
export function finalizeNamespace(state: ClusterState, address: ObjectAddress, body: unknown): KubeObject {
  const live = readObject(state, address);
  const finalizers = (valueAt(body, ['spec', 'finalizers']) ?? []) as string[];
  const finalized: KubeObject = { ...live, spec: { finalizers } };
  const isOver = live.metadata.deletionTimestamp !== undefined && finalizers.length === 0;
  return isOver ? state.store.delete('namespaces.', finalized) : state.store.put('namespaces.', finalized);
}
