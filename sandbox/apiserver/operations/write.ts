import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { timestamp } from '../clock';
import { alreadyExists, createNotAllowed } from '../errors';
import type { KubeObject, ObjectDraft, ObjectMeta } from '../objects';
import { servedVersion } from '../resources';
import { checkValid, mutate } from './admit';
import { convertObject, storageKey, type ClusterState, type ObjectAddress } from './cluster';
import { checkFinalizers, checkIdentity, nameOf } from './identity';
import { checkNamespace } from './namespace-lifecycle';
import { serverFields, writableFields } from './metadata-fields';
import { saysTheSame } from './ownership';
import type { WriteOptions } from './options';
import { persist } from './persist';
import { withGeneration, withinSubresource } from './subresource';

export interface Written {
  /** In the version of the request. */
  object: KubeObject;
  created: boolean;
  warnings: string[];
}

/** Computes managedFields once it is clear what will be written. */
type Own = (next: ObjectDraft, address: ObjectAddress) => ObjectMeta['managedFields'];

/**
 * Stores a new object.
 * @throws ApiError 404 or 403 for its namespace, 409 when it exists, 422 or 403 when it is not valid.
 */
export function storeNew(
  state: ClusterState,
  where: ObjectAddress,
  draft: ObjectDraft,
  options: WriteOptions,
  own: Own,
): KubeObject {
  const { type, version, namespace } = where;
  const name = nameOf(draft, where);
  const address = { ...where, name };
  checkNamespace(state, address);
  if (type.isEnding) throw createNotAllowed(type);
  const { metadata: sent, status, ...rest } = type.prepare ? type.prepare(draft) : draft;
  const metadata: ObjectMeta = {
    ...writableFields(sent),
    name,
    ...(namespace && { namespace }),
    uid: randomUUID(),
    resourceVersion: '',
    creationTimestamp: timestamp(state.clock),
    ...(type.hasGeneration && { generation: 1 }),
  };
  const keepsStatus = status !== undefined && (!servedVersion(type, version)?.hasStatus || type.prepare !== undefined);
  const next = { ...rest, ...(keepsStatus && { status }), metadata } as KubeObject;
  const managedFields = own(next, address);
  const owned = { ...next, metadata: { ...metadata, ...(managedFields?.length && { managedFields }) } };
  const admitted = mutate(address, owned) as KubeObject;
  checkValid(address, admitted);
  const existing = state.store.get(storageKey(type), namespace, name);
  if (existing) {
    const isDying = existing.metadata.deletionTimestamp !== undefined;
    throw alreadyExists({ group: type.group, resource: type.plural }, name, isDying);
  }
  const stored = convertObject(type, admitted, type.storageVersion);
  if (options.dryRun) return convertObject(type, withoutVersion(stored), version);
  return convertObject(type, state.store.put(storageKey(type), stored), version);
}

/**
 * Puts another object in the place of a stored one. What changes nothing is not stored;
 * a dying object whose last finalizer goes is deleted.
 * @throws ApiError 409 when the object is not the one expected, 422 or 403 when it is not valid.
 */
export function storeChange(
  state: ClusterState,
  address: ObjectAddress,
  live: KubeObject,
  draft: ObjectDraft,
  options: WriteOptions,
  own: Own,
): KubeObject {
  const { type, version, namespace, name } = address;
  checkIdentity(address, live, draft);
  const next = withinSubresource(address, live, draft, options.subresource);
  const managedFields = own(next, address) ?? [];
  const { managedFields: _sent, ...metadata } = { ...writableFields(next.metadata), ...serverFields(live.metadata) };
  const owned = {
    ...next,
    metadata: { ...metadata, ...(managedFields.length > 0 && { managedFields }) },
  } as KubeObject;
  const admitted = (options.subresource === undefined ? mutate(address, owned) : owned) as KubeObject;
  const numbered = withGeneration(address, live, admitted);
  checkFinalizers(address, live, numbered);
  checkValid(address, numbered, live);

  const stored = convertObject(type, numbered, type.storageVersion);
  const before = state.store.get(storageKey(type), namespace, name);
  if (before && isUnchanged(before, stored)) return live;
  if (options.dryRun) return convertObject(type, stored, version);
  return convertObject(type, persist(state, storageKey(type), stored), version);
}

function isUnchanged(before: KubeObject, after: KubeObject): boolean {
  const content = ({ metadata, ...rest }: KubeObject): object => {
    const { managedFields: _managedFields, resourceVersion: _resourceVersion, ...others } = metadata;
    return { ...rest, metadata: others };
  };
  return (
    saysTheSame(before.metadata.managedFields, after.metadata.managedFields) &&
    isDeepStrictEqual(content(before), content(after))
  );
}

/** Nothing was stored, so nothing has a version. */
function withoutVersion(object: KubeObject): KubeObject {
  const { resourceVersion: _resourceVersion, ...metadata } = object.metadata;
  return { ...object, metadata: metadata as ObjectMeta };
}
