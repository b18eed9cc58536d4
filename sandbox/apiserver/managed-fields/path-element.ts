import { isRecord, type JsonRecord } from '../../../src/record';

/**
 * One step of a path in the notation of FieldsV1: `f:name`, `k:{"name":"x"}` (an item of a list by its keys),
 * `v:"x"` (a member of a set). Source: structured-merge-diff, fieldpath/serialize-pe.go.
 */
export type PathElement = string;

export function fieldElement(name: string): PathElement {
  return `f:${name}`;
}

export function keyElement(keys: JsonRecord): PathElement {
  return `k:${JSON.stringify(Object.fromEntries(Object.entries(keys).sort(([a], [b]) => (a < b ? -1 : 1))))}`;
}

export function valueElement(value: unknown): PathElement {
  return `v:${JSON.stringify(value)}`;
}

/** A path as the server writes it in messages: `.spec.list[name="x"].value`. */
export function describePath(path: readonly PathElement[]): string {
  return path.map(describeElement).join('');
}

function describeElement(element: PathElement): string {
  const content = element.slice(2);
  if (element.startsWith('f:')) return `.${content}`;
  const value: unknown = JSON.parse(content);
  if (!isRecord(value)) return `[=${JSON.stringify(value)}]`;
  return `[${Object.entries(value)
    .map(([key, item]) => `${key}=${JSON.stringify(item)}`)
    .join(',')}]`;
}
