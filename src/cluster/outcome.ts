import { fieldManager } from './functions';
import type { ApiResponse, LiveObject } from './types';

export type Outcome = 'created' | 'updated' | 'unchanged';

/** What an apply left behind, to recognise it again. */
export interface AppliedMark {
  uid: string;
  /** When the cluster last recorded a change by ofn (RFC 3339, whole seconds). */
  time: string;
  /** Generation of the object after the apply; moves when anyone changes its spec. */
  generation: number;
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
  if (!isAtOrAfter(changeTime(object), begin)) return 'unchanged';
  return isSame(last(), markOf(object, digest)) ? 'unchanged' : 'updated';
}

/** The mark that this apply leaves; undefined when the cluster keeps no record of fields. */
export function markOf(object: LiveObject, digest: string): AppliedMark | undefined {
  const time = changeTime(object);
  const { uid, generation = 0 } = object.metadata;
  return time === undefined ? undefined : { uid, time, generation, digest };
}

function isSame(a: AppliedMark | undefined, b: AppliedMark | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a.uid === b.uid && a.time === b.time && a.generation === b.generation && a.digest === b.digest;
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
