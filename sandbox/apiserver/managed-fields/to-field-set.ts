import type { Schema } from '../schema/schema';
import { emptySet, fieldSet, type FieldSet } from './field-set';
import { isNamedField, partsOf, schemaBelow, shapeOf } from './shape';
import { isRecord } from '../../../src/record';

/**
 * The fields that an applied value claims: all leaves, items of lists, entries of maps, and empty objects.
 * Source: structured-merge-diff, typed/tofieldset.go.
 */
export function toFieldSet(schema: Schema | undefined, value: unknown): FieldSet {
  if (shapeOf(schema, value) === 'leaf') return emptySet;
  const parts = partsOf(schema, value);
  const isOwned = ({ element, schema: below, value: item }: (typeof parts)[number]): boolean =>
    item === null ||
    shapeOf(below, item) === 'leaf' ||
    (isRecord(item) && Object.keys(item).length === 0) ||
    !isNamedField(schema, element);
  return fieldSet(
    parts.filter(isOwned).map(({ element }) => element),
    parts.map(({ element, schema: below, value: item }) => [element, toFieldSet(below, item)]),
  );
}

/** Makes members of the fields that the schema names and that have members below them. */
export function withNamedFields(set: FieldSet, schema: Schema | undefined): FieldSet {
  const named = [...set.children.keys()].filter((element) => isNamedField(schema, element));
  return fieldSet(
    [...set.members, ...named],
    [...set.children].map(([element, child]) => [element, withNamedFields(child, schemaBelow(schema, element))]),
  );
}
