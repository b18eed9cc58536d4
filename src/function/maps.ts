import { isRecord, type JsonRecord } from '../record';

/** Changes what is a map. In its place there may be a reference, which is text until the CLI resolves it, or nothing. */
export function inMap<T extends object>(value: T | undefined, change: (map: T) => object): object | undefined {
  return isRecord(value) ? change(value) : value;
}

/** Changes each map of a list; a reference in place of the list, or of one of them, stays. */
export function inList(list: unknown, change: (item: JsonRecord) => unknown): unknown {
  if (!Array.isArray(list)) return list;
  return list.map((item: unknown) => (isRecord(item) ? change(item) : item));
}
