import { copyOf } from '../../apiserver/copy';
import { isRecord, valueAt, type JsonRecord } from '../../../src/record';
import { formatGoDuration, parseGoDuration } from './go-duration';

/** The fields of type `metav1.Duration` in the Functions of v1beta1 and v1beta2. */
const durations = [
  ['spec', 'build', 'timeout'],
  ['spec', 'build', 'builderMaxAge'],
  ['spec', 'build', 'shipwright', 'timeout'],
  ['spec', 'serving', 'timeout'],
  ['status', 'build', 'buildDuration'],
  ['status', 'serving', 'buildDuration'],
];

/**
 * A copy of a Function as OpenFunction's webhooks hold it after decoding: `90s` has become `1m30s`.
 *
 * @throws DecodeError for a duration that Go cannot parse.
 */
export function decodeFunction(fn: JsonRecord): JsonRecord {
  const decoded = copyOf(fn);
  for (const path of durations) {
    const parent = valueAt(decoded, path.slice(0, -1));
    const key = path.at(-1);
    if (!isRecord(parent) || key === undefined) continue;
    const text = parent[key];
    if (typeof text === 'string') parent[key] = formatGoDuration(parseGoDuration(text));
  }
  return decoded;
}
