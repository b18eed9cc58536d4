import { versionOf, type ApiVersion } from '../api-version';
import { ClusterError } from '../errors';
import { fieldManager } from '../field-manager';
import type { Api } from './api';
import { explainStatus } from './explain-status';
import { listOnce, type Collection } from './follow';
import {
  conversionFailureOf,
  isLiveObject,
  isMissingNamespace,
  isMissingObject,
  isUnknownResourceType,
  readStatus,
} from './status';
import type { ManagedFields } from '../live-object';
import type { ApiRequest, ApiResponse, LiveObject, Subject } from './types';

const group = 'core.openfunction.io';

export interface ObjectKey {
  namespace: string;
  name: string;
}

export interface ApplyOptions {
  dryRun?: boolean;
  /** Take over fields that belong to other managers. */
  force?: boolean;
  /** Under which name the fields are recorded. Default: ofn's own. */
  manager?: string;
}

/**
 * Applies an object by server-side apply, in one request. Reads nothing first; the answer is for the caller to judge:
 * 200, 201, or an error that the caller may know to mend (404 missing namespace, 409 conflict, 422 invalid).
 */
export function applyFunction(
  api: Api,
  { namespace, name }: ObjectKey,
  body: { readonly apiVersion: string },
  { dryRun = false, force = false, manager = fieldManager }: ApplyOptions,
): Promise<ApiResponse> {
  return api.request({
    ...functionRequest('PATCH', 'patch', { namespace, name }, versionOf(body)),
    query: {
      fieldManager: manager,
      fieldValidation: 'Strict',
      force: String(force),
      ...(dryRun && { dryRun: 'All' }),
    },
    contentType: 'application/apply-patch+yaml',
    body,
  });
}

/**
 * Creates a namespace, or leaves it as it is. An apply would need the right to change any namespace of the cluster, too.
 * @throws ClusterError when it may not be created
 */
async function createNamespace(api: Api, body: { metadata: { name: string } }): Promise<void> {
  const subject: Subject = { verb: 'create', group: '', resource: 'namespaces', name: body.metadata.name };
  const response = await api.request({
    method: 'POST',
    path: '/api/v1/namespaces',
    query: { fieldManager },
    body,
    subject,
  });
  const isThere = response.status === 409;
  if (!isThere && !isLiveObject(response.body)) throw explainStatus(response, subject, api.connection.identity);
}

/**
 * The live Function in the first of these versions in which the server can show it, or undefined when there is none.
 * v1beta1 loses reasons and addresses on servers that have both (OpenFunction 1.1 and later), and cannot show some Functions.
 * @throws ClusterError when OpenFunction is not installed, or reading is forbidden.
 */
export async function getFunction(
  api: Api,
  key: ObjectKey,
  versions: readonly ApiVersion[],
  options: Pick<ApiRequest, 'patience'> = {},
): Promise<LiveObject | undefined> {
  return (await readFunction(api, key, versions, options))?.object;
}

/** The same with the server's clock, in milliseconds since 1970. */
export async function readFunction(
  api: Api,
  key: ObjectKey,
  versions: readonly ApiVersion[],
  options: Pick<ApiRequest, 'patience'> = {},
): Promise<{ object: LiveObject; serverTime: number | undefined } | undefined> {
  let refusal: ClusterError | undefined;
  for (const version of versions) {
    const request = { ...functionRequest('GET', 'get', key, version), ...options };
    const response = await api.request(request);
    if (isLiveObject(response.body)) return { object: response.body, serverTime: response.serverTime };
    const status = readStatus(response.body);
    if (response.status === 404 && isMissingObject(status)) return undefined;
    const isOfVersion = (response.status === 404 && isUnknownResourceType(status)) || conversionFailureOf(status);
    const error = explainStatus(response, request.subject, api.connection.identity);
    if (!isOfVersion) throw error;
    refusal ??= error;
  }
  if (refusal) throw refusal;
  return undefined;
}

/**
 * All live Functions of a namespace, in the first of these versions that the server has.
 * @throws ClusterError when OpenFunction is not installed, or listing is forbidden
 */
export async function listFunctions(
  api: Api,
  namespace: string,
  versions: readonly ApiVersion[],
): Promise<readonly LiveObject[]> {
  let refusal: ClusterError | undefined;
  for (const version of versions) {
    try {
      return (await listOnce(api, functionsOf(namespace, version), new AbortController().signal)).objects;
    } catch (error) {
      if (!(error instanceof ClusterError) || error.status !== 404) throw error;
      refusal ??= error;
    }
  }
  if (refusal) throw refusal;
  return [];
}

