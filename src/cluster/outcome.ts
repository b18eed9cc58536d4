import { ownEntry } from '../field-manager';
import { isRecord } from '../record';
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
  /** API version in which it was applied. */
  apiVersion?: string;
}

/** What was applied. */
export interface AppliedManifest {
  digest: string;
  manifest: object;
}

/**
 * What an apply did, from its answer alone.
 *
 * 201 is a creation. Otherwise the cluster's record of our fields tells: its time moves with each change and stays with none
 * (kube-apiserver, managedfieldsupdater.go). That time has whole seconds, so that a change within the second before this
 * apply looks like one by it; `last`, the mark of the last apply from here, settles that. It also settles what a server
 * makes of a manifest that it does not keep as it is: each apply of it is recorded as a change, though none is left.
 */
export function outcomeOf(
  response: ApiResponse,
  object: LiveObject,
  applied: AppliedManifest,
  last: () => AppliedMark | undefined,
): Outcome {
  if (response.status === 201) return 'created';
  if (response.repeated && isNew(response, object, last())) return 'created';
  if (!isRecordedChange(response, object)) return 'unchanged';
  const before = last();
  const after = markOf(object, applied.digest);
  return isSame(before, after) || isSettled(before, after, applied, object) ? 'unchanged' : 'updated';
}

/** Whether an earlier try of this apply has made the object, though its answer was lost. */
function isNew(response: ApiResponse, { metadata }: LiveObject, before: AppliedMark | undefined): boolean {
  return isAtOrAfter(metadata.creationTimestamp, beginOf(response)) && metadata.uid !== before?.uid;
}

/** Whether the cluster may have recorded a change at the time of this apply. */
export function isRecordedChange(response: ApiResponse, object: LiveObject): boolean {
  return isAtOrAfter(changeTime(object), beginOf(response));
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

/**
 * Whether the manifest was applied before, and all that this apply did was to write again what the server then wrote otherwise.
 * OpenFunction 1.1 and later do so with what does not survive the way to v1beta2 and back, such as build.timeout.
 */
function isSettled(
  before: AppliedMark | undefined,
  after: AppliedMark | undefined,
  { manifest }: AppliedManifest,
  object: LiveObject,
): boolean {
  if (before === undefined || after === undefined) return false;
  if (before.uid !== after.uid || before.digest !== after.digest) return false;
  const { spec, ...rest } = manifest as { spec?: unknown };
  const rewritesSpec = !holds(object.spec, spec);
  if (!rewritesSpec && holds(object, rest)) return false;
  return after.generation - before.generation <= Number(rewritesSpec);
}

/** Whether a live value is as it was written; it may have more. */
function holds(live: unknown, written: unknown): boolean {
  if (Array.isArray(written)) {
    return Array.isArray(live) && live.length === written.length && written.every((item, i) => holds(live[i], item));
  }
  if (!isRecord(written)) return live === written;
  return isRecord(live) && Object.entries(written).every(([key, value]) => holds(live[key], value));
}

function changeTime(object: LiveObject): string | undefined {
  return ownEntry(object)?.time;
}

/** The server's clock when the request began, rounded down to the second as its records are. */
function beginOf({ serverTime, duration }: ApiResponse): number | undefined {
  return serverTime === undefined ? undefined : Math.floor((serverTime - duration) / 1000) * 1000;
}

/** Without both times nothing speaks against a change. */
function isAtOrAfter(time: string | undefined, begin: number | undefined): boolean {
  return time === undefined || begin === undefined || Date.parse(time) >= begin;
}
