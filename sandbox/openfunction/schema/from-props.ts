import props from '../../../schema.json';
import type { Schema } from '../../apiserver/schema/schema';

/** A node of the schema of props: JSON Schema with references. */
interface PropsNode {
  $ref?: string;
  type?: string;
  description?: string;
  properties?: Record<string, PropsNode>;
  additionalProperties?: PropsNode | boolean;
  items?: PropsNode;
  anyOf?: PropsNode[];
  required?: string[];
  [keyword: string]: unknown;
}

const { definitions, properties } = props as unknown as {
  definitions: Record<string, PropsNode>;
  properties: Record<string, PropsNode>;
};

/** What props take more of than the CRD, for the ease of writing. */
const simplified: Readonly<Record<string, Schema>> = {
  environmentValue: { type: 'string' },
  quantity: { 'x-kubernetes-int-or-string': true },
};

/** Where props take less or more of than the CRD, for what ofn does itself. */
const adapted: Readonly<Record<string, (node: PropsNode) => PropsNode>> = {
  imageCredentials: (node) => without('fromDocker', node),
  build: (node) => ({ ...without('source', node), required: ['srcRepo'] }),
};

function without(property: string, node: PropsNode): PropsNode {
  const kept = Object.entries(node.properties ?? {}).filter(([name]) => name !== property);
  return { ...node, properties: Object.fromEntries(kept) };
}

/** Kubernetes types that are owned as a whole, in CRDs generated since its release 1.21. */
const atomicSince121 = new Set([
  'objectName',
  'imageCredentials',
  'keySelector',
  'fieldSelector',
  'resourceFieldSelector',
  'labelSelector',
  'nodeSelectorTerm',
]);

/** Limits that the CRD has only where the Gateway API gives them. */
const limits = ['enum', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'maxItems'];

interface Conversion {
  withLimits: boolean;
  withAtomicTypes: boolean;
}

/**
 * The part of the Function's CRD that a prop stands for. Props are the spec of a v1beta1 Function as it is,
 * so their schema is its schema, but for what only props say: limits that the CRD does not know, closed objects.
 */
export function schemaOfProp(name: string, withAtomicTypes: boolean): Schema {
  const node = properties[name];
  if (!node) throw new Error(`props have no "${name}"`);
  return convert(node, { withLimits: name === 'route', withAtomicTypes });
}

function convert(node: PropsNode, conversion: Conversion): Schema {
  if (node.$ref !== undefined) return convertReference(node.$ref.replace('#/definitions/', ''), conversion);
  if (node.anyOf) return { 'x-kubernetes-int-or-string': true };
  const { type, description, items, additionalProperties, required } = node;
  if (type === undefined && !node.properties) return { 'x-kubernetes-preserve-unknown-fields': true };
  const isOpen = type === 'object' && !node.properties && (additionalProperties ?? true) === true;
  return {
    ...(type !== undefined && { type }),
    ...(isOpen && { 'x-kubernetes-preserve-unknown-fields': true }),
    ...(description !== undefined && { description }),
    ...(conversion.withLimits &&
      Object.fromEntries(limits.filter((limit) => limit in node).map((limit) => [limit, node[limit]]))),
    ...(node.properties && { properties: convertAll(node.properties, conversion) }),
    ...(items && { items: convert(items, conversion) }),
    ...(typeof additionalProperties === 'object' && {
      additionalProperties: convert(additionalProperties, conversion),
    }),
    ...(required && { required }),
  };
}

function convertReference(name: string, conversion: Conversion): Schema {
  const simple = simplified[name];
  if (simple) return simple;
  const node = definitions[name] ?? {};
  const schema = convert(adapted[name]?.(node) ?? node, conversion);
  return conversion.withAtomicTypes && atomicSince121.has(name)
    ? { ...schema, 'x-kubernetes-map-type': 'atomic' }
    : schema;
}

function convertAll(nodes: Readonly<Record<string, PropsNode>>, conversion: Conversion): Record<string, Schema> {
  return Object.fromEntries(Object.entries(nodes).map(([name, node]) => [name, convert(node, conversion)]));
}
