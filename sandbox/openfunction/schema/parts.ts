import type { Schema } from '../../apiserver/schema/schema';

/** Short words for the schemas of CustomResourceDefinitions. */
export const text: Schema = { type: 'string' };
export const integer: Schema = { type: 'integer' };
export const flag: Schema = { type: 'boolean' };
export const textMap: Schema = { type: 'object', additionalProperties: text };

export function object(properties: Record<string, Schema>, required: readonly string[] = []): Schema {
  return { type: 'object', properties, ...(required.length > 0 && { required }) };
}

export function list(items: Schema): Schema {
  return { type: 'array', items };
}

export function mapOf(values: Schema): Schema {
  return { type: 'object', additionalProperties: values };
}

/**
 * The schema with one place of it changed. A path names properties; `*` stands for the items of a list or the values of a map.
 * @throws Error when there is no such place.
 */
export function amend(schema: Schema, path: string, change: (place: Schema) => Schema): Schema {
  if (path === '') return change(schema);
  const [first = '', ...rest] = path.split('.');
  const below = rest.join('.');
  if (first === '*') {
    if (schema.items) return { ...schema, items: amend(schema.items, below, change) };
    if (typeof schema.additionalProperties === 'object') {
      return { ...schema, additionalProperties: amend(schema.additionalProperties, below, change) };
    }
  }
  const property = schema.properties?.[first];
  if (!property) throw new Error(`the schema has no "${first}" on the way to "${path}"`);
  return { ...schema, properties: { ...schema.properties, [first]: amend(property, below, change) } };
}

/** A change that adds keywords. */
export function adding(keywords: Schema): (place: Schema) => Schema {
  return (place) => ({ ...place, ...keywords });
}

/** A change that takes properties away. */
export function without(...names: string[]): (place: Schema) => Schema {
  return (place) => ({
    ...place,
    properties: Object.fromEntries(Object.entries(place.properties ?? {}).filter(([name]) => !names.includes(name))),
  });
}

/** A change that adds properties. */
export function having(properties: Record<string, Schema>): (place: Schema) => Schema {
  return (place) => ({ ...place, properties: { ...place.properties, ...properties } });
}

/** The place itself. @throws Error when there is none. */
export function placeAt(schema: Schema, path: string): Schema {
  let found: Schema | undefined;
  amend(schema, path, (place) => (found = place));
  if (!found) throw new Error(`the schema has no "${path}"`);
  return found;
}
