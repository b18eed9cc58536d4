import { formatGoDuration, parseGoDuration } from '../../duration';
import type { JsonRecord } from '../../record';

/** With durations as OpenFunction writes them back: others would look like a change with each apply. */
export function withGoDurations(map: JsonRecord, ...keys: readonly string[]): JsonRecord {
  const durations = keys.flatMap((key): [string, string][] => {
    const milliseconds = parseGoDuration(String(map[key]));
    return milliseconds === undefined ? [] : [[key, formatGoDuration(milliseconds)]];
  });
  return { ...map, ...Object.fromEntries(durations) };
}
