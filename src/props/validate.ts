import type { Origin } from './origin';
import type { Problem } from './problem';

/**
 * All violations of schema.json. Where the CLI resolves references, one may stand in place of any value: what it stands for
 * is not known yet, so nothing is wrong with it.
 * The validator is compiled from the schema at build time; the schema itself is only loaded to explain errors.
 */
export async function validateProps(
  props: unknown,
  { resolvesReferences }: Pick<Origin, 'resolvesReferences'>,
): Promise<Problem[]> {
  const { default: validate } = await import('./generated/validator');
  if (validate(props)) return [];
  const { describeErrors, isAboutReference } = await import('./describe');
  const errors = validate.errors ?? [];
  return describeErrors(resolvesReferences ? errors.filter((error) => !isAboutReference(error, props)) : errors, props);
}
