import type { SchemaNode } from './json-schema';
import { resolve } from './schema-node';

const typeNames: Record<string, string> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'a map',
  array: 'a list',
};

/**
 * What a schema accepts, in words; a pattern is given only where no description says it better.
 * A reference `${…}` is accepted everywhere and not worth a word.
 */
export function expected(node: SchemaNode, described = node.description !== undefined): string {
  if (node.anyOf !== undefined) {
    return node.anyOf.map((branch) => expected(resolve(branch), described)).join(' or ');
  }
  if (node.enum !== undefined) return `one of ${node.enum.map((value) => (value === '' ? '""' : value)).join(', ')}`;
  const type = typeNames[node.type ?? ''] ?? 'something else';
  const pattern = described ? undefined : node.pattern;
  return [type, ...limits({ ...node, pattern })].join(' ');
}

function limits({ minimum, maximum, minLength, maxLength, maxItems, pattern }: SchemaNode): string[] {
  return [
    minimum !== undefined && maximum === undefined && `of at least ${minimum}`,
    minimum !== undefined && maximum !== undefined && `from ${minimum} to ${maximum}`,
    minLength !== undefined && maxLength === undefined && 'that is not empty',
    maxLength !== undefined && `of at most ${maxLength} characters`,
    maxItems !== undefined && `of at most ${maxItems} items`,
    pattern !== undefined && `that matches ${pattern}`,
  ].filter((limit) => limit !== false);
}

/** Whether the expectation is a pattern, which few people can read. */
export function hasPattern(node: SchemaNode): boolean {
  return node.pattern !== undefined || node.anyOf?.some(hasPattern) === true;
}
