export type JsonRecord = Record<string, unknown>;

/** Whether a value is an object with string keys: not null, not an array. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path of keys and indexes, or undefined where the path leads nowhere. */
export function valueAt(root: unknown, path: readonly (string | number)[]): unknown {
  let value = root;
  for (const key of path) {
    if (Array.isArray(value)) value = value[Number(key)];
    else if (isRecord(value)) value = value[key];
    else return undefined;
  }
  return value;
}

/** The text at a path; empty where there is none. */
export function textAt(root: unknown, path: readonly (string | number)[]): string {
  const value = valueAt(root, path);
  return typeof value === 'string' ? value : '';
}

/** The number at a path; undefined where there is none. */
export function numberAt(root: unknown, path: readonly (string | number)[]): number | undefined {
  const value = valueAt(root, path);
  return typeof value === 'number' ? value : undefined;
}

/** The objects of the list at a path; none where there is no list. */
export function recordsAt(root: unknown, path: readonly (string | number)[]): JsonRecord[] {
  const value = valueAt(root, path);
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** The object at a path; an empty one where there is none. */
export function recordAt(root: unknown, path: readonly (string | number)[]): JsonRecord {
  const value = valueAt(root, path);
  return isRecord(value) ? value : {};
}

/** A record with the same keys and changed values. */
export function mapValues<T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

/** Without the keys whose value is undefined. */
export function withoutUndefined<T extends object>(object: { [Key in keyof T]: T[Key] | undefined }): T {
  return Object.fromEntries(Object.entries(object as JsonRecord).filter(([, value]) => value !== undefined)) as T;
}
