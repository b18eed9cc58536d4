import { isRecord, type JsonRecord } from '../record';
import { formatPath, type Path } from '../path';

/** One difference between two objects. `before` is absent for an addition, `after` for a removal. */
export interface Change {
  path: string;
  before?: unknown;
  after?: unknown;
}

/** All differences, in the order of the objects. Items of lists of named things are compared by their name. */
export function changesBetween(before: unknown, after: unknown, path: Path = []): Change[] {
  if (isRecord(before) && isRecord(after)) return changesOfRecords(before, after, path);
  if (isNamedList(before) && isNamedList(after) && sameOrder(before, after)) {
    return changesOfRecords(byName(before), byName(after), path);
  }
  return isEqual(before, after) ? [] : [toChange(before, after, path)];
}

function changesOfRecords(before: JsonRecord, after: JsonRecord, path: Path): Change[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => {
    const inner = [...path, key];
    return Object.hasOwn(before, key) && Object.hasOwn(after, key)
      ? changesBetween(before[key], after[key], inner)
      : [toChange(own(before, key), own(after, key), inner)];
  });
}

/** Maps of users may have keys like `constructor`. */
function own(record: JsonRecord, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function toChange(before: unknown, after: unknown, path: Path): Change {
  return {
    path: formatPath(path),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
}

type Named = { name: string };

function isNamedList(value: unknown): value is Named[] {
  if (
    !Array.isArray(value) ||
    !value.every((item): item is Named => isRecord(item) && typeof item['name'] === 'string')
  ) {
    return false;
  }
  return new Set(value.map(({ name }) => name)).size === value.length;
}

/** Whether the items that both lists have stand in the same order, so that names alone tell all differences. */
function sameOrder(before: Named[], after: Named[]): boolean {
  const common = (list: Named[], other: Named[]): string[] =>
    list.map(({ name }) => name).filter((name) => other.some((item) => item.name === name));
  return isEqual(common(before, after), common(after, before));
}

function byName(list: Named[]): JsonRecord {
  return Object.fromEntries(list.map((item) => [item.name, item]));
}

/** Equality of JSON values; the order of keys does not count. */
function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a, sortKeys) === JSON.stringify(b, sortKeys);
}

function sortKeys(_key: string, value: unknown): unknown {
  return isRecord(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
}
