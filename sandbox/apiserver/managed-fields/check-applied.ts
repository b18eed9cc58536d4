import { isRecord } from '../../../src/record';
import { isOpen, type Schema } from '../schema/schema';
import { describePath, fieldElement, type PathElement } from './path-element';
import { partsOf } from './shape';

/**
 * Why an applied value does not fit its schema, in the words of the server's Go code. It looks at types, names and keys only.
 * Source: structured-merge-diff, typed/validate.go.
 */
export function problemsOfApplied(
  schema: Schema | undefined,
  value: unknown,
  path: readonly PathElement[] = [],
): string[] {
  if (!schema || value === null || value === undefined) return [];
  const place = describePath(path);
  if (schema.type === 'object' || schema.properties) {
    if (!isRecord(value)) return [`${place}: expected map, got &{${goText(value)}}`];
    return problemsOfMap(schema, value, path);
  }
  if (schema.type === 'array') {
    if (!Array.isArray(value)) return [`${place}: expected list, got &{${goText(value)}}`];
    return problemsOfList(schema, value, path);
  }
  const expected = scalars[schema.type ?? ''];
  if (expected === undefined || typeof value === expected.is) return [];
  return [`${place}: expected ${expected.name}, got &value.valueUnstructured{Value:${goText(value)}}`];
}

/** A value much as Go prints it. */
function goText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const scalars: Readonly<Record<string, { name: string; is: string }>> = {
  string: { name: 'string', is: 'string' },
  boolean: { name: 'boolean', is: 'boolean' },
  integer: { name: 'numeric (int or float)', is: 'number' },
  number: { name: 'numeric (int or float)', is: 'number' },
};

function problemsOfMap(schema: Schema, value: object, path: readonly PathElement[]): string[] {
  return partsOf(schema, value).flatMap(({ element, name = '', schema: below, value: item }) => {
    const isKnown = below !== undefined || isOpen(schema);
    if (!isKnown) return [`${describePath([...path, fieldElement(name)])}: field not declared in schema`];
    return problemsOfApplied(below, item, [...path, element]);
  });
}

function problemsOfList(schema: Schema, value: readonly unknown[], path: readonly PathElement[]): string[] {
  const { 'x-kubernetes-list-type': listType = 'atomic', 'x-kubernetes-list-map-keys': keys = [], items } = schema;
  const place = describePath(path);
  const incomplete = value.flatMap((item, index) =>
    keys
      .filter((key) => isRecord(item) && item[key] === undefined && items?.properties?.[key]?.default === undefined)
      .map(
        (key) =>
          `${place}: element ${index}: associative list with keys has an element that omits key field "${key}" (and doesn't have default value)`,
      ),
  );
  if (incomplete.length > 0) return incomplete;
  const parts = partsOf(schema, value);
  const twice = new Set(
    parts.map(({ element }) => element).filter((element, index, all) => all.indexOf(element) !== index),
  );
  return [
    ...(listType === 'atomic'
      ? []
      : [...twice].map((element) => `${place}: duplicate entries for key ${describePath([element])}`)),
    ...parts.flatMap(({ element, value: item }) => problemsOfApplied(items, item, [...path, element])),
  ];
}
