import type { Path } from '../path';
import { draftOf } from './draft';
import type { Origin } from './origin';
import type { Problem } from './problem';
import { rules } from './rules';
import type { RuleTarget } from './rules/rule';
import { findUnresolved } from './unresolved';

/** Props with what the schema found in them. */
export interface Validated {
  props: unknown;
  problems: readonly Problem[];
  origin: Origin;
}

/**
 * All that is wrong with props: what the schema found, and what the rules find in the rest. Errors come first.
 * A rule says nothing of a value that is wrong already, nor of one that is not known yet.
 */
export async function checkProps({ props, problems, origin }: Validated, target: RuleTarget): Promise<Problem[]> {
  const wrong = problems.map(({ path }) => path);
  const unknown = origin.resolvesReferences ? findUnresolved(props).map(({ path }) => path) : [];
  const draft = draftOf(props, [...wrong, ...unknown]);
  const silent = [...wrong, ...unknown, ...(await sectionsAmong(unknown)).map((path) => path.slice(0, -1))];
  const found = rules
    .flatMap((rule) => rule(draft, target))
    .filter(({ path }) => !silent.some((outer) => isInside(path, outer)));
  return [...problems, ...found].sort((a, b) => rank(a) - rank(b));
}

/** The places of whole maps and lists: what is beside them may depend on them. */
async function sectionsAmong(paths: readonly Path[]): Promise<Path[]> {
  if (paths.length === 0) return [];
  const { schemaAt } = await import('./schema-node');
  return paths.filter((path) => ['object', 'array'].includes(schemaAt(path).type ?? ''));
}

function isInside(path: Path, outer: Path): boolean {
  return outer.length <= path.length && outer.every((key, index) => key === path[index]);
}

function rank({ severity }: Problem): number {
  return severity === 'error' ? 0 : 1;
}
