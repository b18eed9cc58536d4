import type { JsonRecord } from '../../../../src/record';
import { textAt } from '../../conversion/go-json';
import { invalid, notSupported } from '../field-error';

/** Rules yield what they find in the order of OpenFunction's code, which reports the first alone. */
export type Problems = Iterable<string>;

export function firstOf(problems: Problems): string | undefined {
  for (const problem of problems) return problem;
  return undefined;
}

export function* notNegative(
  parent: JsonRecord,
  path: string,
  keys: readonly string[],
  detail = 'cannot be less than 0',
): Problems {
  for (const key of keys) {
    const value = parent[key];
    if (typeof value === 'number' && value < 0) yield invalid(`${path}.${key}`, value, detail);
  }
}

/** The durations are those of Go: `-1h0m0s`. */
export function* durationNotNegative(parent: JsonRecord, path: string, key: string): Problems {
  const text = textAt(parent, key);
  if (text.startsWith('-')) yield invalid(`${path}.${key}`, text, 'cannot be less than 0');
}

/** Go holds an optional value in a pointer, so that an empty one is checked too. */
export function* oneOf(parent: JsonRecord, path: string, key: string, supported: readonly string[]): Problems {
  const value = parent[key];
  if (typeof value === 'string' && !supported.includes(value)) yield notSupported(`${path}.${key}`, value, supported);
}

/** Go holds an optional value in a string, so that an empty one is none. */
export function* oneOfOrEmpty(parent: JsonRecord, path: string, key: string, supported: readonly string[]): Problems {
  if (textAt(parent, key) !== '') yield* oneOf(parent, path, key, supported);
}
