import type { JsonRecord } from '../../../src/record';
import { ApiError, badRequest, expired } from '../errors';
import type { KubeObject } from '../objects';
import { readAs, storageKey, type ClusterState, type ObjectAddress } from '../operations/cluster';
import { fieldSelector } from '../selectors/fields';
import { labelSelector } from '../selectors/labels';
import type { Selector } from '../selectors/selector';
import { readInteger } from './query';

export interface Page {
  items: KubeObject[];
  metadata: JsonRecord;
}

/** Where a list goes on: after which object, of which state. */
interface Continuation {
  resourceVersion: number;
  after: string;
}

type Collection = Omit<ObjectAddress, 'name'>;

/** The selected objects of a type, or a page of them, as they were when the first page was read. @throws ApiError 400, 410 or 504. */
export function listPage(state: ClusterState, address: Collection, query: URLSearchParams): Page {
  const limit = readInteger(query, 'limit') ?? 0;
  const isSelected = selectorOf(address, query);
  const continued = readContinuation(query);
  checkVersion(state, query, continued);
  const resourceVersion = continued?.resourceVersion ?? state.store.resourceVersion();
  const objects = state.store.listAt(storageKey(address.type), resourceVersion);
  if (!objects) throw expired('The provided continue parameter is too old to display a consistent list result.');

  const rest = objects
    .filter(({ metadata }) => address.namespace === '' || metadata.namespace === address.namespace)
    .filter((object) => continued === undefined || keyOf(object) > continued.after)
    .map((object) => readAs(address.type, object, address.version))
    .filter(isSelected);
  const items = limit > 0 ? rest.slice(0, limit) : rest;
  const remaining = rest.length - items.length;
  const last = items.at(-1);
  const isCounted = !query.get('labelSelector') && !query.get('fieldSelector');
  return {
    items,
    metadata: {
      resourceVersion: String(resourceVersion),
      ...(remaining > 0 && last && { continue: writeContinuation({ resourceVersion, after: keyOf(last) }) }),
      ...(remaining > 0 && isCounted && { remainingItemCount: remaining }),
    },
  };
}

/** @throws ApiError 400 for a selector that cannot be read. */
export function selectorOf({ type }: Pick<Collection, 'type'>, query: URLSearchParams): Selector {
  const byLabel = labelSelector(query.get('labelSelector'));
  const byField = fieldSelector(query.get('fieldSelector'), type.builtIn ? type.plural : '');
  return (object) => byLabel(object) && byField(object);
}

/** The server waits a little for a version that is yet to come, and then gives up. */
function checkVersion({ store }: ClusterState, query: URLSearchParams, continued: Continuation | undefined): void {
  const asked = readInteger(query, 'resourceVersion') ?? 0;
  if (continued && asked > 0) throw badRequest('specifying resource version is not allowed when using continue');
  const current = store.resourceVersion();
  if (asked <= current) return;
  const message = 'Too large resource version';
  const details = { retryAfterSeconds: 1, causes: [{ reason: 'ResourceVersionTooLarge', message }] };
  throw new ApiError(504, 'Timeout', `Timeout: ${message}: ${asked}, current: ${current}`, details, {
    'Retry-After': '1',
  });
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

function writeContinuation(continuation: Continuation): string {
  return Buffer.from(JSON.stringify(continuation)).toString('base64url');
}

function readContinuation(query: URLSearchParams): Continuation | undefined {
  const token = query.get('continue');
  if (!token) return undefined;
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString()) as Continuation;
  } catch (error) {
    throw badRequest(`continue key is not valid: ${(error as Error).message}`);
  }
}
