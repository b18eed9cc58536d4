import type { JsonRecord } from '../../../src/record';
import { timestamp } from '../clock';
import { decodeManagers, encodeManagers, identityOf, type ManagerName } from '../managed-fields/managers';
import { applyFields, recordUpdate, type Change } from '../managed-fields/ownership';
import type { KubeObject, ManagedFieldsEntry, ObjectDraft } from '../objects';
import { objectSchema } from '../managed-fields/shape';
import { apiVersionOf, servedVersion, versionOf, type ResourceType } from '../resources';
import type { Schema } from '../schema/schema';
import { convertObject, type ClusterState, type ObjectAddress } from './cluster';
import type { WriteOptions } from './options';

/** The managedFields after a client has put `next` in the place of `live`. */
export function managedFieldsAfterUpdate(
  state: ClusterState,
  address: ObjectAddress,
  live: KubeObject | undefined,
  next: ObjectDraft,
  options: WriteOptions,
): ManagedFieldsEntry[] {
  const sent = next.metadata.managedFields?.length ? next.metadata.managedFields : undefined;
  // Whoever sends a list without content wants the record cleared; it stays so until the next apply.
  const isCleared = sent?.every(({ manager }) => !manager) === true;
  const before = sent ?? live?.metadata.managedFields ?? [];
  if (isCleared || (live && before.length === 0)) return [];
  const change = changeOf(state, address, live, before, 'Update', options);
  return encodeManagers(recordUpdate(change, withoutManagedFields(next)));
}

/**
 * The object after server-side apply, its managedFields included.
 * @throws ApiError 409 on conflicts.
 */
export function applyOver(
  state: ClusterState,
  address: ObjectAddress,
  live: KubeObject | undefined,
  applied: ObjectDraft,
  options: WriteOptions & { force: boolean },
): ObjectDraft {
  const before = live?.metadata.managedFields ?? [];
  const recorded = live && before.length === 0 ? entriesBeforeFirstApply(state, address, live) : before;
  const change = changeOf(state, address, live, recorded, 'Apply', options);
  const { object, managers } = applyFields(change, applied, options.force);
  const { metadata } = object as ObjectDraft;
  return { ...(object as ObjectDraft), metadata: { ...metadata, managedFields: encodeManagers(managers) } };
}

/** Fields of an object without any record belong to nobody in particular. */
function entriesBeforeFirstApply(state: ClusterState, address: ObjectAddress, live: KubeObject): ManagedFieldsEntry[] {
  const change = changeOf(state, address, undefined, [], 'Update', { manager: 'before-first-apply' });
  return encodeManagers(recordUpdate(change, withoutManagedFields(live)));
}

function changeOf(
  state: ClusterState,
  { type, version, namespace, name }: ObjectAddress,
  live: KubeObject | undefined,
  entries: readonly ManagedFieldsEntry[],
  operation: ManagerName['operation'],
  { manager, subresource }: WriteOptions,
): Change {
  const apiVersion = apiVersionOf(type, version);
  const empty = { apiVersion, kind: type.kind, metadata: { name, ...(namespace && { namespace }) } };
  return {
    live: live ? withoutManagedFields(live) : empty,
    by: { manager, operation, apiVersion, ...(subresource && { subresource }) },
    managers: decodeManagers(entries),
    time: timestamp(state.clock),
    versions: {
      convert: (object, target) =>
        servedVersion(type, versionOf(target)) && convertObject(type, object, versionOf(target)),
      schemaOf: (target) =>
        objectSchema(type.builtIn ? undefined : (typedSchema(state, type, versionOf(target)) ?? deduced)),
    },
  };
}

/**
 * The schema by which a type is owned field by field. Servers before 1.21 cannot read schemas with a place of no type,
 * such as that of Functions, and then divide objects as they come.
 */
export function typedSchema({ minor }: ClusterState, type: ResourceType, version: string): Schema | undefined {
  const schema = servedVersion(type, version)?.schema;
  return schema && minor < 21 && hasUntypedPlace(schema) ? undefined : schema;
}

function hasUntypedPlace(schema: Schema): boolean {
  const { type, properties = {}, items, additionalProperties } = schema;
  if (!type) return true;
  const below = [
    ...Object.values(properties),
    items,
    typeof additionalProperties === 'object' ? additionalProperties : undefined,
  ];
  return below.some((place) => place !== undefined && hasUntypedPlace(place));
}

/** A type without a schema to go by. */
const deduced: Schema = {};

function withoutManagedFields(object: JsonRecord): JsonRecord {
  const { managedFields: _managedFields, ...metadata } = object['metadata'] as KubeObject['metadata'];
  return { ...object, metadata };
}

/** Whether two records say the same, whenever it was recorded. */
export function saysTheSame(a: readonly ManagedFieldsEntry[] = [], b: readonly ManagedFieldsEntry[] = []): boolean {
  const content = (entries: readonly ManagedFieldsEntry[]): string =>
    JSON.stringify(entries.map((entry) => [identityOf(entry), entry.apiVersion, entry.fieldsV1]).sort());
  return content(a) === content(b);
}
