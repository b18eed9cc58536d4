import type { Path } from '../path';

/** Errors stop every command that would change something; warnings only with --strict. */
export type Severity = 'error' | 'warning';

/** Something wrong in the props, at one place. */
export interface Problem {
  severity: Severity;
  path: Path;
  /** What is wrong and what would be right, as one or two sentences. */
  message: string;
  /** What to write instead, as props. */
  example?: object | undefined;
  /** The place that was probably meant with a key that is not known. */
  meant?: Path | undefined;
}

export function errorAt(path: Path, message: string, example?: object): Problem {
  return { severity: 'error', path, message, ...(example && { example }) };
}

export function warningAt(path: Path, message: string, example?: object): Problem {
  return { severity: 'warning', path, message, ...(example && { example }) };
}
