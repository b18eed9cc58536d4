import { compile } from 'json-schema-to-typescript';
import type { Schemas } from '../../src/props/schemas';

const banner = '/* Generated from schema.json by `npm run generate`. Do not edit. */';

/** TypeScript types of the props of both versions. `maxItems` stays out of them: lists of up to 16 items would become 17 tuples. */
export async function generateTypes({ props, definitions }: Schemas): Promise<string> {
  const roots = { Props: props.v1beta1, PropsV1beta2: props.v1beta2 };
  const schema = {
    title: 'PropsOfAnyVersion',
    anyOf: Object.keys(roots).map((name) => ({ $ref: `#/definitions/${name}` })),
    definitions: { ...definitions, ...roots },
  };
  return compile(dropTextBesideReferences(schema), '', {
    bannerComment: banner,
    additionalProperties: false,
    unreachableDefinitions: false,
    maxItems: -1,
    style: { singleQuote: true, printWidth: 130 },
  });
}

/** A `$ref` with a description of its own would become a type of its own. */
function dropTextBesideReferences(schema: unknown): object {
  return JSON.parse(
    JSON.stringify(schema, (_key, value: unknown) =>
      typeof value === 'object' && value !== null && '$ref' in value && typeof value.$ref === 'string'
        ? { $ref: value.$ref }
        : value,
    ),
  ) as object;
}
