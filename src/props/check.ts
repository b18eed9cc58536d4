import type { Path } from '../path';
import { draftOf } from './draft';
import type { Origin } from './origin';
import type { Problem } from './problem';
import { rules } from './rules';
import type { Rule, RuleTarget } from './rules/rule';
import { findUnresolved } from './unresolved';

/** Props with what the schema found in them. */
export interface Validated {
  props: unknown;
  problems: readonly Problem[];
  origin: Origin;
}

/**
 * All that is wrong with props: what the schema found, and what the rules find in the rest. Errors come first.
 * Nothing is judged of what is no props at all, and a rule that has read a value which is wrong already,
 * or not known yet, is not heard: it cannot know.
 */
export function checkProps({ props, problems, origin }: Validated, target: RuleTarget): Problem[] {
  if (problems.some(({ path }) => path.length === 0)) return [...problems];
  const unknown = origin.resolvesReferences ? findUnresolved(props).map(({ path }) => path) : [];
  const missing = [...problems.flatMap(placesOf), ...unknown];
  const found = rules.flatMap((rule) => hear(rule, props, missing, target));
  return [...problems, ...found].sort((a, b) => rank(a) - rank(b));
}

function hear(rule: Rule, props: unknown, missing: readonly Path[], target: RuleTarget): readonly Problem[] {
  const blind = { spots: 0 };
  const draft = draftOf(props, missing, () => (blind.spots += 1));
  const found = rule(draft, target);
  return blind.spots > 0 ? [] : found;
}

/** The place of a problem, and that of the key that was probably meant. */
function placesOf({ path, meant }: Problem): Path[] {
  return meant === undefined ? [path] : [path, [...path.slice(0, -1), meant]];
}

function rank({ severity }: Problem): number {
  return severity === 'error' ? 0 : 1;
}
