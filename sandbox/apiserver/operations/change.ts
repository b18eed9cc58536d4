import { apply as applyMergePatch } from 'json-merge-patch';
import { applyPatch as applyJsonPatch, type Operation } from 'rfc6902';
import { copyOf } from '../copy';
import { badRequest, conflict, invalid, notFound, unpatchable } from '../errors';
import type { KubeObject, ObjectDraft } from '../objects';
import { readAs, storageKey, type ClusterState, type ObjectAddress } from './cluster';
import { decode } from './decode';
import { managedFieldsAfterUpdate } from './ownership';
import type { WriteOptions } from './options';
import { storeChange, storeNew, type Written } from './write';

/** POST: a new object. */
export function createObject(
  state: ClusterState,
  address: ObjectAddress,
  body: unknown,
  options: WriteOptions,
): Written {
  const { draft, warnings } = decode(address, body, options.fieldValidation);
  const object = storeNew(state, address, draft, options, (next, at) =>
    managedFieldsAfterUpdate(state, at, undefined, next, options),
  );
  return { object, created: true, warnings };
}

/** PUT: an object in the place of another. @throws ApiError 404 when there is none. */
export function updateObject(
  state: ClusterState,
  address: ObjectAddress,
  body: unknown,
  options: WriteOptions,
): Written {
  const { draft, warnings } = decode(address, body, options.fieldValidation);
  const live = findObject(state, address);
  if (!live) throw notFound({ group: address.type.group, resource: address.type.plural }, address.name);
  checkReplaces(address, live, draft);
  return { object: change(state, address, live, draft, options), created: false, warnings };
}

/** Who replaces an object must say which one. Built-in types may be replaced whatever they are. */
function checkReplaces({ type, name }: ObjectAddress, live: KubeObject, { metadata }: ObjectDraft): void {
  if (metadata.uid && metadata.uid !== live.metadata.uid) {
    const why = `Precondition failed: UID in precondition: ${metadata.uid}, UID in object meta: ${live.metadata.uid}`;
    throw conflict({ group: type.group, resource: type.plural }, name, why);
  }
  if (metadata.resourceVersion || type.builtIn || !metadata.name) return;
  throw invalid({ group: type.group, kind: type.plural }, name, [
    {
      field: 'metadata.resourceVersion',
      reason: 'FieldValueInvalid',
      message: 'Invalid value: 0x0: must be specified for an update',
    },
  ]);
}

export type PatchType = 'json' | 'merge';

/** PATCH with a JSON patch or a JSON merge patch. @throws ApiError 404 when there is no object to patch. */
export function patchObject(
  state: ClusterState,
  address: ObjectAddress,
  patchType: PatchType,
  patch: unknown,
  options: WriteOptions,
): Written {
  const live = findObject(state, address);
  if (!live) throw notFound({ group: address.type.group, resource: address.type.plural }, address.name);
  const patched = patchType === 'json' ? patchedByJson(live, patch) : applyMergePatch(copyOf(live), patch);
  const { draft, warnings } = decode(address, patched, options.fieldValidation, { patch });
  return { object: change(state, address, live, draft, options), created: false, warnings };
}

/** The stored object in the version asked for. */
export function findObject(
  { store }: ClusterState,
  { type, version, namespace, name }: ObjectAddress,
): KubeObject | undefined {
  const object = store.get(storageKey(type), namespace, name);
  return object && readAs(type, object, version);
}

function change(
  state: ClusterState,
  address: ObjectAddress,
  live: KubeObject,
  draft: ObjectDraft,
  options: WriteOptions,
): KubeObject {
  return storeChange(state, address, live, draft, options, (next) =>
    managedFieldsAfterUpdate(state, address, live, next, options),
  );
}

function patchedByJson(live: KubeObject, patch: unknown): unknown {
  if (!Array.isArray(patch)) {
    throw badRequest('error decoding patch: json: cannot unmarshal object into Go value of type jsonpatch.Patch');
  }
  const patched = copyOf(live);
  const failed = applyJsonPatch(patched, patch as Operation[]).find((error) => error !== null);
  if (!failed) return patched;
  throw unpatchable();
}
