import type { ErrorObject } from 'ajv';
import schema from '../../schema.json';
import { nearest } from '../nearest';
import { isRecord, valueAt, type JsonRecord } from '../record';
import { showValue } from '../redact';
import { parsePointer, type Path } from '../path';
import type { Problem } from './problem';

/** Turns the errors of the compiled validator into problems a person can act on. */
export function describeErrors(errors: readonly ErrorObject[], props: unknown): Problem[] {
  const alternatives = errors.filter((error) => error.keyword === 'anyOf').map((error) => error.instancePath);
  return errors
    .filter((error) => error.keyword !== 'if')
    .filter((error) => error.keyword === 'anyOf' || !alternatives.includes(error.instancePath))
    .map((error) => describeError(error, props));
}

function describeError(error: ErrorObject, props: unknown): Problem {
  const path = parsePointer(error.instancePath);
  const params = error.params as JsonRecord;
  switch (error.keyword) {
    case 'required':
      return missing(path, String(params['missingProperty']));
    case 'additionalProperties':
      return unknownProperty(path, String(params['additionalProperty']));
    case 'false schema':
      return { path, message: excluded(error) };
    default:
      return { path, message: unexpectedValue(path, props) };
  }
}

function missing(parent: Path, name: string): Problem {
  const property = schemaAt([...parent, name]);
  const message = ['is required.', descriptionOf(property), exampleOf(name, property)].filter(Boolean).join(' ');
  return { path: [...parent, name], message };
}

function unknownProperty(parent: Path, name: string): Problem {
  const known = Object.keys(recordAt(schemaAt(parent), 'properties'));
  const suggestion = nearest(name, known);
  const hint = suggestion ? `Did you mean "${suggestion}"?` : (belongsElsewhere(name) ?? `Known here: ${known.join(', ')}.`);
  return { path: [...parent, name], message: `is not a known property. ${hint}` };
}

/** People often write a property of a section beside the section. */
function belongsElsewhere(name: string): string | undefined {
  const section = ['serving', 'build', 'pack'].find((key) => name in recordAt(schema.definitions, key, 'properties'));
  return section && `It belongs under "${section}".`;
}

function excluded(error: ErrorObject): string {
  return error.schemaPath.startsWith('#/dependencies/manifest')
    ? 'cannot be combined with "manifest": the file says it. Remove one of them.'
    : 'cannot be combined with "pack": the image is built either in the cluster or on this machine. Remove one of them.';
}

function unexpectedValue(path: Path, props: unknown): string {
  const value = valueAt(props, path);
  const shown = showValue(props, path);
  const expectation = schemaAt(path);
  const advice = [
    suggestion(expectation, value),
    expectation['type'] === 'string' && isScalar(value) && `Put it in quotes: "${shown}".`,
    mentionsPattern(expectation) && descriptionOf(expectation),
  ];
  const message = `${shown} is not allowed; expected ${expected(expectation)}.`;
  return [message, ...advice].filter(Boolean).join(' ');
}

function suggestion(expectation: JsonRecord, value: unknown): string {
  const allowed = expectation['enum'];
  if (!Array.isArray(allowed) || typeof value !== 'string') return '';
  const near = nearest(value, allowed.map(String));
  return near === undefined ? '' : `Did you mean "${near}"?`;
}

/** What a schema accepts, in words. A reference `${…}` is accepted in many places and not worth a word. */
function expected(expectation: JsonRecord): string {
  const { anyOf, enum: allowed, type, minimum, maximum, minLength, maxLength, maxItems, pattern } = expectation;
  if (Array.isArray(anyOf)) {
    const branches = anyOf.filter(isRecord).filter((branch) => branch['$ref'] !== '#/definitions/reference');
    return branches.map((branch) => expected(resolve(branch))).join(' or ');
  }
  if (Array.isArray(allowed)) return `one of ${allowed.map((item) => item || '""').join(', ')}`;
  const limits = [
    minimum !== undefined && maximum !== undefined ? `from ${minimum} to ${maximum}` : minimum !== undefined && `of at least ${minimum}`,
    minLength !== undefined && maxLength === undefined && 'that is not empty',
    maxLength !== undefined && `of at most ${maxLength} characters`,
    maxItems !== undefined && `of at most ${maxItems} items`,
    pattern !== undefined && `that matches ${pattern}`,
  ];
  return [typeNames[String(type)] ?? 'something else', ...limits].filter(Boolean).join(' ');
}

const typeNames: Record<string, string> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'a map',
  array: 'a list',
};

function mentionsPattern(expectation: JsonRecord): boolean {
  return JSON.stringify(expectation).includes('"pattern"');
}

function isScalar(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'boolean';
}

function descriptionOf(property: JsonRecord): string {
  return typeof property['description'] === 'string' ? property['description'] : '';
}

function exampleOf(name: string, property: JsonRecord): string {
  const examples = property['examples'];
  if (!Array.isArray(examples) || examples.length === 0) return '';
  const [example] = examples as unknown[];
  return `Example: ${name}: ${typeof example === 'string' ? example : JSON.stringify(example)}`;
}

/** The schema of the value at a path of props; {} where the schema leaves it open. */
function schemaAt(path: Path): JsonRecord {
  let current: JsonRecord = schema;
  for (const key of path) {
    const next = recordAt(current, 'properties')[key] ?? current['items'] ?? current['additionalProperties'];
    if (!isRecord(next)) return {};
    current = { ...resolve(next), ...next };
  }
  return current;
}

function resolve(node: JsonRecord): JsonRecord {
  const reference = node['$ref'];
  return typeof reference === 'string' ? recordAt(schema, ...parsePointer(reference.slice(1))) : node;
}

function recordAt(root: unknown, ...path: Path): JsonRecord {
  const value = valueAt(root, path);
  return isRecord(value) ? value : {};
}
