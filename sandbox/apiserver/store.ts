import type { KubeObject } from './objects';

export type EventType = 'ADDED' | 'MODIFIED' | 'DELETED';

/** A change of one object. */
export interface StoreEvent {
  type: EventType;
  /** `plural.group` under which the object is stored. */
  kind: string;
  object: KubeObject;
  /** The object before a change. */
  before?: KubeObject;
  resourceVersion: number;
}

/** All objects in memory, with one count of changes for all of them, as etcd has. */
export interface Store {
  get(kind: string, namespace: string, name: string): KubeObject | undefined;
  /** Sorted by namespace and name. */
  list(kind: string): KubeObject[];
  /** The objects of a kind as they were at a resource version, or undefined when that is forgotten. */
  listAt(kind: string, resourceVersion: number): KubeObject[] | undefined;
  /** The kinds of which there are, or were, objects. */
  kinds(): string[];
  /** Stores a new or changed object under a new resource version, which is written into it. */
  put(kind: string, object: KubeObject): KubeObject;
  /** Takes an object away; the event shows it with its last resource version. */
  delete(kind: string, object: KubeObject): KubeObject;
  resourceVersion(): number;
  /** Changes after a resource version, or undefined when some of them are forgotten. */
  since(resourceVersion: number): StoreEvent[] | undefined;
  /** Forgets all changes up to now: who watches from an older version is told that it is gone. */
  compact(): void;
  /** Tells of each change, after it. Returns a function that stops it. */
  subscribe(listener: (event: StoreEvent) => void): () => void;
}

const historyLimit = 10_000;

export function createStore(): Store {
  const kinds = new Map<string, Map<string, KubeObject>>();
  const listeners = new Set<(event: StoreEvent) => void>();
  let history: StoreEvent[] = [];
  let version = 1;
  let forgotten = 1;

  const sorted = (objects: ReadonlyMap<string, KubeObject>): KubeObject[] =>
    [...objects].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
  const objectsOf = (kind: string): Map<string, KubeObject> => {
    const known = kinds.get(kind);
    if (known) return known;
    const objects = new Map<string, KubeObject>();
    kinds.set(kind, objects);
    return objects;
  };
  const publish = (event: StoreEvent): void => {
    history.push(event);
    if (history.length > historyLimit) {
      const dropped = history.splice(0, history.length - historyLimit / 2);
      forgotten = dropped.at(-1)?.resourceVersion ?? forgotten;
    }
    for (const listener of [...listeners]) listener(event);
  };
  const next = (object: KubeObject): KubeObject => {
    version += 1;
    return { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } };
  };

  return {
    get: (kind, namespace, name) => objectsOf(kind).get(keyOf(namespace, name)),
    list: (kind) => sorted(objectsOf(kind)),
    listAt(kind, resourceVersion) {
      if (resourceVersion < forgotten) return undefined;
      const objects = new Map(objectsOf(kind));
      for (const event of history
        .filter((other) => other.kind === kind && other.resourceVersion > resourceVersion)
        .reverse()) {
        const key = keyOf(event.object.metadata.namespace, event.object.metadata.name);
        if (event.before) objects.set(key, event.before);
        else objects.delete(key);
      }
      return sorted(objects);
    },
    kinds: () => [...kinds.keys()],
    put(kind, draft) {
      const object = next(draft);
      const key = keyOf(object.metadata.namespace, object.metadata.name);
      const before = objectsOf(kind).get(key);
      objectsOf(kind).set(key, object);
      publish({
        type: before ? 'MODIFIED' : 'ADDED',
        kind,
        object,
        ...(before && { before }),
        resourceVersion: version,
      });
      return object;
    },
    delete(kind, object) {
      objectsOf(kind).delete(keyOf(object.metadata.namespace, object.metadata.name));
      const last = next(object);
      publish({ type: 'DELETED', kind, object: last, before: object, resourceVersion: version });
      return last;
    },
    resourceVersion: () => version,
    since: (resourceVersion) =>
      resourceVersion < forgotten ? undefined : history.filter((event) => event.resourceVersion > resourceVersion),
    compact() {
      history = [];
      forgotten = version;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function keyOf(namespace = '', name: string): string {
  return `${namespace}/${name}`;
}
