import { fieldManager } from './functions';
import type { ApiResponse, LiveObject } from './types';

export type Outcome = 'created' | 'updated' | 'unchanged';

/** What an apply left behind, to recognise it again. */
export interface AppliedMark {
  uid: string;
  /** When the cluster last recorded a change by ofn (RFC 3339, whole seconds). */
  time: string;
  /** Digest of what was applied. */
  digest: string;
}

/**
 * What an apply did, from its answer alone.
 *
 * 201 is a creation. Otherwise the cluster's record of our fields tells: its time moves with each change and stays with none
 * (kube-apiserver, managedfieldsupdater.go). That time has whole seconds, so that a change within the second before this
 * apply looks like one by it; `last`, the mark of the last apply from here, settles that.
 */
export function outcomeOf(
  response: ApiResponse,
  object: LiveObject,
  digest: string,
  last: () => AppliedMark | undefined,
): Outcome {
  if (response.status === 201) return 'created';
  const begin = beginOf(response);
  if (response.repeated && isAtOrAfter(object.metadata.creationTimestamp, begin)) return 'created';
  const time = changeTime(object);
  if (!isAtOrAfter(time, begin)) return 'unchanged';
  const mark = last();
  const same = mark !== undefined && mark.uid === object.metadata.uid && mark.time === time && mark.digest === digest;
  return same ? 'unchanged' : 'updated';
}

/** The mark that this apply leaves; undefined when the cluster keeps no record of fields. */
export function markOf(object: LiveObject, digest: string): AppliedMark | undefined {
  const time = changeTime(object);
  return time === undefined ? undefined : { uid: object.metadata.uid, time, digest };
}

function changeTime(object: LiveObject): string | undefined {
  return object.metadata.managedFields?.find(
    ({ manager, operation, subresource }) => manager === fieldManager && operation === 'Apply' && !subresource,
  )?.time;
}

/** The server's clock when the request began, rounded down to the second as its records are. */
function beginOf({ serverTime, duration }: ApiResponse): number | undefined {
  return serverTime === undefined ? undefined : Math.floor((serverTime - duration) / 1000) * 1000;
}

/** Without both times nothing speaks against a change. */
function isAtOrAfter(time: string | undefined, begin: number | undefined): boolean {
  return time === undefined || begin === undefined || Date.parse(time) >= begin;
}
