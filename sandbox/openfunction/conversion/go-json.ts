import { isRecord, type JsonRecord } from '../../../src/record';

/** The object at a key, or undefined where Go holds a nil pointer or map. */
export function objectAt(parent: JsonRecord | undefined, key: string): JsonRecord | undefined {
  const value = parent?.[key];
  return isRecord(value) ? value : undefined;
}

/** The objects of the list at a key; none where there is no list. */
export function objectsAt(parent: JsonRecord | undefined, key: string): JsonRecord[] {
  const value = parent?.[key];
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** The text at a key. An absent string is empty in Go. */
export function textAt(parent: JsonRecord | undefined, key: string): string {
  const value = parent?.[key];
  return typeof value === 'string' ? value : '';
}

/** The fields that have a value. */
export function present(fields: JsonRecord): JsonRecord {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));
}

/** Copies of pointer fields: `omitempty` leaves them out only when they are nil. */
export function pointers(source: JsonRecord, ...keys: string[]): JsonRecord {
  return present(Object.fromEntries(keys.map((key) => [key, source[key]])));
}

/** Copies of text, list and map fields: `omitempty` also leaves them out when they are empty. */
export function values(source: JsonRecord, ...keys: string[]): JsonRecord {
  return present(Object.fromEntries(keys.map((key) => [key, omitEmpty(source[key])])));
}

/** The text, list or map, or undefined when it is empty. */
export function omitEmpty<T>(value: T): T | undefined {
  if (value === '') return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value;
  if (isRecord(value)) return Object.keys(value).length === 0 ? undefined : value;
  return value;
}

/** The entries of the map at a key. Go visits them in random order, this code by name. */
export function sortedEntries(parent: JsonRecord | undefined, key: string): [string, unknown][] {
  return Object.entries(objectAt(parent, key) ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}
