import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import { isRecord, mapValues, valueAt, withoutUndefined } from '../../../src/record';
import type { FieldError } from '../errors';
import { fieldSchema, type Schema } from './schema';

const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false, verbose: true });
const compiled = new WeakMap<Schema, ValidateFunction>();

/** What is wrong with an object according to its schema, in the words of kube-apiserver. */
export function validate(schema: Schema, object: unknown): FieldError[] {
  let check = compiled.get(schema);
  if (!check) compiled.set(schema, (check = ajv.compile(toJsonSchema(schema))));
  const isValid = check(object);
  const errors = isValid ? [] : (check.errors ?? []).flatMap((error) => describe(error, object));
  return [...errors, ...duplicates(schema, object, '')];
}

/** Items that are in a list of type set or map more than once. */
function duplicates(schema: Schema, value: unknown, path: string): FieldError[] {
  if (Array.isArray(value)) return duplicateItems(schema, value, path);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, item]) => {
    const below = fieldSchema(schema, name);
    return below ? duplicates(below, item, path === '' ? name : `${path}.${name}`) : [];
  });
}

function duplicateItems(schema: Schema, items: readonly unknown[], path: string): FieldError[] {
  const { 'x-kubernetes-list-type': listType = 'atomic', 'x-kubernetes-list-map-keys': keys = [] } = schema;
  const identity = (item: unknown): string =>
    JSON.stringify(isRecord(item) ? Object.fromEntries([...keys].sort().map((key) => [key, item[key]])) : item);
  const identities = items.map(identity);
  return items.flatMap((item, index) => {
    const place = `${path}[${index}]`;
    const isTwice = listType !== 'atomic' && identities.indexOf(identity(item)) !== index;
    const twice: FieldError = {
      field: place,
      reason: 'FieldValueDuplicate',
      message: `Duplicate value: ${identity(item)}`,
    };
    return [...(isTwice ? [twice] : []), ...duplicates(schema.items ?? {}, item, place)];
  });
}

/** Structural schemas are OpenAPI 3.0: `nullable`, exclusive limits as booleans, and kinds of their own. */
function toJsonSchema(schema: Schema): object {
  const { properties, items, additionalProperties, nullable, exclusiveMinimum, exclusiveMaximum, ...rest } = schema;
  const { anyOf, oneOf, allOf, not, type, default: _default, ...constraints } = rest;
  const types = typesOf(schema, type);
  const limits = {
    ...(exclusiveMinimum === true && { minimum: undefined, exclusiveMinimum: schema.minimum }),
    ...(exclusiveMaximum === true && { maximum: undefined, exclusiveMaximum: schema.maximum }),
  };
  return {
    ...withoutUndefined({ ...constraints, ...limits }),
    ...(types && { type: nullable === true ? [...types, 'null'] : types }),
    ...(nullable === true && schema.enum && { enum: [...schema.enum, null] }),
    ...(properties && { properties: mapValues(properties, toJsonSchema) }),
    ...(items && { items: toJsonSchema(items) }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: toJsonSchema(additionalProperties) }),
    ...(anyOf && !schema['x-kubernetes-int-or-string'] && { anyOf: anyOf.map(toJsonSchema) }),
    ...(oneOf && { oneOf: oneOf.map(toJsonSchema) }),
    ...(allOf && { allOf: allOf.map(toJsonSchema) }),
    ...(not && { not: toJsonSchema(not) }),
  };
}

function typesOf(schema: Schema, type: string | undefined): string[] | undefined {
  if (schema['x-kubernetes-int-or-string']) return ['integer', 'string'];
  return type === undefined || type === '' ? undefined : [type];
}

function describe(
  { keyword, instancePath, params, data, parentSchema, schema }: ErrorObject,
  object: unknown,
): FieldError[] {
  const field = fieldOf(instancePath, object);
  const value = JSON.stringify(data);
  const invalid = (words: string): FieldError[] => [
    { field, reason: 'FieldValueInvalid', message: `Invalid value: ${shown(data)}: ${field} in body ${words}` },
  ];
  switch (keyword) {
    case 'required': {
      const missing = (params as { missingProperty: string }).missingProperty;
      const place = field === '' ? missing : `${field}.${missing}`;
      return [{ field: place, reason: 'FieldValueRequired', message: 'Required value' }];
    }
    case 'enum': {
      const allowed = (schema as unknown[]).filter((item) => item !== null).map((item) => JSON.stringify(item));
      return [
        {
          field,
          reason: 'FieldValueNotSupported',
          message: `Unsupported value: ${value}: supported values: ${allowed.join(', ')}`,
        },
      ];
    }
    case 'type': {
      const expected = expectedType(parentSchema as Schema);
      return [
        {
          field,
          reason: 'FieldValueInvalid',
          message: `Invalid value: "${typeName(data)}": ${field} in body must be of type ${expected}: "${typeName(data)}"`,
        },
      ];
    }
    case 'minimum':
      return invalid(`should be greater than or equal to ${schema as number}`);
    case 'maximum':
      return invalid(`should be less than or equal to ${schema as number}`);
    case 'exclusiveMinimum':
      return invalid(`should be greater than ${schema as number}`);
    case 'exclusiveMaximum':
      return invalid(`should be less than ${schema as number}`);
    case 'minLength':
      return invalid(`should be at least ${schema as number} chars long`);
    case 'maxLength':
      return [{ field, reason: 'FieldValueTooLong', message: `Too long: may not be longer than ${schema as number}` }];
    case 'minItems':
      return invalid(`should have at least ${schema as number} items`);
    case 'maxItems':
      return [
        {
          field,
          reason: 'FieldValueTooMany',
          message: `Too many: ${(data as unknown[]).length}: must have at most ${schema as number} items`,
        },
      ];
    case 'pattern':
      return invalid(`should match '${schema as string}'`);
    case 'if':
      return [];
    default:
      return invalid(`must satisfy "${keyword}"`);
  }
}

function expectedType(schema: Schema & { type?: unknown }): string {
  const types = ([] as unknown[]).concat(schema.type).filter((type) => type !== 'null');
  return types.join(',');
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return isRecord(value) ? 'object' : typeof value;
}

function shown(value: unknown): string {
  return isRecord(value) || Array.isArray(value) ? JSON.stringify(value) : JSON.stringify(value);
}

/** `/spec/list/0/name` as `spec.list[0].name`. Keys of maps are told apart from indexes by the object itself. */
function fieldOf(pointer: string, object: unknown): string {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  return keys.reduce((path, key, index) => {
    if (Array.isArray(valueAt(object, keys.slice(0, index)))) return `${path}[${key}]`;
    return path === '' ? key : `${path}.${key}`;
  }, '');
}
