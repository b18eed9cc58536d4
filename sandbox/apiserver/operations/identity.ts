import { badRequest, conflict, invalid } from '../errors';
import type { KubeObject, ObjectDraft } from '../objects';
import { randomSuffix } from '../random-suffix';
import type { ObjectAddress } from './cluster';

/** The name of a new object. @throws ApiError when it has none, or another than the path or the namespace of another path. */
export function nameOf({ metadata }: ObjectDraft, { name, namespace, type }: ObjectAddress): string {
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

/** @throws ApiError when what is to take the place of an object is not that object, or not its latest version. */
export function checkIdentity(
  { type, namespace, name }: ObjectAddress,
  live: KubeObject,
  { metadata }: ObjectDraft,
): void {
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

/** @throws ApiError 422 when somebody wants to hold a dying object longer. */
export function checkFinalizers({ type, name }: ObjectAddress, live: KubeObject, next: KubeObject): void {
  if (live.metadata.deletionTimestamp === undefined) return;
  const added = (next.metadata.finalizers ?? []).filter((finalizer) => !live.metadata.finalizers?.includes(finalizer));
  if (added.length === 0) return;
  const found = `[]string{${added.map((finalizer) => JSON.stringify(finalizer)).join(', ')}}`;
  const message = `Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers ${found}`;
  throw invalid(type, name, [{ field: 'metadata.finalizers', reason: 'FieldValueForbidden', message }]);
}

export function undeterminable(name: string): Error {
  return badRequest(`the name of the object (${name} based on URL) was undeterminable: name must be provided`);
}

function otherNamespace(given: string, expected: string): Error {
  return badRequest(`the namespace of the object (${given}) does not match the namespace on the request (${expected})`);
}
