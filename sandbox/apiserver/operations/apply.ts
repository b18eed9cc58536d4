import { isRecord } from '../../../src/record';
import { badRequest, conflict, notFound, unexplainedError } from '../errors';
import { problemsOfApplied } from '../managed-fields/check-applied';
import { objectSchema } from '../managed-fields/shape';
import type { ObjectDraft } from '../objects';
import { apiVersionOf, servedVersion } from '../resources';
import { findObject } from './change';
import type { ClusterState, ObjectAddress } from './cluster';
import { decode } from './decode';
import { applyOver, typedSchema } from './ownership';
import type { WriteOptions } from './options';
import { undeterminable } from './identity';
import { withoutEmpty } from './metadata-fields';
import { storeChange, storeNew, type Written } from './write';

/**
 * PATCH by server-side apply: creates the object, or changes what the manager says and leaves the rest.
 * @throws ApiError 400 for a body that cannot be applied, 409 on conflicts, 422 or 403 when the result is not valid.
 */
export function applyObject(
  state: ClusterState,
  address: ObjectAddress,
  body: unknown,
  options: WriteOptions & { force: boolean },
): Written {
  const { type, name } = address;
  const qualified = { group: type.group, resource: type.plural };
  const applied = checkApplied(state, address, body);
  const live = findObject(state, address);
  if (!live && options.subresource !== undefined) throw notFound(qualified, name);
  if (!live && !applied.metadata.name) throw undeterminable(name);
  const { uid } = applied.metadata;
  if (!live && uid) {
    throw conflict(
      qualified,
      name,
      `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`,
    );
  }
  const next = applyOver(state, address, live, withinPath(address, applied, options.subresource), options);
  // Defaults belong to nobody, so they come after ownership.
  const { draft } = decode(address, next);
  const own = (): typeof next.metadata.managedFields => next.metadata.managedFields;
  const object = live
    ? storeChange(state, address, live, draft, options, own)
    : storeNew(state, address, draft, options, own);
  return { object, created: !live, warnings: [] };
}

function checkApplied(state: ClusterState, address: ObjectAddress, body: unknown): ObjectDraft {
  const { type, version, namespace } = address;
  if (!isRecord(body)) {
    throw badRequest('error decoding YAML: json: cannot unmarshal into Go value of type map[string]interface {}');
  }
  const { apiVersion = '', metadata = {} } = body as Partial<ObjectDraft>;
  const expected = apiVersionOf(type, version);
  if (apiVersion !== expected) {
    throw badRequest(
      `Incorrect version specified in apply patch. Specified patch version: ${apiVersion}, expected: ${expected}`,
    );
  }
  if (metadata.managedFields !== undefined) throw badRequest('metadata.managedFields must be nil');
  checkTypes(state, address, body);
  const { draft } = decode(address, body, 'Ignore', { withDefaults: false });
  return { ...draft, metadata: { ...(namespace && { namespace }), ...withoutEmpty(draft.metadata) } };
}

/**
 * What does not fit the schema is refused before anything else, with an error that is none of the API.
 * Source: k8s.io/apimachinery managedfields/internal/structuredmerge.go.
 */
function checkTypes(state: ClusterState, { type, version, namespace, name }: ObjectAddress, body: object): void {
  const schema = typedSchema(state, type, version);
  if (!schema) return;
  const problems = problemsOfApplied(objectSchema(schema), body);
  if (problems.length === 0) return;
  const list = problems.length === 1 ? problems[0] : `errors:\n  ${problems.join('\n  ')}`;
  const subject = `${namespace}/${name}; ${apiVersionOf(type, version)}, Kind=${type.kind}`;
  throw unexplainedError(`failed to create typed patch object (${subject}): ${list}`);
}

/** What can be set through this path: a status has a path of its own. */
function withinPath(
  { type, version }: ObjectAddress,
  draft: ObjectDraft,
  subresource: string | undefined,
): ObjectDraft {
  if (!servedVersion(type, version)?.hasStatus) return draft;
  const { status, spec, ...rest } = draft;
  return subresource === 'status'
    ? { ...rest, ...(status !== undefined && { status }) }
    : { ...rest, ...(spec !== undefined && { spec }) };
}
