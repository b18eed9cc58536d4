import { isRecord } from '../../../src/record';
import { fieldSchema, type Schema } from './schema';

/**
 * Fills in the defaults of a schema where a field is absent. A null where none is allowed is the same as nothing.
 * Source: apiextensions-apiserver, schema/defaulting.
 */
export function applyDefaults(schema: Schema, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => applyDefaults(schema.items ?? {}, item));
  if (!isRecord(value)) return value;
  const given = Object.entries(value).filter(([name, item]) => item !== null || mayBeNull(fieldSchema(schema, name)));
  const defaults = Object.entries(schema.properties ?? {}).flatMap(([name, field]) =>
    field.default === undefined ? [] : [[name, field.default] as const],
  );
  const filled = { ...Object.fromEntries(defaults), ...Object.fromEntries(given) };
  return Object.fromEntries(
    Object.entries(filled).map(([name, item]) => [name, applyDefaults(fieldSchema(schema, name) ?? {}, item)]),
  );
}

function mayBeNull(schema: Schema | undefined): boolean {
  return schema === undefined || schema.nullable === true || !schema.type;
}