/**
 * Deletes a Function in the foreground: it stays visible until all that belongs to it is gone.
 * @returns the dying object, or undefined when it is gone already.
 * @throws ClusterError, also when the Function was replaced by another.
 */
export async function deleteFunction(api: Api, key: ObjectKey, live: LiveObject): Promise<LiveObject | undefined> {
  const request = functionRequest('DELETE', 'delete', key, versionOf(live));
  const { uid } = live.metadata;
  const response = await api.request({
    ...request,
    body: { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Foreground', preconditions: { uid } },
  });
  if (isLiveObject(response.body)) return response.body;
  if (response.status < 300 || isMissingObject(readStatus(response.body))) return undefined;
  throw explainStatus(response, request.subject, api.connection.identity);
}

/** A watch of a Function from the state on in which it was read. */
export function functionWatch(key: ObjectKey, live: LiveObject, timeoutSeconds: number): ApiRequest {
  const { path, subject } = functionRequest('GET', 'watch', key, versionOf(live));
  return {
    method: 'GET',
    path: path.slice(0, path.lastIndexOf('/')),
    query: {
      watch: '1',
      fieldSelector: `metadata.name=${key.name}`,
      resourceVersion: live.metadata.resourceVersion,
      timeoutSeconds: String(timeoutSeconds),
    },
    subject,
  };
}

/** Takes away the digest that an earlier build left in the status. @throws ClusterError when that is not allowed. */
export async function forgetDigest(api: Api, { namespace, name }: ObjectKey, version: ApiVersion): Promise<void> {
  const request = functionRequest('PATCH', 'patch', { namespace, name }, version);
  const subject = { ...request.subject, resource: 'functions/status' };
  const response = await api.request({
    ...request,
    path: `${request.path}/status`,
    contentType: 'application/merge-patch+json',
    body: { status: { revision: null } },
    subject,
  });
  if (!isLiveObject(response.body)) throw explainStatus(response, subject, api.connection.identity);
}

/**
 * Records anew who has set which fields of a Function, which stays as it is.
 * @returns the server's answer: 409 when the Function has changed since it was read
 */
export function rewriteManagedFields(
  api: Api,
  key: ObjectKey,
  { resourceVersion, version }: { resourceVersion: string; version: ApiVersion },
  managedFields: readonly ManagedFields[],
): Promise<ApiResponse> {
  return api.request({
    ...functionRequest('PATCH', 'patch', key, version),
    query: { fieldManager },
    contentType: 'application/merge-patch+json',
    body: { metadata: { resourceVersion, managedFields } },
  });
}

/** The Namespace to create when it is missing; without it a missing namespace is an error. */
type NamespaceManifest = { metadata: { name: string } } | undefined;

/** Applies what is in a namespace, and creates that first where it is missing. @throws ClusterError when it may not be created */
export async function applyInNamespace(
  api: Api,
  namespace: NamespaceManifest,
  applyOnce: () => Promise<ApiResponse>,
): Promise<{ response: ApiResponse; namespaceCreated: boolean }> {
  const response = await applyOnce();
  if (namespace === undefined || !lacksNamespace(response)) return { response, namespaceCreated: false };
  await createNamespace(api, namespace);
  return { response: await applyOnce(), namespaceCreated: true };
}

/** Whether an apply failed only for want of its namespace. */
export function lacksNamespace(response: ApiResponse): boolean {
  return response.status === 404 && isMissingNamespace(readStatus(response.body));
}

/** A Function, to be followed. */
export function functionCollection({ namespace, name }: ObjectKey, version: ApiVersion): Collection {
  return { ...functionsOf(namespace, version), names: [name] };
}

function functionsOf(namespace: string, version: ApiVersion): Collection {
  const resource = 'functions';
  return {
    path: `/apis/${group}/${version}/namespaces/${encodeURIComponent(namespace)}/${resource}`,
    subject: { group, resource, namespace },
  };
}

function functionRequest(
  method: ApiRequest['method'],
  verb: Subject['verb'],
  { namespace, name }: ObjectKey,
  version: ApiVersion,
): ApiRequest {
  return {
    method,
    path: `/apis/${group}/${version}/namespaces/${encodeURIComponent(namespace)}/functions/${encodeURIComponent(name)}`,
    subject: functionSubject(verb, { namespace, name }),
  };
}

/** What is asked for when something is done with a Function. */
export function functionSubject(verb: Subject['verb'], { namespace, name }: ObjectKey): Subject {
  return { verb, group, resource: 'functions', namespace, name };
}
