import { isRecord, valueAt } from '../record';

/** Whether a Function, or its manifest, is built in the cluster. */
export function hasBuild(fn: unknown): boolean {
  return isRecord(valueAt(fn, ['spec', 'build']));
}

/** Whether it is served, and not only built. */
export function hasServing(fn: unknown): boolean {
  return isRecord(valueAt(fn, ['spec', 'serving']));
}
