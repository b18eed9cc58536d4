import { UserError } from '../errors';
import type { Origin } from './origin';
import type { Path } from '../path';

/** Something wrong in the props, at one place. */
export interface Problem {
  path: Path;
  /** What is wrong and what would be right, as one or two sentences. */
  message: string;
}

/** One error that lists every problem with its place. */
export function problemsError(problems: readonly Problem[], origin: Origin): UserError {
  const list = problems.map(({ path, message }) => `  ${origin.locate(path)}: ${message}`);
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  return new UserError({
    what: [`${count} in ${origin.title}:`, ...list].join('\n'),
    remedy: 'Correct the YAML; nothing was changed.',
  });
}
