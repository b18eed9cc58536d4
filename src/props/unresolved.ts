import type { Path } from '../path';
import type { Origin } from './origin';
import { holdsReference, isEvaluated } from './reference';

/** A reference that the CLI left as text, as it does outside of deploy for outputs of other resources. */
export interface UnresolvedReference {
  path: Path;
  text: string;
}

/** All unresolved references inside props, in the order of the YAML. */
export function findUnresolved(props: unknown): UnresolvedReference[] {
  return findTexts(props, holdsReference);
}

/** Places of props that the CLI would evaluate, if they stood in an s.yaml. */
export function evaluatedPlaces(props: unknown): Path[] {
  return findTexts(props, isEvaluated).map(({ path }) => path);
}

function findTexts(
  value: unknown,
  isSought: (text: string) => boolean,
  path: Path = [],
): { path: Path; text: string }[] {
  if (typeof value === 'string') return isSought(value) ? [{ path, text: value }] : [];
  if (Array.isArray(value)) return value.flatMap((item, index) => findTexts(item, isSought, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => findTexts(item, isSought, [...path, key]));
}

/** Places of props of which the CLI knows the value later; in a manifest all text is what it is. */
export function unresolvedPlaces({ props, origin }: { props: unknown; origin: Origin }): Path[] {
  return origin.resolvesReferences ? findUnresolved(props).map(({ path }) => path) : [];
}
