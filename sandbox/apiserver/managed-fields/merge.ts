import type { Schema } from '../schema/schema';
import { childOf, hasMember, isEmpty, type FieldSet } from './field-set';
import { assemble, partsOf, shapeOf } from './shape';

/**
 * The live value with an applied one laid over it. Items of divided lists keep their place; new ones come last.
 * Source: structured-merge-diff, typed/merge.go, before interleaving.
 */
export function merge(schema: Schema | undefined, live: unknown, applied: unknown): unknown {
  if (applied === undefined) return live;
  const shape = shapeOf(schema, applied);
  if (shape === 'leaf' || shapeOf(schema, live) !== shape) return applied;
  const ours = new Map(partsOf(schema, applied).map((part) => [part.element, part]));
  const theirs = partsOf(schema, live);
  const known = new Set(theirs.map(({ element }) => element));
  return assemble(shape, [
    ...theirs.map((part) => ({ ...part, value: merge(part.schema, part.value, ours.get(part.element)?.value) })),
    ...[...ours.values()].filter(({ element }) => !known.has(element)),
  ]);
}

/** A value without the fields of a set. Source: structured-merge-diff, typed/remove.go. */
export function removeFields(schema: Schema | undefined, value: unknown, fields: FieldSet): unknown {
  const shape = shapeOf(schema, value);
  if (shape === 'leaf' || isEmpty(fields)) return value;
  const kept = partsOf(schema, value)
    .filter(({ element }) => !hasMember(fields, element))
    .map((part) => ({ ...part, value: removeFields(part.schema, part.value, childOf(fields, part.element)) }));
  return assemble(shape, kept);
}
