import { ApiError } from '../apiserver/errors';
import type { KubeObject } from '../apiserver/objects';
import type { ClusterState } from '../apiserver/operations/cluster';
import type { StoreEvent } from '../apiserver/store';

/** Something that watches the cluster and brings it nearer to what is wanted. */
export interface Controller {
  /** Whether it reacts to changes of a stored type, given as `plural.group`. */
  watches(kind: string): boolean;
  /** Called for each change, after the write that made it. */
  react(event: StoreEvent): void;
}

/** Runs controllers on all changes, and on what is there already. Returns a function that stops them. */
export function runControllers({ store, clock }: ClusterState, controllers: readonly Controller[]): () => void {
  const queue: StoreEvent[] = [];
  let scheduled = false;
  let stopped = false;
  const work = (): void => {
    scheduled = false;
    for (let event = queue.shift(); event && !stopped; event = queue.shift()) {
      for (const controller of controllers) {
        if (controller.watches(event.kind)) attempt(() => controller.react(event));
      }
    }
  };
  const unsubscribe = store.subscribe((event) => {
    queue.push(event);
    if (scheduled) return;
    scheduled = true;
    clock.after(0, work);
  });
  for (const kind of store.kinds()) {
    for (const object of store.list(kind)) queue.push(asAdded(kind, object));
  }
  work();
  return () => {
    stopped = true;
    unsubscribe();
  };
}

/** Does what a controller wants. What the API server refuses it, it gives up: only its own log would say so. */
export function attempt(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}

function asAdded(kind: string, object: KubeObject): StoreEvent {
  return { type: 'ADDED', kind, object, resourceVersion: Number(object.metadata.resourceVersion) };
}

/** The object without one of its finalizers. */
export function withoutFinalizer(object: KubeObject, name: string): KubeObject {
  const { finalizers = [], ...metadata } = object.metadata;
  const rest = finalizers.filter((other) => other !== name);
  return { ...object, metadata: { ...metadata, ...(rest.length > 0 && { finalizers: rest }) } };
}
