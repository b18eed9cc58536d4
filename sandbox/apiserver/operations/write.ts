import { randomInt, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { timestamp } from '../clock';
import { alreadyExists, badRequest, conflict, createNotAllowed, invalid } from '../errors';
import type { KubeObject, ObjectDraft, ObjectMeta } from '../objects';
import { servedVersion } from '../resources';
import { checkValid, mutate } from './admit';
import { convertObject, storageKey, type ClusterState, type ObjectAddress } from './cluster';
import { checkNamespace } from './namespace-lifecycle';
import { saysTheSame } from './ownership';
import type { WriteOptions } from './options';
import { persist } from './persist';

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
    ...writable(sent),
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
  const { managedFields: _sent, ...metadata } = { ...writable(next.metadata), ...serverFields(live.metadata) };
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

function nameOf({ metadata }: ObjectDraft, { name, namespace, type }: ObjectAddress): string {
  if (metadata.namespace !== undefined && metadata.namespace !== '' && metadata.namespace !== namespace) {
    if (name !== '') throw otherNamespace(metadata.namespace, namespace);
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
  const given = metadata.name ?? '';
  if (name !== '' && given !== '' && given !== name) {
    throw badRequest(`the name of the object (${given}) does not match the name on the URL (${name})`);
  }
  if (given !== '' || name !== '') return given || name;
  if (metadata.generateName) return metadata.generateName + randomSuffix();
  throw invalid(type, '', [
    {
      field: 'metadata.name',
      reason: 'FieldValueRequired',
      message: 'Required value: name or generateName is required',
    },
  ]);
}

export function undeterminable(name: string): Error {
  return badRequest(`the name of the object (${name} based on URL) was undeterminable: name must be provided`);
}

function otherNamespace(given: string, expected: string): Error {
  return badRequest(`the namespace of the object (${given}) does not match the namespace on the request (${expected})`);
}

/** Five characters that make no words. Source: k8s.io/apimachinery util/rand. */
export function randomSuffix(): string {
  const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
  return Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/** The metadata that clients may set. */
function writable(metadata: Partial<ObjectMeta>): Partial<ObjectMeta> {
  const { labels, annotations, finalizers, ownerReferences, generateName, managedFields } = metadata;
  return withoutEmpty({ generateName, labels, annotations, finalizers, ownerReferences, managedFields });
}

/** The metadata that only the server sets. */
function serverFields(metadata: ObjectMeta): Partial<ObjectMeta> {
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

function checkIdentity({ type, namespace, name }: ObjectAddress, live: KubeObject, { metadata }: ObjectDraft): void {
  const qualified = { group: type.group, resource: type.plural };
  if (!metadata.name) throw undeterminable(name);
  if (metadata.name !== name) {
    throw badRequest(`the name of the object (${metadata.name}) does not match the name on the URL (${name})`);
  }
  if (metadata.namespace !== undefined && metadata.namespace !== namespace) {
    throw otherNamespace(metadata.namespace, namespace);
  }
  if (metadata.uid && metadata.uid !== live.metadata.uid) {
    const message = `Invalid value: "${metadata.uid}": field is immutable`;
    throw invalid(type, name, [{ field: 'metadata.uid', reason: 'FieldValueInvalid', message }]);
  }
  if (metadata.resourceVersion && metadata.resourceVersion !== live.metadata.resourceVersion) {
    throw conflict(
      qualified,
      name,
      'the object has been modified; please apply your changes to the latest version and try again',
    );
  }
}

/** A write to the object leaves its status as it is; a write to the status leaves everything else. */
function withinSubresource(
  { type, version }: ObjectAddress,
  live: KubeObject,
  draft: ObjectDraft,
  subresource: string | undefined,
): ObjectDraft {
  if (!servedVersion(type, version)?.hasStatus) return draft;
  if (subresource === 'status') {
    const { managedFields } = draft.metadata;
    return withStatus(
      { ...live, metadata: { ...live.metadata, ...(managedFields && { managedFields }) } },
      draft['status'],
    );
  }
  return withStatus(draft, live['status']);
}

function withStatus<T extends ObjectDraft>(object: T, status: unknown): T {
  const { status: _status, ...rest } = object;
  return (status === undefined ? rest : { ...rest, status }) as T;
}

function withGeneration({ type, version }: ObjectAddress, live: KubeObject, next: KubeObject): KubeObject {
  if (!type.hasGeneration || live.metadata.generation === undefined) return next;
  const content = (object: KubeObject): object => {
    const { metadata: _metadata, status, ...rest } = object;
    return servedVersion(type, version)?.hasStatus || status === undefined ? rest : { ...rest, status };
  };
  const changed = !isDeepStrictEqual(content(live), content(next));
  return { ...next, metadata: { ...next.metadata, generation: live.metadata.generation + Number(changed) } };
}

function checkFinalizers({ type, name }: ObjectAddress, live: KubeObject, next: KubeObject): void {
  if (live.metadata.deletionTimestamp === undefined) return;
  const added = (next.metadata.finalizers ?? []).filter((finalizer) => !live.metadata.finalizers?.includes(finalizer));
  if (added.length === 0) return;
  const found = `[]string{${added.map((finalizer) => JSON.stringify(finalizer)).join(', ')}}`;
  const message = `Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers ${found}`;
  throw invalid(type, name, [{ field: 'metadata.finalizers', reason: 'FieldValueForbidden', message }]);
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

/** Without what is absent or has nothing in it, as the server writes metadata. */
export function withoutEmpty<T extends object>(record: T): T {
  const hasContent = (value: unknown): boolean =>
    value !== undefined && value !== null && (typeof value !== 'object' || Object.keys(value).length > 0);
  return Object.fromEntries(Object.entries(record).filter(([, value]) => hasContent(value))) as T;
}
