import type { Path } from '../path';
import { isRecord, valueAt } from '../record';

/**
 * What a manifest says and the object in the cluster lacks. Clusters drop fields that their version of the CRD does not know;
 * Kubernetes before 1.25 does so without a word.
 */
export function droppedFields(manifest: unknown, live: unknown, path: Path = []): Path[] {
  if (isEmpty(manifest)) return [];
  if (live === undefined) return [path];
  if (Array.isArray(manifest)) {
    const items: unknown[] = Array.isArray(live) ? live : [];
    return manifest.flatMap((item, index) => droppedFields(item, items[index], [...path, index]));
  }
  if (!isRecord(manifest)) return [];
  return Object.entries(manifest).flatMap(([key, value]) => droppedFields(value, valueAt(live, [key]), [...path, key]));
}

/** Empty values say nothing, and many servers leave them out. */
function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return !value || (isRecord(value) && Object.keys(value).length === 0);
}
