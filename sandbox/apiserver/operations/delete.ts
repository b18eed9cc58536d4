import { timestamp } from '../clock';
import { conflict, forbidden, invalid, notFound, type ApiError } from '../errors';
import type { KubeObject, ObjectMeta } from '../objects';
import { convertObject, storageKey, type ClusterState, type ObjectAddress } from './cluster';

export interface DeleteOptions {
  propagationPolicy?: 'Foreground' | 'Background' | 'Orphan';
  preconditions?: { uid?: string; resourceVersion?: string };
  gracePeriodSeconds?: number;
  dryRun?: boolean;
}

export interface Deleted {
  object: KubeObject;
  /** False while finalizers or a grace period keep the object. */
  gone: boolean;
}

/**
 * Deletes an object, or marks it as dying while something keeps it.
 * @throws ApiError 404 when there is none, 409 when it is not the one expected.
 */
export function deleteObject(state: ClusterState, address: ObjectAddress, options: DeleteOptions): Deleted {
  const { type, version, namespace, name } = address;
  const key = storageKey(type);
  const live = state.store.get(key, namespace, name);
  const qualified = { group: type.group, resource: type.plural };
  if (!live) throw notFound(qualified, name);
  checkOptions(options);
  if (type.plural === 'namespaces' && permanent.has(name)) {
    throw forbidden(qualified, name, 'this namespace may not be deleted');
  }
  checkPreconditions(address, live, options);

  const finalizers = finalizersFor(live, options.propagationPolicy);
  const grace = gracePeriod(address, live, options);
  const isHeld = finalizers.length > 0 || grace > 0 || type.plural === 'namespaces';
  const answer = (object: KubeObject, gone: boolean): Deleted => ({
    object: convertObject(type, object, version),
    gone,
  });
  if (options.dryRun) return answer(live, !isHeld);
  if (!isHeld) return answer(state.store.delete(key, type.plural === 'pods' ? withoutGrace(live) : live), true);
  const dying = terminating(type.plural, markDying(state, live, finalizers, grace));
  return answer(dying === live ? live : state.store.put(key, dying), false);
}

/** Namespaces that the cluster needs. */
const permanent = new Set(['default', 'kube-system', 'kube-public']);

const policies = ['Background', 'Foreground', 'Orphan'];

function checkOptions({ propagationPolicy: policy }: DeleteOptions): void {
  if (policy === undefined || policies.includes(policy)) return;
  const supported = policies.map((name) => JSON.stringify(name)).join(', ');
  const message = `Unsupported value: ${JSON.stringify(policy)}: supported values: ${supported}`;
  throw invalid({ group: 'meta.k8s.io', kind: 'DeleteOptions' }, '', [
    { field: 'propagationPolicy', reason: 'FieldValueNotSupported', message },
  ]);
}

function checkPreconditions(
  { type, name }: ObjectAddress,
  { metadata }: KubeObject,
  { preconditions }: DeleteOptions,
): void {
  const { uid, resourceVersion } = preconditions ?? {};
  const mismatch = (field: string, expected: string, actual: string, guess: string): ApiError =>
    conflict(
      { group: type.group, resource: type.kind },
      name,
      `the ${field} in the precondition (${expected}) does not match the ${field} in record (${actual}). ${guess}`,
    );
  if (uid !== undefined && uid !== metadata.uid) {
    throw mismatch('UID', uid, metadata.uid, 'The object might have been deleted and then recreated');
  }
  if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion) {
    throw mismatch('ResourceVersion', resourceVersion, metadata.resourceVersion, 'The object might have been modified');
  }
}

/** The propagation policy lives on as a finalizer, for the garbage collector to act on and to remove. */
function finalizersFor({ metadata }: KubeObject, policy: DeleteOptions['propagationPolicy']): string[] {
  const own = { Foreground: 'foregroundDeletion', Orphan: 'orphan' };
  const others = (metadata.finalizers ?? []).filter(
    (finalizer) => policy === undefined || !Object.values(own).includes(finalizer),
  );
  return policy === 'Foreground' || policy === 'Orphan' ? [...new Set([...others, own[policy]])] : others;
}

/** Pods that run somewhere get time to end; nothing else does. */
function gracePeriod({ type }: ObjectAddress, { spec }: KubeObject, { gracePeriodSeconds }: DeleteOptions): number {
  if (type.group !== '' || type.plural !== 'pods') return 0;
  const { nodeName, terminationGracePeriodSeconds = 30 } = spec as {
    nodeName?: string;
    terminationGracePeriodSeconds?: number;
  };
  return nodeName === undefined ? 0 : (gracePeriodSeconds ?? terminationGracePeriodSeconds);
}

/** A pod that has no time to end says so when it is gone. */
function withoutGrace(pod: KubeObject): KubeObject {
  return { ...pod, metadata: { ...pod.metadata, deletionGracePeriodSeconds: 0 } };
}

/** A dying namespace says so in its phase, too; it goes when it is empty. */
function terminating(plural: string, object: KubeObject): KubeObject {
  return plural === 'namespaces' ? { ...object, status: { phase: 'Terminating' } } : object;
}

function markDying({ clock }: ClusterState, live: KubeObject, finalizers: string[], grace: number): KubeObject {
  const { metadata } = live;
  const isMarked = metadata.deletionTimestamp !== undefined;
  if (isMarked && String(metadata.finalizers) === String(finalizers) && metadata.deletionGracePeriodSeconds === grace) {
    return live;
  }
  const marked: ObjectMeta = {
    ...metadata,
    finalizers,
    deletionTimestamp: metadata.deletionTimestamp ?? timestamp({ ...clock, now: () => clock.now() + grace * 1000 }),
    deletionGracePeriodSeconds: grace,
    ...(metadata.generation !== undefined && { generation: metadata.generation + Number(!isMarked) }),
  };
  if (finalizers.length === 0) delete marked.finalizers;
  return { ...live, metadata: marked };
}
