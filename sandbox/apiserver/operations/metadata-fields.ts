import type { ObjectMeta } from '../objects';

/** The metadata that clients may set. */
export function writableFields(metadata: Partial<ObjectMeta>): Partial<ObjectMeta> {
  const { labels, annotations, finalizers, ownerReferences, generateName, managedFields } = metadata;
  return withoutEmpty({ generateName, labels, annotations, finalizers, ownerReferences, managedFields });
}

/** The metadata that only the server sets. */
export function serverFields(metadata: ObjectMeta): Partial<ObjectMeta> {
  const { name, namespace, uid, resourceVersion, generation, creationTimestamp } = metadata;
  const { deletionTimestamp, deletionGracePeriodSeconds } = metadata;
  return withoutEmpty({
    name,
    namespace,
    uid,
    resourceVersion,
    generation,
    creationTimestamp,
    deletionTimestamp,
    deletionGracePeriodSeconds,
  });
}

/** Without what is absent or has nothing in it, as the server writes metadata. */
export function withoutEmpty<T extends object>(record: T): T {
  const hasContent = (value: unknown): boolean =>
    value !== undefined && value !== null && (typeof value !== 'object' || Object.keys(value).length > 0);
  return Object.fromEntries(Object.entries(record).filter(([, value]) => hasContent(value))) as T;
}
