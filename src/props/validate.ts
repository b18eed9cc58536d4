import type { Problem } from './problem';

/**
 * All violations of schema.json.
 * The validator is compiled from the schema at build time; the schema itself is only loaded to explain errors.
 */
export async function validateProps(props: unknown): Promise<Problem[]> {
  const { default: validate } = await import('./generated/validator');
  if (validate(props)) return [];
  const { describeErrors } = await import('./describe');
  return describeErrors(validate.errors ?? [], props);
}
