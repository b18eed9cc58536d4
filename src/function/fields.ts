import { isRecord, type JsonRecord } from '../record';

/*
 * Fields of objects as the server records them: `f:` a key, `k:` an item of a list by its keys, `v:` an item by its value.
 * Source: k8s.io/apimachinery, FieldsV1.
 */

/** A value without these fields; what is empty then is gone, too. */
export function withoutFields(value: unknown, fields: JsonRecord): unknown {
  if (Object.keys(fields).length === 0) return undefined;
  if (Array.isArray(value)) {
    const rest = value.flatMap((item: unknown) => {
      const own = fieldsOfItem(fields, item);
      const kept = own === undefined ? item : withoutFields(item, own);
      return kept === undefined ? [] : [kept];
    });
    return rest.length > 0 ? rest : undefined;
  }
  if (!isRecord(value)) return value;
  const rest = Object.entries(value).flatMap(([key, item]) => {
    const own = fieldsUnder(fields, `f:${key}`);
    const kept = own === undefined ? item : withoutFields(item, own);
    return kept === undefined ? [] : [[key, kept]];
  });
  return rest.length > 0 ? Object.fromEntries(rest) : undefined;
}

function fieldsUnder(fields: JsonRecord, key: string): JsonRecord | undefined {
  return isRecord(fields[key]) ? fields[key] : undefined;
}

function fieldsOfItem(fields: JsonRecord, item: unknown): JsonRecord | undefined {
  const key = Object.keys(fields).find((field) => isItem(field, item));
  return key === undefined ? undefined : fieldsUnder(fields, key);
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
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown) => {
      const own = fieldsOfItem(fields, item);
      return own === undefined ? [] : [onlyFields(item, own)];
    });
  }
  if (!isRecord(value)) return value;
  const kept = Object.entries(value).flatMap(([key, item]) => {
    const own = fieldsUnder(fields, `f:${key}`);
    return own === undefined ? [] : [[key, onlyFields(item, own)]];
  });
  return Object.fromEntries(kept);
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
