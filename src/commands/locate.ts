import { parseFieldPath } from '../path';
import type { Origin } from '../props/origin';

/** Names fields of the Function by the place where the user wrote them; fields that ofn adds keep their own name. */
export function locator(origin: Origin): (field: string) => string {
  return (field) => {
    const [section, ...path] = parseFieldPath(field);
    return section === 'spec' || section === 'metadata' ? origin.locate(path) : field;
  };
}
