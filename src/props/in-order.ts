import { isRecord, type JsonRecord } from '../record';
import type { SchemaNode } from './json-schema';
import { versionOfProps } from './props-version';
import { schemaAt, childOf } from './schema-node';

/** Props with their keys in the order of the schema, as people write them; servers sort them by name. */
export function inSchemaOrder(props: JsonRecord): JsonRecord {
  return inOrderOf(schemaAt([], versionOfProps(props)), props) as JsonRecord;
}

function inOrderOf(node: SchemaNode, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item, index) => inOrderOf(childOf(node, index), item));
  if (!isRecord(value)) return value;
  const known = Object.keys(node.properties ?? {}).filter((key) => Object.hasOwn(value, key));
  const keys = new Set([...known, ...Object.keys(value)]);
  return Object.fromEntries([...keys].map((key) => [key, inOrderOf(childOf(node, key), value[key])]));
}
