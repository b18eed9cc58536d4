import { isRecord, type JsonRecord } from '../../../src/record';
import { fieldSchema, isOpen, metadataSchema, type Schema } from '../schema/schema';
import { fieldElement, keyElement, valueElement, type PathElement } from './path-element';

/** A part of a value that has an owner of its own. */
export interface Part {
  element: PathElement;
  /** Key of the map, undefined for items of lists. */
  name?: string;
  schema: Schema | undefined;
  value: unknown;
}

/** What a value is to server-side apply: owned as a whole, or part by part. */
export type Shape = 'leaf' | 'map' | 'list';

/**
 * How ownership divides a value. Without a schema objects are divided and lists are not.
 * Source: structured-merge-diff, schema of list and map types; k8s.io/kube-openapi schemaconv.
 */
export function shapeOf(schema: Schema | undefined, value: unknown): Shape {
  if (Array.isArray(value)) return divides(schema?.['x-kubernetes-list-type']) ? 'list' : 'leaf';
  if (isRecord(value)) return schema?.['x-kubernetes-map-type'] === 'atomic' ? 'leaf' : 'map';
  return 'leaf';
}

function divides(listType: Schema['x-kubernetes-list-type']): boolean {
  return listType === 'map' || listType === 'set';
}

/** The parts of a divided value. */
export function partsOf(schema: Schema | undefined, value: unknown): Part[] {
  if (Array.isArray(value)) {
    return value.map((item: unknown) => ({ element: itemElement(schema, item), schema: schema?.items, value: item }));
  }
  if (!isRecord(value)) return [];
  return Object.entries(value).map(([name, item]) => ({
    element: fieldElement(name),
    name,
    schema: schemaOfField(schema, name),
    value: item,
  }));
}

function itemElement(schema: Schema | undefined, item: unknown): PathElement {
  const keys = schema?.['x-kubernetes-list-map-keys'];
  if (!keys || !isRecord(item)) return valueElement(item);
  return keyElement(
    Object.fromEntries(keys.map((key) => [key, item[key] ?? schema.items?.properties?.[key]?.default])),
  );
}

/** Whether the schema knows a field by its own name, not as one of any name. */
export function isNamedField(schema: Schema | undefined, element: PathElement): boolean {
  return element.startsWith('f:') && Object.hasOwn(schema?.properties ?? {}, element.slice(2));
}

/** The schema below a path element. */
export function schemaBelow(schema: Schema | undefined, element: PathElement): Schema | undefined {
  return element.startsWith('f:') ? schemaOfField(schema, element.slice(2)) : schema?.items;
}

/**
 * The schema of a field. What nobody described is divided as it comes, but it is one value in an object
 * of which nothing is described.
 */
function schemaOfField(schema: Schema | undefined, name: string): Schema | undefined {
  const isUndescribed = schema !== undefined && isOpen(schema) && schema.properties === undefined;
  return fieldSchema(schema, name) ?? (isUndescribed ? oneValue : undefined);
}

const oneValue: Schema = { 'x-kubernetes-map-type': 'atomic' };

/** The fields of built-in types, as far as they stand at the top. */
const builtInFields = [
  'spec',
  'status',
  'data',
  'binaryData',
  'stringData',
  'type',
  'immutable',
  'rules',
  'roleRef',
  'subjects',
];
const builtInSchema: Schema = { properties: Object.fromEntries(builtInFields.map((field) => [field, {}])) };

/** The schema of whole objects of a type. */
export function objectSchema(schema: Schema | undefined): Schema {
  const properties: Record<string, Schema> = {
    ...(schema ?? builtInSchema).properties,
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    metadata: metadataSchema,
  };
  return { ...schema, properties };
}

/** Puts parts together again. */
export function assemble(shape: Shape, parts: readonly { name?: string; value: unknown }[]): JsonRecord | unknown[] {
  if (shape === 'list') return parts.map(({ value }) => value);
  return Object.fromEntries(parts.map(({ name = '', value }) => [name, value]));
}
