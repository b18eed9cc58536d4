import { ClusterError } from '../errors';
import { redactText } from '../redact';
import type { Api } from './api';
import { conflictsOf } from './explain-conflict';
import { explainStatus } from './explain-status';
import { applyNamespace, fieldManager, lacksNamespace, type ObjectKey } from './functions';
import { isLiveObject, readStatus } from './status';
import type { ApiResponse, Subject } from './types';

interface SecretRequest {
  key: ObjectKey;
  manifest: object;
  /** The Namespace to create when it is missing; without it a missing namespace is an error. */
  namespaceManifest?: { metadata: { name: string } } | undefined;
  /** Take over what belongs to other managers. */
  force: boolean;
}

/**
 * Applies a Secret by server-side apply, and its namespace if need be.
 * @throws ClusterError that explains what the server refused, without a word of what is in the Secret
 */
export async function applySecret(api: Api, request: SecretRequest): Promise<{ isNew: boolean }> {
  const { key, namespaceManifest } = request;
  let response = await applyOnce(api, request);
  if (namespaceManifest !== undefined && lacksNamespace(response)) {
    await applyNamespace(api, namespaceManifest);
    response = await applyOnce(api, request);
  }
  if (!isLiveObject(response.body)) throw explain(api, key, response);
  return { isNew: response.status === 201 };
}

function applyOnce(api: Api, { key, manifest, force }: SecretRequest): Promise<ApiResponse> {
  const { namespace, name } = key;
  return api.request({
    method: 'PATCH',
    path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets/${encodeURIComponent(name)}`,
    query: { fieldManager, force: String(force) },
    contentType: 'application/apply-patch+yaml',
    body: manifest,
    subject: subjectOf(key),
  });
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
