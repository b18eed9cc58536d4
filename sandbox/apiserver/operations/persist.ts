import type { KubeObject, ObjectMeta } from '../objects';
import type { ClusterState } from './cluster';

/** Stores a changed object; a dying one that nothing holds any more is deleted instead. */
export function persist({ store }: Pick<ClusterState, 'store'>, key: string, object: KubeObject): KubeObject {
  const isOver = object.metadata.deletionTimestamp !== undefined && !isHeld(object.metadata);
  return isOver ? store.delete(key, object) : store.put(key, object);
}

/** Whether something keeps a dying object: a finalizer, or the time that it has to end. */
function isHeld({ finalizers = [], deletionGracePeriodSeconds = 0 }: ObjectMeta): boolean {
  return finalizers.length > 0 || deletionGracePeriodSeconds > 0;
}
