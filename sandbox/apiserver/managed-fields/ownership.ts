import { isDeepStrictEqual } from 'node:util';
import type { JsonRecord } from '../../../src/record';
import type { Schema } from '../schema/schema';
import { compare } from './compare';
import { applyConflict } from './conflict';
import { difference, emptySet, intersection, isEmpty, setOfPaths, toFieldsV1, union, type FieldSet } from './field-set';
import { identityOf, mapSets, type Manager, type ManagerName, type Managers } from './managers';
import { merge, removeFields } from './merge';
import { toFieldSet, withNamedFields } from './to-field-set';

/** How ownership sees the versions of a type. Objects come and go without managedFields. */
export interface Versions {
  /** Undefined when the version is no longer served. */
  convert(object: JsonRecord, apiVersion: string): JsonRecord | undefined;
  /** The schema of whole objects. */
  schemaOf(apiVersion: string): Schema;
}

export interface Change {
  /** Both in the API version of the request. */
  live: JsonRecord;
  by: ManagerName;
  managers: Managers;
  versions: Versions;
  /** Now, as in managedFields. */
  time: string;
}

/** Fields that nobody owns. Source: k8s.io/apimachinery managedfields/internal/stripmeta.go. */
const ownerless = setOfPaths([
  ['f:apiVersion'],
  ['f:kind'],
  ['f:metadata'],
  ...[
    'name',
    'namespace',
    'creationTimestamp',
    'selfLink',
    'uid',
    'clusterName',
    'generation',
    'managedFields',
    'resourceVersion',
  ].map((field) => ['f:metadata', `f:${field}`]),
]);

/** The managers after a client has replaced the live object by another. Nobody is asked. */
export function recordUpdate(change: Change, updated: JsonRecord): Managers {
  const { by, live, versions } = change;
  const left = takeFields(change, updated);
  const { added, modified, removed } = compare(versions.schemaOf(by.apiVersion), live, updated);
  const identity = identityOf(by);
  const owned = difference(left.get(identity)?.set ?? emptySet, removed);
  const set = strip(union(owned, union(added, modified)));
  return replaceManager(change, left, set);
}

export interface ApplyResult {
  object: JsonRecord;
  managers: Managers;
}

/**
 * Server-side apply: lays what is applied over the live object, and removes what the same manager applied before,
 * applies no longer and nobody else owns.
 * @throws ApiError 409 when fields belong to others who set them otherwise, unless forced.
 */
export function applyFields(change: Change, applied: JsonRecord, force: boolean): ApplyResult {
  const { live, by, managers, versions } = change;
  const schema = versions.schemaOf(by.apiVersion);
  const identity = identityOf(by);
  const named = toFieldSet(schema, applied);
  const set = strip(named);
  // What nobody owns, such as the name, is not to be removed either.
  const claimed = new Map(managers).set(identity, { ...by, set: named });
  const merged = merge(schema, live, applied) as JsonRecord;
  const object = prune(merged, managers.get(identity), claimed, change);
  const left = takeFields({ ...change, managers: claimed }, object, force ? undefined : identity);
  const changed = !isDeepStrictEqual(object, live);
  return { object, managers: replaceManager({ ...change, managers }, left, set, changed) };
}

/**
 * Removes what the manager applied last time and nobody owns now, as seen in the versions of all managers.
 * Source: structured-merge-diff, merge/update.go prune.
 */
function prune(merged: JsonRecord, last: Manager | undefined, claimed: Managers, { by, versions }: Change): JsonRecord {
  if (!last || isEmpty(last.set)) return merged;
  const remove = (
    object: JsonRecord,
    apiVersion: string,
    fields: (all: FieldSet, schema: Schema) => FieldSet,
  ): JsonRecord => {
    const inVersion = versions.convert(object, apiVersion);
    if (!inVersion) return object;
    const schema = versions.schemaOf(apiVersion);
    const all = withNamedFields(toFieldSet(schema, inVersion), schema);
    return removeFields(schema, inVersion, fields(all, schema)) as JsonRecord;
  };
  const fieldsIn = (object: JsonRecord, apiVersion: string, schema: Schema): FieldSet =>
    withNamedFields(toFieldSet(schema, versions.convert(object, apiVersion)), schema);

  let pruned = remove(merged, last.apiVersion, (_all, schema) => withNamedFields(last.set, schema));
  for (const apiVersion of new Set([...claimed.values()].map((manager) => manager.apiVersion))) {
    const managers = [...claimed.values()].filter((manager) => manager.apiVersion === apiVersion);
    const owned = managers.map(({ set }) => set).reduce(union, emptySet);
    const before = pruned;
    pruned = remove(merged, apiVersion, (all, schema) =>
      difference(all, union(fieldsIn(before, apiVersion, schema), withNamedFields(owned, schema))),
    );
  }
  const before = pruned;
  pruned = remove(merged, last.apiVersion, (all, schema) =>
    intersection(difference(all, fieldsIn(before, last.apiVersion, schema)), withNamedFields(last.set, schema)),
  );
  return versions.convert(pruned, by.apiVersion) ?? pruned;
}

/**
 * Takes from all other managers what has changed, as seen in the version of each.
 * @param asking identity of the manager that does not force; others' changed fields are then a conflict.
 */
function takeFields({ live, by, managers, versions }: Change, updated: JsonRecord, asking?: string): Managers {
  const own = identityOf(by);
  const comparisons = new Map<string, ReturnType<typeof compare> | undefined>();
  const compareIn = (apiVersion: string): ReturnType<typeof compare> | undefined => {
    if (!comparisons.has(apiVersion)) {
      const before = versions.convert(live, apiVersion);
      const after = versions.convert(updated, apiVersion);
      comparisons.set(apiVersion, before && after && compare(versions.schemaOf(apiVersion), before, after));
    }
    return comparisons.get(apiVersion);
  };
  const contested = [...managers]
    .filter(([identity]) => identity !== own)
    .flatMap(([, manager]) => {
      const changes = compareIn(manager.apiVersion);
      const set = changes ? intersection(manager.set, union(changes.modified, changes.added)) : emptySet;
      return isEmpty(set) ? [] : [{ ...manager, set }];
    });
  if (asking !== undefined && contested.length > 0) throw applyConflict(contested);
  return mapSets(managers, ({ set, apiVersion }, identity) => {
    if (identity === own) return set;
    const changes = compareIn(apiVersion);
    if (!changes) return emptySet;
    return difference(difference(set, union(changes.modified, changes.added)), changes.removed);
  });
}

/** The managers with a new set for the one who acts; its time moves when the set or, on apply, the object has changed. */
function replaceManager(
  { by, managers, time }: Change,
  left: Managers,
  set: FieldSet,
  objectChanged = false,
): Managers {
  const identity = identityOf(by);
  const before = managers.get(identity);
  const isSame =
    before !== undefined &&
    !objectChanged &&
    before.apiVersion === by.apiVersion &&
    isDeepStrictEqual(toFieldsV1(before.set), toFieldsV1(set));
  return new Map(left).set(identity, { ...by, time: isSame ? (before.time ?? time) : time, set });
}

function strip(set: FieldSet): FieldSet {
  return difference(set, ownerless);
}
