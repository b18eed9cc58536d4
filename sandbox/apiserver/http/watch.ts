import type { JsonRecord } from '../../../src/record';
import type { LineStream } from '../../faults/faulty-stream';
import { expired } from '../errors';
import type { KubeObject } from '../objects';
import { readAs, storageKey, type ClusterState, type ObjectAddress } from '../operations/cluster';
import { listObjects } from '../operations/read';
import { apiVersionOf } from '../resources';
import type { EventType, StoreEvent } from '../store';
import { selectorOf } from './list';
import { readInteger } from './query';

interface Watch {
  address: Omit<ObjectAddress, 'name'>;
  query: URLSearchParams;
  /** The object as the client wants to see it. */
  represent: (object: KubeObject) => JsonRecord;
}

const bookmarkInterval = 60_000;

/**
 * Sends the changes of a type until the client leaves or the time is over.
 * Without a resource version it begins with what is there.
 * @throws ApiError 400 before anything is sent.
 */
export function watch(state: ClusterState, { address, query, represent }: Watch, open: () => LineStream): () => void {
  const { type, version, namespace } = address;
  const key = storageKey(type);
  const isSelected = selectorOf(address, query);
  const from = readInteger(query, 'resourceVersion') ?? 0;
  const seconds = readInteger(query, 'timeoutSeconds') ?? 0;
  const missed = from > 0 ? state.store.since(from) : [];
  const stream = open();
  const send = (kind: string, object: JsonRecord): void => stream.send(`${JSON.stringify({ type: kind, object })}\n`);

  if (missed === undefined) {
    send('ERROR', expired(`too old resource version: ${from} (${state.store.resourceVersion()})`).toStatus());
    stream.end();
    return () => undefined;
  }
  const tell = (event: StoreEvent): void => {
    if (event.kind !== key || (namespace !== '' && event.object.metadata.namespace !== namespace)) return;
    if (event.resourceVersion <= from) return;
    const seen = asSelected(event, isSelected);
    if (seen) send(seen.type, represent(readAs(type, seen.object, version)));
  };
  if (from === 0) {
    for (const object of listObjects(state, address).filter(isSelected)) send('ADDED', represent(object));
  }
  missed.forEach(tell);

  const bookmark = (): void =>
    send('BOOKMARK', {
      kind: type.kind,
      apiVersion: apiVersionOf(type, version),
      metadata: { resourceVersion: String(state.store.resourceVersion()), creationTimestamp: null },
    });
  const wantsBookmarks = query.get('allowWatchBookmarks') === 'true';
  const bookmarks = wantsBookmarks ? setInterval(bookmark, bookmarkInterval) : undefined;
  const timeout = seconds > 0 ? setTimeout(finish, seconds * 1000) : undefined;
  const unsubscribe = state.store.subscribe(tell);
  function stop(): void {
    clearInterval(bookmarks);
    clearTimeout(timeout);
    unsubscribe();
  }
  function finish(): void {
    if (wantsBookmarks) bookmark();
    stop();
    stream.end();
  }
  return stop;
}

/** What an event is to somebody who sees only selected objects. One that leaves is shown as it was last seen. */
function asSelected(
  { type, object, before }: StoreEvent,
  isSelected: (object: KubeObject) => boolean,
): { type: EventType; object: KubeObject } | undefined {
  const was = before !== undefined && isSelected(before);
  const is = type !== 'DELETED' && isSelected(object);
  if (is) return { type: was ? 'MODIFIED' : 'ADDED', object };
  if (!was) return undefined;
  const { resourceVersion } = object.metadata;
  const last = type === 'DELETED' ? object : { ...before, metadata: { ...before.metadata, resourceVersion } };
  return { type: 'DELETED', object: last };
}
