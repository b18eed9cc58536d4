import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '../../../src/record';
import type { Schema } from '../schema/schema';
import { emptySet, fieldSet, union, type FieldSet } from './field-set';
import type { PathElement } from './path-element';
import { partsOf, shapeOf, type Part, type Shape } from './shape';

export interface Comparison {
  added: FieldSet;
  modified: FieldSet;
  removed: FieldSet;
}

const same: Comparison = { added: emptySet, modified: emptySet, removed: emptySet };

/** What differs between two values, undefined meaning absent. Source: structured-merge-diff, typed/typed.go Compare. */
export function compare(schema: Schema | undefined, before: unknown, after: unknown): Comparison {
  const shape = commonShape(schema, before, after);
  if (shape === undefined) {
    const gone = compare(schema, before, undefined);
    const come = compare(schema, undefined, after);
    return { added: come.added, modified: emptySet, removed: gone.removed };
  }
  if (shape === 'leaf') return same;
  return pairs(partsOf(schema, before), partsOf(schema, after))
    .map(([element, old, now]) => compareParts(element, old, now))
    .reduce(join, same);
}

function compareParts(element: PathElement, old: Part | undefined, now: Part | undefined): Comparison {
  const { schema } = (now ?? old) as Part;
  const below = compare(schema, old?.value, now?.value);
  const here = fieldSet([element]);
  const nested: Comparison = {
    added: fieldSet([], [[element, below.added]]),
    modified: fieldSet([], [[element, below.modified]]),
    removed: fieldSet([], [[element, below.removed]]),
  };
  if (!old) return { ...nested, added: union(nested.added, here) };
  if (!now) return { ...nested, removed: union(nested.removed, here) };
  const isLeaf = commonShape(schema, old.value, now.value) === 'leaf';
  if (isLeaf && !isDeepStrictEqual(old.value, now.value)) return { ...nested, modified: union(nested.modified, here) };
  return nested;
}

/** The shape of both values together; undefined when they cannot be compared part by part. */
function commonShape(schema: Schema | undefined, before: unknown, after: unknown): Shape | undefined {
  const shapes = [before, after]
    .filter((value) => value !== undefined && value !== null)
    .map((value) => shapeOf(schema, value));
  const [first = 'leaf', second = first] = shapes;
  if (first !== second) return undefined;
  const hasParts = [before, after].some((value) =>
    Array.isArray(value) ? value.length > 0 : isRecord(value) && Object.keys(value).length > 0,
  );
  return hasParts ? first : 'leaf';
}

/** The parts of two values side by side. */
function pairs(before: readonly Part[], after: readonly Part[]): [PathElement, Part | undefined, Part | undefined][] {
  const old = new Map(before.map((part) => [part.element, part]));
  const now = new Map(after.map((part) => [part.element, part]));
  return [...new Set([...old.keys(), ...now.keys()])].map((element) => [element, old.get(element), now.get(element)]);
}

function join(a: Comparison, b: Comparison): Comparison {
  return {
    added: union(a.added, b.added),
    modified: union(a.modified, b.modified),
    removed: union(a.removed, b.removed),
  };
}
