import { dump } from 'js-yaml';
import type { SchemaNode } from '../../../src/props/json-schema';
import { resolve } from '../../../src/props/schema-node';
import { schemas } from '../../../src/props/schemas';
import { banner, cell, code, table, yamlBlock } from './markdown';

const { definitions, props } = schemas;
const { properties = {} } = props.v1beta1;

/** docs/props.md: every property that an s.yaml may have, with what it means and an example. */
export function generatePropsPage(): string {
  const own = Object.entries(properties).filter(([name, node]) => node.$ref === `#/definitions/${name}`);
  const others = Object.entries(definitions).filter(([name]) => !own.some(([other]) => other === name));
  const rest = others.filter(([name]) => !name.endsWith(suffix));
  const ofV1beta2 = others.filter(([name]) => name.endsWith(suffix));
  return [
    banner('schema.json'),
    '# Props',
    introduction,
    table(['property', 'type', 'what it is', 'example'], Object.entries(properties).flatMap(rowsOf('', true))),
    ...own.flatMap(([name, node]) => [`## ${name}`, node.description ?? '', exampleBlock(name, node), tableOf(name)]),
    '## Types',
    'What the properties above are made of.',
    ...rest.flatMap(sectionOf),
    '## Props of v1beta2',
    v1beta2Introduction,
    ...ofV1beta2.flatMap(sectionOf),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

const introduction = `All that \`props\` of a resource may hold. They are the metadata of a Function and its \`core.openfunction.io/v1beta1\` spec as it is, and besides: where it goes (\`kubeconfig\`, \`context\`, \`namespace\`, \`createNamespace\`), how an image is built on this machine (\`pack\`), and \`build.source\` and \`imageCredentials.fromDocker\`.

Only \`image\` is required, and that not with \`manifest\`, which takes the place of everything that describes the function. A reference such as \`\${vars.KEY}\` or \`\${resources.NAME.output.KEY}\` may stand in place of any value. Relative paths start from the folder of the s.yaml. An unknown property is an error that names the nearest known one.`;

/** What the definitions of v1beta2 end with. */
const suffix = 'V1beta2';

const v1beta2Introduction = `With \`apiVersion: core.openfunction.io/v1beta2\` the props follow the spec of that version ([releases and versions](versions.md)): \`port\` and \`route\` are under \`serving.triggers.http\`, \`build\` is [buildV1beta2](#buildv1beta2), \`serving\` is [servingV1beta2](#servingv1beta2), and what is not below is as above.`;

function sectionOf([name, node]: [string, SchemaNode]): string[] {
  return [`### ${name}`, node.description ?? '', tableOf(name)];
}

function tableOf(definition: string): string {
  const node = definitions[definition] ?? {};
  if (node.properties === undefined) {
    return node.examples ? `For instance ${node.examples.map(inline).join(', ')}.` : '';
  }
  const required = new Set(requiredOf(node));
  const rows = Object.entries(node.properties).flatMap(([name, child]) => rowsOf('', false)([name, child], required));
  return table(['property', 'type', 'what it is', 'example'], rows);
}

/** The row of a property, and below it those of what it holds, as far as that has no section of its own. */
function rowsOf(prefix: string, isTop: boolean) {
  return ([name, node]: [string, SchemaNode], required?: unknown): string[][] => {
    const key = `${prefix}${name}`;
    const isRequired = required instanceof Set && required.has(name);
    const what = cell(`${node.description ?? ''}${isRequired ? ' Required.' : ''}`);
    const row = [
      code(key),
      typeOf(node, isTop ? name : undefined),
      what,
      isTop && node.$ref ? '' : inline(exampleOf(node)),
    ];
    const inner = isTop || node.$ref !== undefined ? undefined : innerOf(node);
    if (inner === undefined) return [row];
    const ownRequired = new Set(requiredOf(inner.node));
    return [
      row,
      ...Object.entries(inner.node.properties ?? {}).flatMap((child) =>
        rowsOf(`${key}${inner.suffix}.`, false)(child, ownRequired),
      ),
    ];
  };
}

/** The object that a node holds in itself: as it is, as an item of a list, or as a value of a map. */
function innerOf(node: SchemaNode): { node: SchemaNode; suffix: string } | undefined {
  const { items, additionalProperties } = node;
  if (node.properties !== undefined) return { node, suffix: '' };
  if (items?.properties !== undefined) return { node: items, suffix: '[]' };
  if (typeof additionalProperties === 'object' && additionalProperties.properties !== undefined) {
    return { node: additionalProperties, suffix: '.NAME' };
  }
  return undefined;
}

function typeOf(node: SchemaNode, section?: string): string {
  if (node.$ref !== undefined) {
    const name = node.$ref.replace('#/definitions/', '');
    return `[${section ?? name}](#${name.toLowerCase()})`;
  }
  if (node.enum !== undefined) return node.enum.map((value) => code(JSON.stringify(value))).join(' or ');
  if (node.anyOf !== undefined) return [...new Set(node.anyOf.map((one) => typeOf(one)))].join(' or ');
  if (node.type === 'array') return `list of ${typeOf(node.items ?? {})}`;
  if (node.type === 'object' && typeof node.additionalProperties === 'object' && node.properties === undefined) {
    return `map of ${typeOf(node.additionalProperties)}`;
  }
  if (node.type === 'integer' && (node.minimum !== undefined || node.maximum !== undefined)) return rangeOf(node);
  return node.type ?? 'any';
}

function rangeOf({ minimum, maximum }: SchemaNode): string {
  if (minimum === undefined) return `integer up to ${maximum}`;
  return maximum === undefined || maximum > 1e9 ? `integer from ${minimum}` : `integer ${minimum} to ${maximum}`;
}

function exampleBlock(name: string, node: SchemaNode): string {
  const example = exampleOf(node);
  return example === undefined ? '' : yamlBlock({ [name]: example });
}

function exampleOf(node: SchemaNode): unknown {
  return node.examples?.[0] ?? resolve(node).examples?.[0];
}

function inline(example: unknown): string {
  if (example === undefined) return '';
  return code(dump(example, { flowLevel: 0, lineWidth: -1 }).trim());
}

function requiredOf(node: SchemaNode): readonly string[] {
  return (node as { required?: string[] }).required ?? [];
}
