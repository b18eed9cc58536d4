import { isRecord, type JsonRecord } from '../record';

/*
 * Fields of objects as the server records them: `f:` a key, `k:` an item of a list by its keys, `v:` an item by its value.
 * Source: k8s.io/apimachinery, FieldsV1.
 */

/** A value without these fields; what is empty then is gone, too. */
export function withoutFields(value: unknown, fields: JsonRecord): unknown {
  if (Object.keys(fields).length === 0) return undefined;
  const inner = (key: string): JsonRecord | undefined => (isRecord(fields[key]) ? fields[key] : undefined);
  if (Array.isArray(value)) {
    const rest = value.flatMap((item: unknown) => {
      const key = Object.keys(fields).find((field) => isItem(field, item));
      const kept = key === undefined ? item : withoutFields(item, inner(key) ?? {});
      return kept === undefined ? [] : [kept];
    });
    return rest.length > 0 ? rest : undefined;
  }
  if (!isRecord(value)) return value;
  const rest = Object.entries(value).flatMap(([key, item]) => {
    const own = inner(`f:${key}`);
    const kept = own === undefined ? item : withoutFields(item, own);
    return kept === undefined ? [] : [[key, kept]];
  });
  return rest.length > 0 ? Object.fromEntries(rest) : undefined;
}

function isItem(field: string, item: unknown): boolean {
  if (field.startsWith('v:')) return field.slice(2) === JSON.stringify(item);
  if (!field.startsWith('k:') || !isRecord(item)) return false;
  const keys = JSON.parse(field.slice(2)) as JsonRecord;
  return Object.entries(keys).every(([key, value]) => item[key] === value);
}

/** A value with these fields alone. */
export function onlyFields(value: unknown, fields: JsonRecord): unknown {
  if (Object.keys(fields).length === 0) return value;
  const inner = (key: string): JsonRecord => (isRecord(fields[key]) ? fields[key] : {});
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown) => {
      const key = Object.keys(fields).find((field) => isItem(field, item));
      return key === undefined ? [] : [onlyFields(item, inner(key))];
    });
  }
  if (!isRecord(value)) return value;
  const own = Object.entries(value).filter(([key]) => `f:${key}` in fields);
  return Object.fromEntries(own.map(([key, item]) => [key, onlyFields(item, inner(`f:${key}`))]));
}

/** Of these fields, those that a value has not. */
export function fieldsNotIn(value: unknown, fields: JsonRecord): JsonRecord | undefined {
  if (!isRecord(value)) return undefined;
  const gone = Object.entries(fields).flatMap(([field, inner]): [string, unknown][] => {
    const item = value[field.slice(2)];
    const part = item === undefined ? inner : fieldsNotIn(item, isRecord(inner) ? inner : {});
    return part === undefined ? [] : [[field, part]];
  });
  return gone.length > 0 ? Object.fromEntries(gone) : undefined;
}

/** The fields of a value; lists are set as a whole. */
export function toFields(value: unknown): JsonRecord {
  if (!isRecord(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [`f:${key}`, toFields(item)]));
}
