import type { ManagedFieldsEntry } from '../objects';
import { fromFieldsV1, isEmpty, toFieldsV1, type FieldSet } from './field-set';

/** What one manager owns. */
export interface Manager extends Omit<ManagedFieldsEntry, 'fieldsType' | 'fieldsV1'> {
  set: FieldSet;
}

/** All managers of an object by their identity. */
export type Managers = ReadonlyMap<string, Manager>;

export type ManagerName = Pick<ManagedFieldsEntry, 'manager' | 'operation' | 'apiVersion' | 'subresource'>;

/** An applier is the same in all API versions; an updater is another one in each. */
export function identityOf({ manager, operation, apiVersion, subresource = '' }: ManagerName): string {
  return JSON.stringify([manager, operation, operation === 'Apply' ? '' : apiVersion, subresource]);
}

export function decodeManagers(entries: readonly ManagedFieldsEntry[] = []): Managers {
  return new Map(
    entries.map(({ fieldsType: _type, fieldsV1, ...name }) => [
      identityOf(name),
      { ...name, set: fromFieldsV1(fieldsV1) },
    ]),
  );
}

/** The entries of all managers that own something, in the order of the API server: appliers first, then by time. */
export function encodeManagers(managers: Managers): ManagedFieldsEntry[] {
  return [...managers.values()]
    .filter(({ set }) => !isEmpty(set))
    .map(({ set, ...name }): ManagedFieldsEntry => ({ ...name, fieldsType: 'FieldsV1', fieldsV1: toFieldsV1(set) }))
    .sort(byOrderOfEntries);
}

function byOrderOfEntries(a: ManagedFieldsEntry, b: ManagedFieldsEntry): number {
  const keys = (entry: ManagedFieldsEntry): string[] => [
    entry.operation,
    entry.time ?? '',
    entry.manager,
    entry.apiVersion,
    entry.subresource ?? '',
  ];
  const other = keys(b);
  return (
    keys(a)
      .map((key, index) => key.localeCompare(other[index] ?? ''))
      .find((order) => order !== 0) ?? 0
  );
}

/** The managers with their sets changed. */
export function mapSets(managers: Managers, change: (manager: Manager, identity: string) => FieldSet): Managers {
  return new Map(
    [...managers].map(([identity, manager]) => [identity, { ...manager, set: change(manager, identity) }]),
  );
}
