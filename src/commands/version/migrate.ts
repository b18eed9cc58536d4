import { explainStatus } from '../../cluster/explain-status';
import { functionSubject, getFunction, rewriteManagedFields } from '../../cluster/functions';
import type { PlannedApply } from '../../cluster/plan';
import { isLiveObject } from '../../cluster/status';
import { applied, managedInV1beta2, tellsOfV1beta1 } from '../../function/v1beta2/managed-fields';
import type { LiveObject } from '../../live-object';
import type { Connected } from '../command';

/**
 * Tells the server in v1beta2 who has set which fields of a Function, before it is applied so for the first time: what stays
 * told of v1beta1 would lead each write through the conversion that v1beta2 is to avoid.
 * @param before the Function in v1beta2
 * @throws ClusterError when the server does not let
 */
export async function migrateManagedFields({ api, key }: Connected, before: LiveObject): Promise<void> {
  if (!tellsOfV1beta1(before)) return;
  for (let tries = 1; ; tries += 1) {
    const live = await getFunction(api, key, ['v1beta1'], { patience: 5000 });
    if (live === undefined) return;
    const { resourceVersion } = live.metadata;
    const seen = { resourceVersion, version: 'v1beta2' } as const;
    const response = await rewriteManagedFields(api, key, seen, managedInV1beta2(live));
    if (isLiveObject(response.body)) return;
    if (response.status !== 409 || tries === mostTries) {
      throw explainStatus(response, functionSubject('patch', key), api.connection.identity);
    }
  }
}

/** Controllers may write in between. */
const mostTries = 5;

/**
 * What an apply of v1beta2 would make of a Function of which fields are told of v1beta1: a dry run would go through the
 * conversion, which the apply itself does not any more.
 */
export async function planMigration(
  { api, key }: Connected,
  before: LiveObject,
  body: object,
): Promise<PlannedApply | undefined> {
  if (!tellsOfV1beta1(before)) return undefined;
  const live = await getFunction(api, key, ['v1beta1'], { patience: 5000 });
  const managedFields = live ? managedInV1beta2(live) : [];
  const planned = applied(before, body, managedFields);
  return { live: before, planned, limitation: 'other version' };
}
