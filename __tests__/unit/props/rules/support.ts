import { formatPath } from '../../../../src/path';
import type { Draft } from '../../../../src/props/draft';
import type { Problem } from '../../../../src/props/problem';
import type { Rule, RuleTarget } from '../../../../src/props/rules/rule';

/** What props are checked against; the cluster was not asked unless a test says so. */
export function target(overrides: Partial<RuleTarget> = {}): RuleTarget {
  return { name: 'hello', namespace: 'default', releases: undefined, ...overrides };
}

/** Problems as lines: `error serving.inputs[0].component: …`. */
export function told(problems: readonly Problem[]): string[] {
  return problems.map(({ severity, path, message }) => `${severity} ${formatPath(path)}: ${message}`);
}

/** What a rule says of props, as lines. */
export function ask(rule: Rule, props: Draft, overrides?: Partial<RuleTarget>): string[] {
  return told(rule(props, target(overrides)));
}

/** What a rule proposes to write instead. */
export function examples(rule: Rule, props: Draft, overrides?: Partial<RuleTarget>): unknown[] {
  return rule(props, target(overrides)).map(({ example }) => example);
}

/** Where a rule finds something, when its words do not matter. */
export function places(rule: Rule, props: Draft, overrides?: Partial<RuleTarget>): string[] {
  return rule(props, target(overrides)).map(({ severity, path }) => `${severity} ${formatPath(path)}`);
}
