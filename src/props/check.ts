import { isRecord } from '../record';
import { knownProps } from './draft';
import type { Origin } from './origin';
import type { Problem } from './problem';
import { versionOfProps } from './props-version';
import { rulesFor } from './rules';
import type { RuleTarget } from './rules/rule';
import { unresolvedPlaces } from './unresolved';

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
export function checkProps(validated: Validated, target: RuleTarget): Problem[] {
  const { props, problems } = validated;
  if (problems.some(({ path }) => path.length === 0) || isManifestToRead(props)) return [...problems];
  const wrong = problems.flatMap(({ path, meant }) => (meant ? [path, meant] : [path]));
  const known = knownProps(props, [...wrong, ...unresolvedPlaces(validated)]);
  const found = rulesFor(versionOfProps(props)).flatMap((rule) => known.surely((draft) => rule(draft, target)));
  return [...problems, ...found].sort((a, b) => rank(a) - rank(b));
}

/** The Function is then elsewhere, and judged when it has been read. */
function isManifestToRead(props: unknown): boolean {
  return isRecord(props) && props['manifest'] !== undefined;
}

function rank({ severity }: Problem): number {
  return severity === 'error' ? 0 : 1;
}
