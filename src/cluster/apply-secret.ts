import { isDeepStrictEqual } from 'node:util';
import { ClusterError } from '../errors';
import { fieldManager } from '../field-manager';
import { valueAt } from '../record';
import { redactText } from '../redact';
import type { Api } from './api';
import { conflictsOf } from './explain-conflict';
import { explainStatus } from './explain-status';
import { applyInNamespace, lacksNamespace, type ObjectKey } from './functions';
import { isLiveObject, readStatus } from './status';
import type { ApiResponse, LiveObject, Subject } from './types';

interface SecretRequest {
  key: ObjectKey;
  /** Makes the Secret of what is there; undefined where there is nothing. */
  manifest: (live: LiveObject | undefined) => object;
  /** The Namespace to create when it is missing; without it a missing namespace is an error. */
  namespaceManifest?: { metadata: { name: string } } | undefined;
  /** Take over what belongs to other managers. */
  force: boolean;
  /** Only tell what would become of it. */
  dryRun: boolean;
  /** Called before anything is changed. @throws when it must not be */
  beforeChange: () => Promise<void>;
}

export type SecretOutcome = 'created' | 'updated' | 'unchanged';

/** Secrets that are being applied: functions that share one take turns, so that none loses what another has put there. */
const turns = new Map<string, Promise<unknown>>();

/**
 * Applies a Secret by server-side apply, and its namespace if need be.
 * @throws ClusterError that explains what the server refused, without a word of what is in the Secret
 */
export function applySecret(api: Api, request: SecretRequest): Promise<SecretOutcome> {
  const { namespace, name } = request.key;
  const place = `${namespace}/${name}`;
  const turn = (turns.get(place) ?? Promise.resolve()).then(() => applyInTurn(api, request));
  turns.set(
    place,
    turn.catch(() => {}),
  );
  return turn;
}

async function applyInTurn(api: Api, request: SecretRequest): Promise<SecretOutcome> {
  const { key, namespaceManifest } = request;
  const live = await read(api, key);
  const manifest = request.manifest(live);
  if (!isDeepStrictEqual(dataOf(manifest), dataOf(live))) await request.beforeChange();
  const once = (): Promise<ApiResponse> => applyOnce(api, manifest, request);
  const { response } = await applyInNamespace(api, request.dryRun ? undefined : namespaceManifest, once);
  if (request.dryRun && namespaceManifest !== undefined && lacksNamespace(response)) return 'created';
  const { body, status } = response;
  if (!isLiveObject(body)) throw explain(api, key, response);
  if (status === 201) return 'created';
  // The version of a dry run is that of before.
  return isDeepStrictEqual(contentOf(body), contentOf(live)) ? 'unchanged' : 'updated';
}

/** What is not seen would be lost: so it has to be seen. */
async function read(api: Api, key: ObjectKey): Promise<LiveObject | undefined> {
  const subject: Subject = { ...subjectOf(key), verb: 'get' };
  const response = await api.request({ method: 'GET', path: pathOf(key), subject });
  if (isLiveObject(response.body)) return response.body;
  if (response.status === 404) return undefined;
  throw explainStatus(response, subject, api.connection.identity);
}

function contentOf(secret: unknown): unknown {
  return [dataOf(secret), valueAt(secret, ['metadata', 'annotations'])];
}

function dataOf(secret: unknown): unknown {
  return valueAt(secret, ['data']);
}

function applyOnce(api: Api, manifest: object, { key, force, dryRun }: SecretRequest): Promise<ApiResponse> {
  return api.request({
    method: 'PATCH',
    path: pathOf(key),
    query: { fieldManager, force: String(force), ...(dryRun && { dryRun: 'All' }) },
    contentType: 'application/apply-patch+yaml',
    body: manifest,
    subject: subjectOf(key),
  });
}

function pathOf({ namespace, name }: ObjectKey): string {
  return `/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets/${encodeURIComponent(name)}`;
}

function explain(api: Api, key: ObjectKey, response: ApiResponse): ClusterError {
  const { namespace, name } = key;
  const { status } = response;
  const what = `The Secret "${name}" in namespace "${namespace}" cannot hold the login.`;
  const conflicts = conflictsOf(response);
  const hasOtherType = status === 422 || conflicts.some(({ path }) => path[0] === 'type');
  if (conflicts.length > 0 && !hasOtherType) {
    return new ClusterError(
      {
        what,
        why: `What it holds was put there by ${[...new Set(conflicts.map(({ manager }) => `"${manager}"`))].join(', ')}.`,
        remedy: 'Name another Secret in imageCredentials.name, or replace what is there with --force-conflicts.',
      },
      { status },
    );
  }
  if (hasOtherType) {
    return new ClusterError(
      {
        what,
        why: redactText(readStatus(response.body).message ?? ''),
        remedy: 'A Secret never changes its type: name another one in imageCredentials.name, or delete this one.',
      },
      { status },
    );
  }
  return explainStatus(response, subjectOf(key), api.connection.identity);
}

function subjectOf({ namespace, name }: ObjectKey): Subject {
  return { verb: 'patch', group: '', resource: 'secrets', namespace, name };
}
