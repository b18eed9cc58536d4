import { mapValues } from '../record';
import type { SchemaNode } from './json-schema';
import { isV1beta2, schemas } from './schemas';
import { acceptsAnyText, aReference, inChildren, referenceDefinitions, withReferences } from './with-references';

/**
 * The schema that `s verify` uses: it accepts what `withReferences` accepts.
 * For one mistake the CLI prints a line for the value and one for each condition around it, on every level. So the plain schema,
 * which has none, judges props without references; mostly they are, since the CLI resolves all but outputs of other resources before.
 */
export function verifySchema(): SchemaNode {
  const { definitions, props } = schemas;
  const { title, description } = props.v1beta1;
  const versions = [judge(props.v1beta1, { not: isV1beta2 }), judge(props.v1beta2, isV1beta2)];
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title,
    description,
    allOf: versions.flatMap(({ cases }) => cases),
    definitions: Object.assign({}, definitions, ...versions.map((version) => version.definitions)) as Definitions,
  };
}

type Definitions = Record<string, SchemaNode>;

/** Judges props of one version: side by side, only the condition that holds is heard of. */
function judge(written: SchemaNode, isOfVersion: SchemaNode): { cases: SchemaNode[]; definitions: Definitions } {
  const { definitions } = schemas;
  const { title: _title, description: _description, ...props } = written;
  const noReference = inNamespace('noReference', {
    ...unlessReference(props),
    definitions: { ...mapValues(definitions, unlessReference), ...referenceDefinitions },
  });
  const orReference = inNamespace('orReference', withReferences({ ...props, definitions }));
  return {
    cases: [
      { if: { allOf: [isOfVersion, noReference.node] }, then: props },
      { if: { allOf: [isOfVersion, { not: noReference.node }] }, then: orReference.node },
    ],
    definitions: { ...noReference.definitions, ...orReference.definitions },
  };
}

/** Accepts everything but references, in whatever is judged otherwise with one. */
function unlessReference(node: SchemaNode): SchemaNode {
  if (node.$ref !== undefined) return { $ref: node.$ref };
  if (acceptsAnyText(node)) return {};
  const not = aReference(node);
  if (node.type !== 'object' && node.type !== 'array') return { not };
  const { type, properties, items, additionalProperties } = inChildren(node, unlessReference);
  const then = {
    type,
    ...(properties && { properties }),
    ...(items && { items }),
    ...(typeof additionalProperties === 'object' && { additionalProperties }),
  };
  return { if: { type }, then, else: { not } };
}

/** A schema apart from its definitions, the names of which begin with that of the namespace. */
function inNamespace(name: string, schema: SchemaNode): { node: SchemaNode; definitions: Record<string, SchemaNode> } {
  const text = JSON.stringify(schema, (key, value: unknown) =>
    key === '$ref' && typeof value === 'string' ? value.replace('#/definitions/', `$&${name}.`) : value,
  );
  const { definitions = {}, ...node } = JSON.parse(text) as SchemaNode;
  const entries = Object.entries(definitions).map(([key, definition]) => [`${name}.${key}`, definition]);
  return { node, definitions: Object.fromEntries(entries) as Record<string, SchemaNode> };
}
