import { apply as applyMergePatch } from 'json-merge-patch';
import patch from '../../schema.v1beta2.json';
import schema from '../../schema.json';
import { groupVersion, type ApiVersion } from '../api-version';
import type { SchemaNode } from './json-schema';

/** The schemas of the props in both versions, with one set of definitions: what is the same in both is there once. */
export interface Schemas {
  definitions: Record<string, SchemaNode>;
  /** What the props are, by their version. */
  props: Readonly<Record<ApiVersion, SchemaNode>>;
}

const { $schema, definitions, ...v1beta1 } = schema as SchemaNode & { definitions: Record<string, SchemaNode> };

export const schemas: Schemas = join();

/** The schema of props that follow v1beta2, by itself. */
export function v1beta2Schema(): SchemaNode {
  return applyMergePatch(structuredClone(schema), patch as object);
}

/** Whether props follow v1beta2. */
export const isV1beta2: SchemaNode = {
  type: 'object',
  properties: { apiVersion: { enum: [groupVersion('v1beta2')] } },
  required: ['apiVersion'],
};

/** One schema for the props of both versions, which asks them for theirs. */
export function propsSchema(): SchemaNode {
  const { title, description, ...first } = schemas.props.v1beta1;
  const { title: _title, description: _description, ...second } = schemas.props.v1beta2;
  return {
    $schema,
    title,
    description,
    if: isV1beta2,
    then: second,
    else: first,
    definitions: schemas.definitions,
  };
}

function join(): Schemas {
  const { definitions: others = {}, $schema: _same, ...props } = v1beta2Schema();
  const changed = changedDefinitions(others);
  const rename = (node: SchemaNode): SchemaNode =>
    JSON.parse(JSON.stringify(node), (key, value: unknown) => {
      const name = key === '$ref' && typeof value === 'string' ? value.replace('#/definitions/', '') : undefined;
      return name !== undefined && changed.has(name) ? `#/definitions/${name}V1beta2` : value;
    }) as SchemaNode;
  const renamed = [...changed].map((name) => [`${name}V1beta2`, rename(others[name] ?? {})]);
  return {
    definitions: { ...definitions, ...(Object.fromEntries(renamed) as Record<string, SchemaNode>) },
    props: { v1beta1, v1beta2: rename(props) },
  };
}

/** Names of the definitions that are not the same in v1beta2, be it for those that they refer to. */
function changedDefinitions(others: Readonly<Record<string, SchemaNode>>): ReadonlySet<string> {
  const texts = Object.entries(others).map(([name, node]) => [name, JSON.stringify(node)] as const);
  const changed = new Set(
    texts.filter(([name, text]) => text !== JSON.stringify(definitions[name])).map(([name]) => name),
  );
  for (let size = 0; size < changed.size;) {
    size = changed.size;
    const refersToChanged = (text: string): boolean =>
      [...text.matchAll(/"#\/definitions\/(\w+)"/g)].some(([, name = '']) => changed.has(name));
    for (const [name, text] of texts) if (refersToChanged(text)) changed.add(name);
  }
  return changed;
}
