import type { ApiVersion } from '../api-version';
import type { Path } from '../path';
import { isRecord } from '../record';
import type { SchemaNode } from './json-schema';
import { schemas } from './schemas';

/** The schema of the value at a path of props of a version; {} where the schema leaves it open. */
export function schemaAt(path: Path, version: ApiVersion = 'v1beta1'): SchemaNode {
  return path.reduce<SchemaNode>(childOf, schemas.props[version]);
}

/** The schema of what is under a key, or in a list; {} where the schema leaves it open. */
export function childOf(node: SchemaNode, key: string | number): SchemaNode {
  const child = node.properties?.[key] ?? node.items ?? node.additionalProperties;
  return isRecord(child) ? { ...resolve(child), ...child } : {};
}

/** Whether text belongs at a place: then a reference may be a part of it. */
export function expectsText(node: SchemaNode): boolean {
  return node.type === 'string' || node.anyOf?.some(({ type }) => type === 'string') === true;
}

/** A node, or the one that its `$ref` leads to. */
export function resolve(node: SchemaNode): SchemaNode {
  if (node.$ref === undefined) return node;
  return schemas.definitions[node.$ref.replace('#/definitions/', '')] ?? {};
}
