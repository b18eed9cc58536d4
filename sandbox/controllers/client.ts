import { isDeepStrictEqual } from 'node:util';
import type { JsonRecord } from '../../src/record';
import type { KubeObject, ObjectDraft, OwnerReference } from '../apiserver/objects';
import { createObject, updateObject } from '../apiserver/operations/change';
import { convertObject, storageKey, type ClusterState, type ObjectAddress } from '../apiserver/operations/cluster';
import { deleteObject } from '../apiserver/operations/delete';
import { randomSuffix } from '../apiserver/random-suffix';
import { timestamp } from '../apiserver/clock';

/** What a controller does with objects. It sees them as they are stored, and goes without HTTP. */
export interface Client {
  get(kind: string, namespace: string, name: string): KubeObject | undefined;
  /** The objects of a kind in a namespace that have all these labels. */
  list(kind: string, namespace: string, labels?: Record<string, string>): KubeObject[];
  create(draft: ObjectDraft): KubeObject;
  /** Changes the status; an object that is gone meanwhile is left alone. */
  setStatus(object: KubeObject, status: JsonRecord): void;
  /** Changes anything but the status. */
  update(object: KubeObject): void;
  delete(object: KubeObject, propagationPolicy?: 'Background' | 'Foreground'): void;
  /** Tells what happened to an object. */
  event(about: KubeObject, type: 'Normal' | 'Warning', reason: string, message: string): void;
}

/** @param manager the name under which the fields of its changes are recorded. */
export function createClient(state: ClusterState, manager: string): Client {
  const { store, types, clock } = state;
  const addressOf = ({ apiVersion, kind, metadata }: ObjectDraft): ObjectAddress => {
    const [version = '', group = ''] = apiVersion.split('/').reverse();
    const type = types.findKind(group, kind);
    if (!type) throw new Error(`the sandbox does not serve ${kind} of ${apiVersion}`);
    return { type, version, namespace: metadata.namespace ?? '', name: metadata.name ?? '' };
  };
  const current = (object: KubeObject): { address: ObjectAddress; live: KubeObject } | undefined => {
    const address = addressOf(object);
    const live = store.get(storageKey(address.type), address.namespace, address.name);
    return live?.metadata.uid === object.metadata.uid
      ? { address, live: convertObject(address.type, live, address.version) }
      : undefined;
  };
  const client: Client = {
    get: (kind, namespace, name) => store.get(kind, namespace, name),
    list: (kind, namespace, labels = {}) =>
      store
        .list(kind)
        .filter(({ metadata }) => metadata.namespace === namespace)
        .filter(({ metadata }) => Object.entries(labels).every(([key, value]) => metadata.labels?.[key] === value)),
    create: (draft) => createObject(state, addressOf(draft), draft, { manager }).object,
    setStatus(object, status) {
      const found = current(object);
      // Most of what controllers report has been said before.
      if (!found || isDeepStrictEqual(found.live['status'], status)) return;
      updateObject(state, found.address, { ...found.live, status }, { manager, subresource: 'status' });
    },
    update(object) {
      const found = current(object);
      if (found) updateObject(state, found.address, object, { manager });
    },
    delete(object, propagationPolicy = 'Background') {
      const found = current(object);
      if (found && found.live.metadata.deletionTimestamp === undefined) {
        deleteObject(state, found.address, { propagationPolicy });
      }
    },
    event(about, type, reason, message) {
      const { namespace = 'default', name, uid } = about.metadata;
      const time = timestamp(clock);
      client.create({
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { name: `${name}.${randomSuffix()}`, namespace },
        involvedObject: { apiVersion: about.apiVersion, kind: about.kind, namespace, name, uid },
        ...{ type, reason, message, count: 1, firstTimestamp: time, lastTimestamp: time },
        source: { component: manager },
      });
    },
  };
  return client;
}

/** A reference to the object that owns another one, and waits for its end when it goes in the foreground. */
export function ownedBy({ apiVersion, kind, metadata }: KubeObject): { ownerReferences: OwnerReference[] } {
  const { name, uid } = metadata;
  return { ownerReferences: [{ apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true }] };
}
