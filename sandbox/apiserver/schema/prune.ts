import { isRecord, type JsonRecord } from '../../../src/record';
import { fieldSchema, isOpen, type Schema } from './schema';

export interface Pruned {
  value: unknown;
  /** Paths of the fields that the schema does not know. */
  unknown: string[];
}

/** Leaves out the fields that a schema does not know. Source: apiextensions-apiserver, schema/pruning. */
export function prune(schema: Schema, value: unknown, path = ''): Pruned {
  if (Array.isArray(value)) {
    const items = value.map((item: unknown, index) => prune(itemSchema(schema), item, `${path}[${index}]`));
    return { value: items.map((item) => item.value), unknown: items.flatMap((item) => item.unknown) };
  }
  if (!isRecord(value)) return { value, unknown: [] };
  const unknown: string[] = [];
  const kept: JsonRecord = {};
  for (const [name, item] of Object.entries(value)) {
    const place = path === '' ? name : `${path}.${name}`;
    const field = fieldSchema(schema, name);
    if (field) {
      const below = prune(field, item, place);
      kept[name] = below.value;
      unknown.push(...below.unknown);
    } else if (isOpen(schema)) {
      kept[name] = item;
    } else {
      unknown.push(place);
    }
  }
  return { value: kept, unknown };
}

/** What preserves fields that it does not know, preserves them in the items of a list, too. */
function itemSchema({ items = {}, 'x-kubernetes-preserve-unknown-fields': preserves }: Schema): Schema {
  return preserves === true ? { ...items, 'x-kubernetes-preserve-unknown-fields': true } : items;
}
