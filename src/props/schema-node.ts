import schema from '../../schema.json';
import { parsePointer, type Path } from '../path';
import { isRecord, valueAt } from '../record';

/** What ofn reads of a node of schema.json. */
export interface SchemaNode {
  $schema?: string | undefined;
  title?: string | undefined;
  $ref?: string;
  description?: string | undefined;
  examples?: unknown[] | undefined;
  type?: string;
  definitions?: Record<string, SchemaNode>;
  enum?: (string | number)[];
  anyOf?: SchemaNode[];
  not?: SchemaNode;
  if?: SchemaNode;
  then?: SchemaNode;
  else?: SchemaNode;
  properties?: Record<string, SchemaNode>;
  items?: SchemaNode;
  additionalProperties?: SchemaNode | boolean;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  pattern?: string | undefined;
}

/** The schema of the value at a path of props; {} where the schema leaves it open. */
export function schemaAt(path: Path): SchemaNode {
  let current = schema as SchemaNode;
  for (const key of path) {
    const next = current.properties?.[key] ?? current.items ?? current.additionalProperties;
    if (!isRecord(next)) return {};
    current = { ...resolve(next), ...next };
  }
  return current;
}

/** Whether text belongs at a place: then a reference may be a part of it. */
export function expectsText(node: SchemaNode): boolean {
  return node.type === 'string' || node.anyOf?.some(({ type }) => type === 'string') === true;
}

/** A node, or the one that its `$ref` leads to. */
export function resolve(node: SchemaNode): SchemaNode {
  if (node.$ref === undefined) return node;
  const target = valueAt(schema, parsePointer(node.$ref.slice(1)));
  return isRecord(target) ? target : {};
}
