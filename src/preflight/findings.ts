import type { Problem } from '../props/problem';

/** What a look at the cluster brought. */
export interface Findings {
  problems: readonly Problem[];
  /** What could not be looked at. */
  notes: readonly string[];
}

export const nothing: Findings = { problems: [], notes: [] };

export function found(problems: readonly Problem[]): Findings {
  return { problems, notes: [] };
}

/** A look that the cluster did not allow, or could not answer. */
export function notChecked(what: string, why: string): Findings {
  return { problems: [], notes: [`Not checked: ${what} (${why}).`] };
}

export function all(findings: readonly Findings[]): Findings {
  return {
    problems: findings.flatMap(({ problems }) => problems),
    notes: findings.flatMap(({ notes }) => notes),
  };
}
