import type { ErrorObject } from 'ajv';
import { groupVersion, type ApiVersion } from '../api-version';
import { nearest } from '../nearest';
import { formatPath, parsePointer, type Path } from '../path';
import { valueAt, type JsonRecord } from '../record';
import { showValue } from '../redact';
import { expected, hasPattern } from './expectation';
import { adviceOnProperty, adviceOnValue, adviceOnWholeFunction } from './known-mistakes';
import { looksLikeV1beta2 } from './looks-like-v1beta2';
import { errorAt, type Problem } from './problem';
import { versionOfProps } from './props-version';
import { holdsReference, isReference } from './reference';
import type { SchemaNode } from './json-schema';
import { expectsText, resolve, schemaAt } from './schema-node';

/** Turns the errors of the compiled validator into problems a person can act on. */
export function describeErrors(errors: readonly ErrorObject[], props: unknown): Problem[] {
  const whole = adviceOnWholeFunction(props);
  if (whole !== undefined) return [errorAt([], whole)];
  const alternatives = errors.filter(({ keyword }) => keyword === 'anyOf').map(({ instancePath }) => instancePath);
  const described = errors
    .filter(({ keyword }) => keyword !== 'if')
    .filter(({ keyword, instancePath }) => keyword === 'anyOf' || !alternatives.includes(instancePath))
    .map((error) => ({ error, problem: describeError(error, props) }));
  const meant = new Set(described.map(({ problem }) => problem.meant && formatPath(problem.meant)));
  return withoutRepetitions([
    ...(looksLikeV1beta2(props) && versionOfProps(props) === 'v1beta1' ? [mayBeV1beta2] : []),
    ...described
      .filter(({ error, problem }) => error.keyword !== 'required' || !meant.has(formatPath(problem.path)))
      .map(({ problem }) => problem),
  ]);
}

const mayBeV1beta2 = errorAt(
  ['apiVersion'],
  'has to be given if all of this is meant as v1beta2, as a part of it is written. Otherwise correct the following.',
  { apiVersion: groupVersion('v1beta2') },
);

/**
 * Whether an error only finds that a reference is not the value it stands for.
 * A property that is wrong to have is wrong with any value.
 */
export function isAboutReference({ keyword, instancePath }: ErrorObject, props: unknown): boolean {
  const path = parsePointer(instancePath, props);
  const value = valueAt(props, path);
  if (typeof value !== 'string' || keyword === 'false schema') return false;
  return expectsText(schemaAt(path, versionOfProps(props))) ? holdsReference(value) : isReference(value);
}

/** What is wrong with the type of a value is found once for every keyword that needs that type. */
function withoutRepetitions(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

function describeError({ keyword, instancePath, schemaPath, params }: ErrorObject, props: unknown): Problem {
  const path = parsePointer(instancePath, props);
  const { missingProperty, additionalProperty } = params as JsonRecord;
  const version = versionOfProps(props);
  switch (keyword) {
    case 'required':
      return missing([...path, String(missingProperty)], version);
    case 'additionalProperties':
      return unknownProperty(path, String(additionalProperty), version);
    case 'false schema':
      return errorAt(path, excluded(schemaPath));
    default:
      return unexpectedValue(path, props);
  }
}

function missing(path: Path, version: ApiVersion): Problem {
  const property = schemaAt(path, version);
  return errorAt(path, join('is required.', property.description, exampleOf(path, property)));
}

function unknownProperty(parent: Path, name: string, version: ApiVersion): Problem {
  const path = [...parent, name];
  const advice = adviceOnProperty(path, version);
  if (advice) return unknown(path, advice.message, advice.meant, advice.example);
  const known = Object.keys(schemaAt(parent, version).properties ?? {});
  const suggestion = nearest(name, known);
  if (suggestion !== undefined) return unknown(path, `Did you mean "${suggestion}"?`, [...parent, suggestion]);
  const section = sectionWith(name, version);
  if (section !== undefined) return unknown(path, `It belongs under "${section}".`, [section, name]);
  return unknown(path, `Known here: ${known.join(', ')}.`);
}

function unknown(path: Path, hint: string, meant?: Path, example?: object): Problem {
  return { ...errorAt(path, `is not a known property. ${hint}`, example), ...(meant && { meant }) };
}

/** People often write a property of a section beside the section. */
function sectionWith(name: string, version: ApiVersion): string | undefined {
  return ['serving', 'build', 'pack'].find((key) => Object.hasOwn(schemaAt([key], version).properties ?? {}, name));
}

/** The schema has two exclusions, both as dependencies: of `manifest` and of `pack`. */
function excluded(schemaPath: string): string {
  return schemaPath.includes('/manifest/')
    ? 'cannot be combined with "manifest": the file says it. Remove one of them.'
    : 'cannot be combined with "pack": the image is built either in the cluster or on this machine. Remove one of them.';
}

function unexpectedValue(path: Path, props: unknown): Problem {
  const value = valueAt(props, path);
  const node = schemaAt(path, versionOfProps(props));
  const shown = shownValue(path, props, node);
  const advice = adviceOnValue(path, props, node);
  const message = join(
    `${shown} is not allowed; expected ${expected(withoutVastLimit(node, value))}.`,
    advice?.message ?? suggestion(node, value),
    isScalar(value) && shown === String(value) && isFineText(shown, node) && `Put it in quotes: "${shown}".`,
    isQuotedNumber(node, value) && 'Remove the quotes.',
    hasPattern(node) && node.description,
  );
  return errorAt(path, message, advice?.example);
}

/** Text where a map or a list belongs may be anything, a secret too: only its kind is shown. */
function shownValue(path: Path, props: unknown, { type }: SchemaNode): string {
  const isText = typeof valueAt(props, path) === 'string';
  return isText && (type === 'object' || type === 'array') ? 'text' : showValue(props, path);
}

/** The limit of 32 bits is worth a word only to whom it stops. */
function withoutVastLimit(node: SchemaNode, value: unknown): SchemaNode {
  const { maximum = 0, ...others } = node;
  return maximum < 2 ** 31 - 1 || (typeof value === 'number' && value > maximum) ? node : others;
}

/** Maps may have a key `toString`, and are no text then. */
function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

/** Whether text is what a schema accepts, for want of quotes only. */
function isFineText(text: string, { type, anyOf = [], enum: values, pattern }: SchemaNode): boolean {
  if (type !== 'string') return anyOf.some((branch) => isFineText(text, resolve(branch)));
  return values?.includes(text) !== false && (pattern === undefined || new RegExp(pattern, 'u').test(text));
}

function isQuotedNumber(node: SchemaNode, value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d+$/.test(value)) return false;
  return [node, ...(node.anyOf ?? [])].some((branch) => resolve(branch).type === 'integer');
}

function suggestion(node: SchemaNode, value: unknown): string | undefined {
  if (node.enum === undefined || typeof value !== 'string') return undefined;
  const near = nearest(value, node.enum.map(String));
  return near && `Did you mean "${near}"?`;
}

function exampleOf(path: Path, { examples }: SchemaNode): string | undefined {
  if (examples === undefined) return undefined;
  const [example] = examples;
  return `Example: ${path.at(-1)}: ${typeof example === 'string' ? example : JSON.stringify(example)}`;
}

function join(...sentences: (string | false | undefined)[]): string {
  return sentences.filter(Boolean).join(' ');
}
