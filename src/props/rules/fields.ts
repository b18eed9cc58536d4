import type { Path } from '../../path';
import { isRecord } from '../../record';
import { releases, releasesWith, tellPresence } from '../../releases';
import type { Problem } from '../problem';
import { onReleases, type Rule, type RuleTarget } from './rule';

/** Fields that only some releases know; the others drop or refuse them. Source: the CRDs of the releases. */
export const fieldsOfRelease: Rule = (props, target) => find(props, [], target);

function find(value: unknown, path: Path, target: RuleTarget): Problem[] {
  const range = releasesWith(path);
  if (range !== undefined) {
    const others = releases.filter((release) => !range.includes(release));
    return onReleases(others, target, (start) => ({
      path,
      message: `${start}it is not known and would be dropped; OpenFunction ${tellPresence(range)}.`,
    }));
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => find(item, [...path, index], target));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => find(item, [...path, key], target));
}
