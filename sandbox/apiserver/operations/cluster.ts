import type { Clock } from '../clock';
import type { KubeObject } from '../objects';
import { objectSchema } from '../managed-fields/shape';
import { apiVersionOf, servedVersion, type ResourceType, type TypeRegistry } from '../resources';
import { prune } from '../schema/prune';
import type { Store } from '../store';
import type { JsonRecord } from '../../../src/record';

/** Everything that the API server knows. */
export interface ClusterState {
  store: Store;
  types: TypeRegistry;
  clock: Clock;
  /** The minor release of Kubernetes to behave as: 20 or 27. */
  minor: number;
}

/** Which object of which type, in which version. */
export interface ObjectAddress {
  type: ResourceType;
  version: string;
  /** Empty for types without namespaces. */
  namespace: string;
  name: string;
}

/** Under which name the objects of a type are stored. */
export function storageKey({ group, plural, storedAs }: ResourceType): string {
  return storedAs ? `${storedAs.plural}.${storedAs.group}` : `${plural}.${group}`;
}

/** A stored object as it is read in a version: what its schema no longer knows is not shown. */
export function readAs(type: ResourceType, stored: KubeObject, version: string): KubeObject {
  const object = convertObject(type, stored, version);
  const schema = servedVersion(type, version)?.schema;
  return schema ? (prune(objectSchema(schema), object).value as KubeObject) : object;
}

/** The same object in another version of its type. What identifies it cannot be changed by a conversion. */
export function convertObject<T extends JsonRecord>(type: ResourceType, object: T, version: string): T {
  const apiVersion = apiVersionOf(type, version);
  if (object['apiVersion'] === apiVersion) return object;
  if (!type.convert) return { ...object, apiVersion };
  const converted = type.convert(object, version) as T;
  const { labels, annotations } = converted['metadata'] as KubeObject['metadata'];
  const { labels: _labels, annotations: _annotations, ...metadata } = object['metadata'] as KubeObject['metadata'];
  return {
    ...converted,
    apiVersion,
    metadata: { ...metadata, ...(labels && { labels }), ...(annotations && { annotations }) },
  };
}
