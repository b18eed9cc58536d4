import type { Path } from '../path';
import type { Origin } from './origin';
import { holdsReference } from './reference';

/** A reference that the CLI left as text, as it does outside of deploy for outputs of other resources. */
export interface UnresolvedReference {
  path: Path;
  text: string;
}

/** All unresolved references inside props, in the order of the YAML. */
export function findUnresolved(value: unknown, path: Path = []): UnresolvedReference[] {
  if (typeof value === 'string') return holdsReference(value) ? [{ path, text: value }] : [];
  if (Array.isArray(value)) return value.flatMap((item, index) => findUnresolved(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => findUnresolved(item, [...path, key]));
}

/** Places of props of which the CLI knows the value later; in a manifest all text is what it is. */
export function unresolvedPlaces({ props, origin }: { props: unknown; origin: Origin }): Path[] {
  return origin.resolvesReferences ? findUnresolved(props).map(({ path }) => path) : [];
}
