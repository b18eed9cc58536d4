import { textDiff } from './text-diff';
import { toYaml } from './yaml';

/** Two objects compared as YAML, for people; `before` is undefined when there is nothing yet. */
export function manifestDiff(before: unknown, after: unknown, colour: boolean): string {
  return textDiff(before === undefined ? '' : toYaml(before), toYaml(after), colour);
}
