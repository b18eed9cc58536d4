import type { LiveObject } from '../live-object';
import { recordsAt, type JsonRecord } from '../record';

/** The namespace of an object; everything that a Function is made of has one. */
export function namespaceOf({ metadata }: LiveObject): string {
  return metadata.namespace ?? 'default';
}

/** How often the spec of an object has changed. */
export function generationOf({ metadata }: LiveObject): number {
  return metadata.generation ?? 0;
}

/** The object that was changed last. */
export function newest(objects: readonly LiveObject[]): LiveObject | undefined {
  const version = ({ metadata }: LiveObject): number => Number(metadata.resourceVersion);
  return [...objects].sort((a, b) => version(b) - version(a))[0];
}

/** What an object says of itself by a condition; undefined where it does not. */
export function conditionOf(object: LiveObject | undefined, type: string): JsonRecord | undefined {
  return recordsAt(object?.status, ['conditions']).find((condition) => condition['type'] === type);
}
