import Ajv from 'ajv';
import standaloneCode from 'ajv/dist/standalone';
import { isRecord, mapValues } from '../../src/record';
import { pruneSchemas } from './prune-schemas';

/**
 * An ES module with the compiled validator, so that nothing is compiled at run time.
 * Messages are left out: ofn words its own. So is what only people read: the module holds a copy of the schema.
 */
export function generateValidator(schema: unknown): string {
  const ajv = new Ajv({ allErrors: true, messages: false, inlineRefs: false, code: { source: true, esm: true } });
  return pruneSchemas(
    withoutLimits(withoutPlaces(standaloneCode(ajv, ajv.compile(withoutAnnotations(schema) as object)))),
  );
}

/** Where in the schema a problem was found is of interest for exclusions alone (src/props/describe.ts); it is a fifth of the module. */
function withoutPlaces(code: string): string {
  return code.replace(/schemaPath:"(?![^"]*\/false schema")[^"]*",/g, '');
}

/** What was demanded of a value is read in schema.json; an error names but the property that is missing or too much. */
function withoutLimits(code: string): string {
  return code.replace(
    /(keyword:"(?!required"|additionalProperties")[^"]*",params:)\{(?:[^"{}]|"(?:[^"\\]|\\.)*")*\}/g,
    '$1{}',
  );
}

/** What a schema demands, without its descriptions and examples; properties of these names are kept. */
function withoutAnnotations(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutAnnotations);
  if (!isRecord(schema)) return schema;
  const demands = Object.entries(schema).filter(([key]) => !['description', 'examples', 'title'].includes(key));
  return Object.fromEntries(
    demands.map(([key, value]) => [
      key,
      isRecord(value) && ['properties', 'definitions'].includes(key)
        ? mapValues(value, withoutAnnotations)
        : withoutAnnotations(value),
    ]),
  );
}
