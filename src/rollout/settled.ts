import { isRecord } from '../record';
import type { ManagedFields, LiveObject } from '../live-object';
import { patience } from './patience';

/**
 * Whether the status of a Function that was not changed is about its spec: OpenFunction keeps no observedGeneration.
 * It is when it was written after the last change of the spec, or when that is long ago. All times are the server's.
 * @param now the server's clock, milliseconds since 1970; undefined when it did not tell
 */
export function isSettled({ metadata }: LiveObject, now: number | undefined): boolean {
  const entries = metadata.managedFields ?? [];
  const changed = latest(entries.filter((entry) => !isOfStatus(entry)));
  const reported = latest(entries.filter(isOfStatus));
  if (changed === undefined || now === undefined) return false;
  return now - changed > patience.reaction || (reported !== undefined && reported > changed);
}

/** Milliseconds since anything of a Function was last written; 0 where that is not known. */
export function ageOfState({ metadata }: LiveObject, now: number | undefined): number {
  const written = latest(metadata.managedFields ?? []);
  return now === undefined || written === undefined ? 0 : Math.max(now - written, 0);
}

/** Server-side managers are told apart by the subresource; servers before 1.22 do not write it. */
function isOfStatus({ subresource, fieldsV1 }: ManagedFields): boolean {
  const fields = isRecord(fieldsV1) ? Object.keys(fieldsV1) : [];
  return subresource === 'status' || (fields.length > 0 && fields.every((field) => field === 'f:status'));
}

function latest(entries: readonly ManagedFields[]): number | undefined {
  const times = entries.map(({ time }) => Date.parse(time ?? '')).filter((time) => !Number.isNaN(time));
  return times.length === 0 ? undefined : Math.max(...times);
}
