import { toError } from '../errors';
import type { Api } from './api';
import type { Connection } from './connection';
import { followObjects, keepInStep, type Change, type Collection } from './follow';
import type { LiveObject } from './types';

/** Told what happens to a collection; an error ends that. */
export interface Follower {
  tell: (change: Change) => void;
  fail: (error: Error) => void;
}

interface Entry extends Follower {
  collection: Collection;
}

/** One watch, for all who follow a collection over a connection. */
interface Shared {
  entries: Set<Entry>;
  /** What is followed now; others may want more. */
  wanted: Collection | undefined;
  stop: AbortController;
  known: Map<string, LiveObject>;
  blind: Change | undefined;
}

const shared = new WeakMap<Connection, Map<string, Shared>>();

/**
 * Follows a collection together with all others that do: however many functions are waited for, there is one watch for each
 * type and namespace. Those that want different parts of it get all of it, so each must tell by itself what concerns it.
 * @returns to be called when it is no longer needed
 */
export function follow(api: Api, collection: Collection, follower: Follower): () => void {
  const all = shared.get(api.connection) ?? new Map<string, Shared>();
  shared.set(api.connection, all);
  const { path } = collection;
  const current: Shared = all.get(path) ?? {
    entries: new Set(),
    wanted: undefined,
    stop: new AbortController(),
    known: new Map(),
    blind: undefined,
  };
  all.set(path, current);
  const entry = { ...follower, collection };
  current.entries.add(entry);
  // No list: what was made a moment ago may not have been seen yet.
  for (const object of current.known.values()) follower.tell({ type: 'seen', object });
  if (current.blind) follower.tell(current.blind);
  tune(api, current);
  return () => {
    current.entries.delete(entry);
    if (current.entries.size > 0) return;
    current.stop.abort();
    if (all.get(path) === current) all.delete(path);
  };
}

/** Watches what all together want; what is watched already goes on. */
function tune(api: Api, current: Shared): void {
  const wanted = union([...current.entries].map(({ collection }) => collection));
  if (current.blind) return;
  if (current.wanted && scopeOf(current.wanted) === scopeOf(wanted)) {
    // Who may not watch reads each by its name.
    current.wanted.names = wanted.names;
    return;
  }
  const listsFirst = current.wanted !== undefined;
  current.wanted = wanted;
  current.stop.abort();
  current.stop = new AbortController();
  const { signal } = current.stop;
  const tell = (change: Change): void => {
    if (signal.aborted) return;
    remember(current, change);
    for (const entry of [...current.entries]) entry.tell(change);
  };
  followObjects(api, wanted, { signal, tell, listsFirst }).catch((error: unknown) => {
    for (const entry of [...current.entries]) entry.fail(toError(error));
  });
}

/** A watch is of one object, or of all. */
function scopeOf({ names, selectors }: Collection): string {
  return JSON.stringify([selectors, names?.length === 1 ? names : undefined]);
}

/** The smallest part of a collection that holds all these. */
function union(collections: readonly Collection[]): Collection {
  const [first, ...others] = collections;
  if (first === undefined) throw new Error('nobody follows');
  const isSame = others.every(({ selectors }) => JSON.stringify(selectors) === JSON.stringify(first.selectors));
  const names = collections.every((collection) => collection.names !== undefined)
    ? [...new Set(collections.flatMap((collection) => collection.names ?? []))]
    : undefined;
  return {
    path: first.path,
    subject: first.subject,
    names,
    ...(isSame && first.selectors && { selectors: first.selectors }),
  };
}

function remember(current: Shared, change: Change): void {
  if (change.type === 'blind') current.blind = change;
  else keepInStep(current.known, change);
}
