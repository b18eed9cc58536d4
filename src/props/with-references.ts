import { isRecord, mapValues } from '../record';
import { referencePattern, wholeReferencePattern } from './reference';
import type { SchemaNode } from './json-schema';
import { expectsText } from './schema-node';

/**
 * The schema that also accepts a reference in place of any value: editors see s.yaml before the CLI resolves anything.
 * Text is never wrong where it accepts any text, so it stays as it is there.
 */
export function withReferences({ $schema, title, definitions = {}, ...props }: SchemaNode): SchemaNode {
  return {
    $schema,
    title,
    ...orReference(props),
    definitions: { ...mapValues(definitions, orReference), ...referenceDefinitions },
  };
}

/** What `aReference` refers to. */
export const referenceDefinitions = {
  reference: { type: 'string', pattern: wholeReferencePattern },
  textWithReference: { type: 'string', pattern: referencePattern },
};

/** What a reference looks like in place of a value. */
export function aReference(node: SchemaNode): SchemaNode {
  return { $ref: `#/definitions/${expectsText(node) ? 'textWithReference' : 'reference'}` };
}

/** What a place means stays outside of the condition, where editors look for it. */
function orReference(node: SchemaNode): SchemaNode {
  if (node.$ref !== undefined || acceptsAnyText(node)) return node;
  const { description, examples, ...rest } = inChildren(node, orReference);
  return { description, examples, if: aReference(node), else: rest };
}

/** Whether no text is wrong, so that no reference is; one is never empty. */
export function acceptsAnyText(node: SchemaNode): boolean {
  if (node.anyOf) return node.anyOf.some(acceptsAnyText);
  if (node.type === undefined) return node.$ref === undefined;
  const { type, minLength = 0 } = node;
  return type === 'string' && minLength <= 1 && !['enum', 'pattern', 'maxLength'].some((limit) => limit in node);
}

/** A map or a list whose values have changed schemas. */
export function inChildren(node: SchemaNode, change: (child: SchemaNode) => SchemaNode): SchemaNode {
  const { properties, items, additionalProperties } = node;
  return {
    ...node,
    ...(properties && { properties: mapValues(properties, change) }),
    ...(items && { items: change(items) }),
    ...(isRecord(additionalProperties) && { additionalProperties: change(additionalProperties) }),
  };
}
