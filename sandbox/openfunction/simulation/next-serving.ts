import type { JsonRecord } from '../../../src/record';
import type { KubeObject } from '../../apiserver/objects';
import { randomSuffix } from '../../apiserver/random-suffix';
import { ownedBy, type Client } from '../../controllers/client';
import { servingSpec } from './children';
import { servings } from './kinds';
import { recordAt, resourceHash, textAt, type FunctionModel } from './model';
import { tell } from './tell';

/** `status.serving` of a Function as it is to be next; starts a Serving where one is due. */
export function nextServing(
  client: Client,
  fn: KubeObject,
  model: FunctionModel,
  digest: string,
  status: JsonRecord | undefined,
): JsonRecord {
  const { serving: spec, version, image, imageCredentials, port } = model;
  if (!spec) return { state: 'Skipped' };
  const namespace = fn.metadata.namespace ?? '';
  const fullImage = digest === '' ? image : `${image}@${digest}`;
  const hash = resourceHash(version, fullImage, imageCredentials, port, spec);
  const name = textAt(status, ['resourceRef']);
  const serving = name === '' ? undefined : client.get(servings, namespace, name);
  if (status?.['resourceHash'] !== hash || !serving) {
    const created = client.create({
      apiVersion: fn.apiVersion,
      kind: 'Serving',
      metadata: {
        name: `serving-${randomSuffix()}`,
        namespace,
        labels: { 'openfunction.io/function': fn.metadata.name },
        ...(fn.metadata.annotations && { annotations: fn.metadata.annotations }),
        ...ownedBy(fn),
      },
      spec: servingSpec(model, fullImage),
    });
    const { lastSuccessfulResourceRef } = status ?? {};
    return {
      state: 'Created',
      resourceRef: created.metadata.name,
      resourceHash: hash,
      ...(lastSuccessfulResourceRef !== undefined && { lastSuccessfulResourceRef }),
    };
  }
  const state = textAt(serving, ['status', 'state']);
  if (state === '' || state === status['state']) return status;
  const { reason, message } = recordAt(serving, ['status']) ?? {};
  const kind = state === 'Failed' || state === 'Timeout' ? 'Warning' : 'Normal';
  tell(
    client,
    fn,
    kind,
    state === 'Failed' ? 'ServingFailed' : state,
    textAt(serving, ['status', 'message']) || `Serving ${name} is ${state}`,
  );
  const { reason: _oldReason, message: _oldMessage, ...rest } = status;
  const next = { ...rest, state, ...(reason !== undefined && { reason }), ...(message !== undefined && { message }) };
  if (state !== 'Running') return next;
  removeOthers(client, fn, name);
  return { ...next, lastSuccessfulResourceRef: name };
}

/** Servings run side by side until the new one is Running. */
function removeOthers(client: Client, fn: KubeObject, current: string): void {
  for (const serving of client.list(servings, fn.metadata.namespace ?? '', {
    'openfunction.io/function': fn.metadata.name,
  })) {
    if (serving.metadata.name !== current) client.delete(serving);
  }
}
