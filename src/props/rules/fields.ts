import type { Path } from '../../path';
import { isRecord } from '../../record';
import { releaseFields, releases, tellPresence } from '../../releases';
import { onReleases, type Rule } from './rule';

/** Fields that only some releases know; the others drop or refuse them. Source: the CRDs of the releases. */
export const fieldsOfRelease: Rule = (props, target) =>
  releaseFields.flatMap(({ keys, range }) => {
    const others = releases.filter((release) => !range.includes(release));
    return placesOf(props, keys).flatMap((path) =>
      onReleases(others, target, (start) => ({
        path,
        message: `${start}this field is not known and would be dropped; OpenFunction ${tellPresence(range)}.`,
      })),
    );
  });

/** Where a field is: in each item of a list on the way. */
function placesOf(value: unknown, keys: readonly string[], path: Path = []): Path[] {
  const [key, ...rest] = keys;
  if (key === undefined) return value === undefined ? [] : [path];
  if (Array.isArray(value)) return value.flatMap((item, index) => placesOf(item, keys, [...path, index]));
  return isRecord(value) ? placesOf(value[key], rest, [...path, key]) : [];
}
