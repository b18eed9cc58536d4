import schema from '../../schema.json';
import { parsePointer, type Path } from '../path';
import { isRecord, valueAt } from '../record';

/** What ofn reads of a node of schema.json. */
export interface SchemaNode {
  $ref?: string;
  description?: string;
  examples?: unknown[];
  type?: string;
  enum?: (string | number)[];
  anyOf?: SchemaNode[];
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

/** A node, or the one that its `$ref` leads to. */
export function resolve(node: SchemaNode): SchemaNode {
  if (node.$ref === undefined) return node;
  const target = valueAt(schema, parsePointer(node.$ref.slice(1)));
  return isRecord(target) ? target : {};
}
