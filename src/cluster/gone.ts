import { setTimeout as pause } from 'node:timers/promises';
import { ClusterError } from '../errors';
import { isRecord } from '../record';
import { isSlow, type Api } from './api';
import { versionOf } from '../api-version';
import { functionWatch, getFunction, type ObjectKey } from './functions';
import { linesOf } from './lines';
import { isForbidden, mostRefusals } from './refusals';
import { isLiveObject } from './status';
import type { LiveObject } from './types';

interface WaitOptions {
  /** Milliseconds to wait at most. */
  timeout: number;
  /** Told what the deletion still waits for. */
  onWaiting?: (finalizers: readonly string[]) => void;
}

/** Milliseconds: of one watch, until a watch has to begin, between two of them, and for a last look when time is up. */
const watchTime = 60_000;
const watchPatience = 10_000;
const pollInterval = 2000;
const lastLook = 5000;

/**
 * Waits until a dying Function is gone: until no Function of its UID is left.
 * Watches; where watching is not possible or breaks off, it reads.
 * @throws ClusterError when time is up, naming the finalizers that hold the Function. It never removes a finalizer.
 */
export async function waitUntilGone(
  api: Api,
  key: ObjectKey,
  dying: LiveObject,
  { timeout, onWaiting = () => {} }: WaitOptions,
): Promise<void> {
  const deadline = Date.now() + timeout;
  let current: LiveObject | undefined = dying;
  let refusals = 0;
  while (isSame(current, dying)) {
    onWaiting(current.metadata.finalizers ?? []);
    const left = deadline - Date.now();
    if (left <= 0) throw stuck(key, current, timeout);
    const begin = Date.now();
    const last = await watchUntilGone(api, key, current, Math.min(left, watchTime), onWaiting);
    if (last === 'gone') return;
    await pause(Math.max(Math.min(begin + pollInterval, deadline) - Date.now(), 0));
    const patience = Math.max(deadline - Date.now(), lastLook);
    try {
      current = await getFunction(api, key, [versionOf(current)], { patience });
      refusals = 0;
    } catch (error) {
      refusals += 1;
      if (!isForbidden(error) || refusals === mostRefusals) throw error;
    }
  }
}

/** Watches until the Function is gone, for `limit` milliseconds at most. */
async function watchUntilGone(
  api: Api,
  key: ObjectKey,
  current: LiveObject,
  limit: number,
  onWaiting: (finalizers: readonly string[]) => void,
): Promise<'gone' | 'unknown'> {
  const begin = Date.now();
  const watch = functionWatch(key, current, Math.ceil(limit / 1000));
  let stream;
  try {
    stream = await api.stream({ ...watch, patience: Math.min(limit, watchPatience) });
  } catch (error) {
    if (!isWatchRefusal(error)) throw error;
    return 'unknown';
  }

  const left = Math.max(begin + limit - Date.now(), 0);
  const timer = setTimeout(() => stream.destroy(), left);
  try {
    for await (const line of linesOf(stream)) {
      const event = parseEvent(line);
      if (event === undefined) break;
      if (event.type === 'DELETED' || event.object.metadata.uid !== current.metadata.uid) return 'gone';
      onWaiting(event.object.metadata.finalizers ?? []);
    }
  } catch {
    // The stream broke or its time is up: the caller reads how things stand.
  } finally {
    clearTimeout(timer);
    stream.destroy();
  }
  return 'unknown';
}

/** Whether only the watch failed, so that reading may still work: it is forbidden, too old, or not answered. */
function isWatchRefusal(error: unknown): boolean {
  return error instanceof ClusterError && (error.status !== undefined || isSlow(error.cause));
}

/** A watch event about the Function; undefined for an error event or a line that was cut, after which the caller reads again. */
function parseEvent(line: string): { type: string; object: LiveObject } | undefined {
  try {
    const event: unknown = JSON.parse(line);
    if (!isRecord(event) || !isLiveObject(event['object']) || event['type'] === 'ERROR') return undefined;
    return { type: String(event['type']), object: event['object'] };
  } catch {
    return undefined;
  }
}

function isSame(current: LiveObject | undefined, dying: LiveObject): current is LiveObject {
  return current?.metadata.uid === dying.metadata.uid;
}

function stuck({ namespace, name }: ObjectKey, { metadata }: LiveObject, timeout: number): ClusterError {
  const finalizers = metadata.finalizers ?? [];
  return new ClusterError({
    what: `The function "${name}" in namespace "${namespace}" is still being deleted after ${Math.round(timeout / 1000)} s.`,
    why:
      finalizers.length === 0
        ? 'The cluster does not say what it waits for.'
        : `It waits on the finalizers ${finalizers.join(', ')} since ${metadata.deletionTimestamp ?? 'an unknown time'}.`,
    remedy: `Look what is left with: kubectl get functions,servings,builders -n ${namespace}\nThe deletion goes on in the cluster; run the command again to go on waiting.`,
  });
}
