import type { SchemaNode } from '../../src/props/json-schema';
import { isRecord } from '../../src/record';

/** Calls `visit` for every named property of the schema. */
export function eachProperty(node: unknown, path: string, visit: (property: SchemaNode, path: string) => void): void {
  if (Array.isArray(node)) return node.forEach((item, index) => eachProperty(item, `${path}/${index}`, visit));
  if (!isRecord(node)) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === 'examples') continue;
    if (key === 'properties' && isRecord(value)) {
      for (const [name, property] of Object.entries(value)) if (isRecord(property)) visit(property, `${path}/${name}`);
    }
    eachProperty(value, `${path}/${key}`, visit);
  }
}
