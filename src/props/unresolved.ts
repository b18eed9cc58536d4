import type { Path } from '../path';

/** What begins a reference of the CLI; any other `${…}` is text. */
const reference = /\$\{\s*(resources|this|vars|env|config|secret|file|json|yaml|path)\b[^}]*\}/;

/** A reference that the CLI left as text, as it does outside of deploy for outputs of other resources. */
export interface UnresolvedReference {
  path: Path;
  text: string;
}

/** All unresolved references inside props, in the order of the YAML. */
export function findUnresolved(value: unknown, path: Path = []): UnresolvedReference[] {
  if (typeof value === 'string') return reference.test(value) ? [{ path, text: value }] : [];
  if (Array.isArray(value)) return value.flatMap((item, index) => findUnresolved(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => findUnresolved(item, [...path, key]));
}
