import type { Path } from '../path';
import type { Problem } from '../props/problem';
import { redact, redactUrls } from '../redact';

/** Names a place, for instance `hello.props.port (s.yaml:12:7)`. */
export type PlaceOf = (path: Path) => string;

/** Problems as a list, each with its place and what to write instead. */
export function listProblems(
  problems: readonly Problem[],
  placeOf: PlaceOf,
  toYaml: (value: object) => string,
): string {
  return problems
    .flatMap((problem) => [
      `  ${placeOf(problem.path)}: ${redactUrls(problem.message)}`,
      ...(problem.example ? toYaml(withoutSecrets(problem.example)).trimEnd().split('\n').map((line) => `      ${line}`) : []),
    ])
    .join('\n'); // prettier-ignore
}

/** An example repeats names from the props, in which credentials may stand by mistake. */
function withoutSecrets(example: object): object {
  return redact(example) as object;
}

/** For instance `1 problem`, `2 warnings`. */
export function count(problems: readonly Problem[], noun: 'problem' | 'warning'): string {
  return `${problems.length} ${noun}${problems.length === 1 ? '' : 's'}`;
}
