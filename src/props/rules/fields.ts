import { releaseFields, releases, tellPresence } from '../../releases';
import { onReleases, placesAt, type Rule } from './rule';

/** Fields that only some releases know; the others drop or refuse them. Source: the CRDs of the releases. */
export const fieldsOfRelease: Rule = (props, target) =>
  releaseFields.flatMap(({ keys, range }) => {
    const others = releases.filter((release) => !range.includes(release));
    return placesAt(props, keys).flatMap((path) =>
      onReleases(others, target, (start) => ({
        path,
        message: `${start}this field is not known and would be dropped; OpenFunction ${tellPresence(range)}.`,
      })),
    );
  });
