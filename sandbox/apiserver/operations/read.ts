import { notFound } from '../errors';
import type { KubeObject } from '../objects';
import { readAs, storageKey, type ClusterState, type ObjectAddress } from './cluster';

/** The object in the version asked for. @throws ApiError 404. */
export function readObject({ store }: ClusterState, { type, version, namespace, name }: ObjectAddress): KubeObject {
  const object = store.get(storageKey(type), namespace, name);
  if (!object) throw notFound({ group: type.group, resource: type.plural }, name);
  return readAs(type, object, version);
}

/** All objects of a type, or those of one namespace. */
export function listObjects(
  { store }: ClusterState,
  { type, version, namespace }: Omit<ObjectAddress, 'name'>,
): KubeObject[] {
  return store
    .list(storageKey(type))
    .filter(({ metadata }) => namespace === '' || metadata.namespace === namespace)
    .map((object) => readAs(type, object, version));
}
