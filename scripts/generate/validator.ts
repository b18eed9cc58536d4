import Ajv from 'ajv';
import standaloneCode from 'ajv/dist/standalone';

/**
 * A CommonJS module with the compiled validator, so that nothing is compiled at run time.
 * Messages are left out: ofn words its own.
 */
export function generateValidator(schema: unknown): string {
  const ajv = new Ajv({ allErrors: true, messages: false, inlineRefs: false, code: { source: true } });
  return standaloneCode(ajv, ajv.compile(schema as object));
}
