import { authorize } from '../access/rbac';
import { unsupportedMediaType } from '../errors';
import { applyObject } from '../operations/apply';
import { patchObject } from '../operations/change';
import { storageKey } from '../operations/cluster';
import type { Written } from '../operations/write';
import { parseJson, parseYaml } from './body';
import type { Call } from './call';
import { checkPatchOptions } from './write-options';

const applyType = 'application/apply-patch+yaml';
const mergeType = 'application/merge-patch+json';
const jsonType = 'application/json-patch+json';

/** @throws ApiError 415 for a patch of another kind, and what the kinds of patches throw. */
export function patch(call: Call): Written {
  const { state, address, body, contentType, options, query } = call;
  checkPatchOptions(query, contentType === applyType);
  switch (contentType) {
    case applyType:
      checkMayCreate(call);
      return applyObject(state, address, parseYaml(body), { ...options, force: query.get('force') === 'true' });
    case mergeType:
      return patchObject(state, address, 'merge', parseJson(body), options);
    case jsonType:
      return patchObject(state, address, 'json', parseJson(body), options);
    default:
      throw unsupportedMediaType([jsonType, mergeType, applyType]);
  }
}

/** An apply that makes an object needs the right to make one. @throws ApiError 403. */
function checkMayCreate({ state: { store }, exchange, address }: Call): void {
  const { type, namespace, name } = address;
  if (store.get(storageKey(type), namespace, name)) return;
  const { group, plural: resource } = type;
  authorize(store, exchange.user, { verb: 'create', group, resource, subresource: '', namespace, name });
}
