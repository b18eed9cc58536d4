import fc from 'fast-check';
import schema from '../../../schema.json';
import type { SchemaNode } from '../../../src/props/json-schema';
import { resolve } from '../../../src/props/schema-node';
import { isRecord } from '../../../src/record';
import { textArbitrary } from './text';
import { keysAt, oftenAt, valueAtPlace } from './places';

/** A node of schema.json with what only the arbitraries read of it. */
type Node = SchemaNode & { required?: string[] };

const maximumItems = 3;
const absent = Symbol('absent');

/** Values that a node of schema.json accepts; `place` is the way to it, with `*` for keys of maps and indexes. */
export function accepted(node: SchemaNode, place: string): fc.Arbitrary<unknown> {
  const resolved: Node = resolve(node);
  const known = valueAtPlace(place);
  const any = byType(resolved, place);
  return known === undefined ? any : fc.oneof({ weight: 6, arbitrary: known }, { weight: 1, arbitrary: any });
}

/** Props that schema.json accepts, before what only its conditions say. */
export function acceptedProps(left: readonly string[]): fc.Arbitrary<Record<string, unknown>> {
  const root = schema as unknown as Node;
  const properties = Object.fromEntries(Object.entries(root.properties ?? {}).filter(([key]) => !left.includes(key)));
  return object({ ...root, properties, required: ['image'] }, '');
}

function byType(node: Node, place: string): fc.Arbitrary<unknown> {
  if (node.anyOf) return fc.oneof(...node.anyOf.map((branch) => accepted(branch, place)));
  if (node.enum) return fc.constantFrom(...node.enum);
  switch (node.type) {
    case 'object':
      return node.properties ? object(node, place) : map(node, place);
    case 'array':
      return fc.array(accepted(node.items ?? {}, `${place}[*]`), {
        minLength: leastItems(place),
        maxLength: Math.min(node.maxItems ?? maximumItems, maximumItems),
      });
    case 'string':
      return textArbitrary(node);
    case 'integer':
      return integer(node);
    case 'number':
      return fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
    case 'boolean':
      return fc.boolean();
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

/** The more properties there may be, the fewer of them there are. */
function object({ properties = {}, required = [] }: Node, place: string): fc.Arbitrary<Record<string, unknown>> {
  const optional = Object.keys(properties).length - required.length;
  const usual = Math.max(1, Math.round(Math.min(0.5, 2.5 / Math.max(1, optional)) * 100));
  const fields = Object.entries(properties).map(([key, property]) => {
    const inner = place === '' ? key : `${place}.${key}`;
    const arbitrary = accepted(property, inner);
    const weight = oftenAt(inner) ?? usual;
    const choice = required.includes(key)
      ? arbitrary
      : fc.oneof({ weight: 100 - weight, arbitrary: fc.constant(absent) }, { weight, arbitrary });
    return choice.map((value) => [key, value] as const);
  });
  return fc.tuple(...fields).map((entries) => Object.fromEntries(entries.filter(([, value]) => value !== absent)));
}

function map({ additionalProperties, required = [] }: Node, place: string): fc.Arbitrary<Record<string, unknown>> {
  if (required.length > 0) return fc.record(Object.fromEntries(required.map((key) => [key, fc.jsonValue()])));
  const values = isRecord(additionalProperties) ? accepted(additionalProperties, `${place}.*`) : fc.jsonValue();
  return fc
    .array(fc.tuple(keysAt(place), values), { minLength: leastItems(place), maxLength: maximumItems })
    .map((entries) => Object.fromEntries(entries));
}

/** What is often there is there for its items. */
function leastItems(place: string): number {
  return oftenAt(place) === undefined ? 0 : 1;
}

function integer({ minimum, maximum }: Node): fc.Arbitrary<number> {
  const least = minimum ?? -(2 ** 31);
  const most = maximum ?? 2 ** 31 - 1;
  const small = fc.integer({ min: Math.max(least, minimum === undefined ? -1 : 0), max: Math.min(most, 20) });
  const edges = fc.constantFrom(least, most);
  const huge = maximum === undefined ? [fc.constantFrom(2 ** 31, 2 ** 53, 1e21)] : [];
  return fc.oneof({ weight: 12, arbitrary: small }, fc.integer({ min: least, max: most }), edges, ...huge);
}
