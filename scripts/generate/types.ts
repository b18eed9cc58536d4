import { compile } from 'json-schema-to-typescript';

const banner = '/* Generated from schema.json by `npm run generate`. Do not edit. */';

/** TypeScript types of the props. `maxItems` stays out of them: lists of up to 16 items would become 17 tuples. */
export async function generateTypes(schema: unknown): Promise<string> {
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
