import { isRecord } from '../../../src/record';
import type { SchemaNode } from '../../../src/props/json-schema';
import { inChildren } from '../../../src/props/with-references';
import { mapValues } from '../../../src/record';

/**
 * Brings out of the conditions of `withReferences` what yaml-language-server needs to complete keys and values:
 * it looks into conditions when it validates, and for the keys of a map that is there, but not for more.
 */
export function withHints({ definitions = {}, ...props }: SchemaNode): SchemaNode {
  return { ...hinted(props), definitions: mapValues(definitions, (node) => withoutMaps(hinted(node))) };
}

function hinted(node: SchemaNode): SchemaNode {
  const { else: inner, ...outer } = inChildren(node, hinted);
  if (inner === undefined) return { ...outer, examples: writable(outer.examples) };
  const values = inner.type === 'boolean' ? [true, false] : (outer.examples ?? inner.enum);
  return { ...outer, ...shapeOf(inner), examples: writable(values), else: inChildren(inner, hinted) };
}

/** What to begin after the key, in keywords that find nothing wrong: `type` would, a second time. */
function shapeOf({ type }: SchemaNode): SchemaNode {
  if (type === 'object') return { properties: {} };
  return type === 'array' ? { items: {} } : { anyOf: [{}] };
}

/** Examples are offered as text, in which maps and lists inside of a list become "[object Object]" or lose their form. */
function writable(examples: readonly unknown[] | undefined): unknown[] | undefined {
  return examples?.filter((example) => !holdsDeepList(example));
}

function holdsDeepList(value: unknown): boolean {
  if (Array.isArray(value)) return value.some((item) => typeof item === 'object');
  return isRecord(value) && Object.values(value).some(holdsDeepList);
}

/** Where a definition is that of the items of a list, the same happens to a map. Properties have examples of their own. */
function withoutMaps(node: SchemaNode): SchemaNode {
  return { ...node, examples: node.examples?.filter((example) => !isRecord(example)) };
}
