import { valueAt, type JsonRecord } from '../../../src/record';
import { authorize, isAllowed } from '../access/rbac';
import { invalid, unsupportedMediaType } from '../errors';
import type { ContainerLogs } from '../container-logs';
import type { KubeObject } from '../objects';
import { storageKey, type ClusterState, type ObjectAddress } from '../operations/cluster';
import { createObject, patchObject, updateObject } from '../operations/change';
import type { Written } from '../operations/write';
import { applyObject } from '../operations/apply';
import { deleteObject, type DeleteOptions } from '../operations/delete';
import { finalizeNamespace } from '../operations/namespace-lifecycle';
import { readObject } from '../operations/read';
import { apiVersionOf } from '../resources';
import { mediaType, parseJson, parseObject, parseYaml, readBody } from './body';
import { openStream, sendJson, type Exchange } from './exchange';
import { listPage } from './list';
import { checkLog, sendLog } from './log';
import { formOf, representList, representObject } from './representation';
import type { ResourceRequest } from './request-info';
import { watch } from './watch';
import { checkPatchOptions, readWriteOptions } from './write-options';

export interface Backend {
  state: ClusterState;
  logs: ContainerLogs;
}

/** Answers a request for objects of a known type. @throws ApiError what the client did wrong. */
export async function handleResource(
  backend: Backend,
  exchange: Exchange,
  { verb, subresource }: ResourceRequest,
  address: ObjectAddress,
): Promise<void> {
  const { state } = backend;
  const { request, response, url } = exchange;
  const query = url.searchParams;
  const view = viewOf(backend, exchange, address);
  const body = ['POST', 'PUT', 'PATCH', 'DELETE'].includes(request.method ?? '') ? await readBody(request) : '';
  const options = {
    ...readWriteOptions(verb, query, request.headers['user-agent'], state.minor),
    ...(subresource && { subresource }),
  };
  const sendWritten = ({ object, created, warnings }: Written): void =>
    sendJson(response, created ? 201 : 200, representObject(view, object), warningHeaders(warnings));

  switch (verb) {
    case 'get':
      if (subresource === 'log') {
        streamLog(backend, exchange, address);
        return;
      }
      {
        sendJson(response, 200, representObject(view, readObject(state, address)));
        return;
      }
    case 'list': {
      const { items, metadata } = listPage(state, address, query);
      sendJson(response, 200, representList(view, items, metadata));
      return;
    }
    case 'watch': {
      streamWatch(backend, exchange, address);
      return;
    }
    case 'create':
      if (address.type.verbs) {
        sendJson(
          response,
          201,
          answerQuestion(backend, exchange, parseObject(body, mediaType(request), address.type.kind)),
        );
        return;
      }
      {
        sendWritten(createObject(state, address, parseObject(body, mediaType(request), address.type.kind), options));
        return;
      }
    case 'update':
      if (subresource === 'finalize') {
        sendJson(
          response,
          200,
          finalizeNamespace(state, address, parseObject(body, mediaType(request), address.type.kind)),
        );
        return;
      }
      {
        sendWritten(updateObject(state, address, parseObject(body, mediaType(request), address.type.kind), options));
        return;
      }
    case 'patch':
      mayCreate(state, exchange, address);
      {
        sendWritten(patch(state, exchange, address, body, options));
        return;
      }
    case 'delete': {
      const { object, gone } = deleteObject(state, address, deleteOptions(query, body));
      sendJson(response, 200, gone && !returnsDeleted.has(address.type.plural) ? goneStatus(address, object) : object);
      return;
    }
    case 'deletecollection': {
      const { items, metadata } = listPage(state, address, query);
      const deleted = items.map(
        (item) => deleteObject(state, { ...address, ...placeOf(item) }, deleteOptions(query, body)).object,
      );
      sendJson(response, 200, representList(view, deleted, metadata));
      return;
    }
  }
}

/** An apply that makes an object needs the right to make one. @throws ApiError 403. */
function mayCreate(
  { store }: ClusterState,
  { request, user }: Exchange,
  { type, namespace, name }: ObjectAddress,
): void {
  if (mediaType(request) !== 'application/apply-patch+yaml' || store.get(storageKey(type), namespace, name)) return;
  authorize(store, user, {
    verb: 'create',
    group: type.group,
    resource: type.plural,
    subresource: '',
    namespace,
    name,
  });
}

const patchTypes = ['application/json-patch+json', 'application/merge-patch+json', 'application/apply-patch+yaml'];

function patch(
  state: ClusterState,
  { request, url }: Exchange,
  address: ObjectAddress,
  body: string,
  options: ReturnType<typeof readWriteOptions>,
): Written {
  checkPatchOptions(url.searchParams, mediaType(request) === 'application/apply-patch+yaml');
  switch (mediaType(request)) {
    case 'application/apply-patch+yaml': {
      return applyObject(state, address, parseYaml(body), {
        ...options,
        force: url.searchParams.get('force') === 'true',
      });
    }
    case 'application/merge-patch+json':
      return patchObject(state, address, 'merge', parseJson(body), options);
    case 'application/json-patch+json':
      return patchObject(state, address, 'json', parseJson(body), options);
    default:
      throw unsupportedMediaType(patchTypes);
  }
}

function viewOf(
  { state }: Backend,
  { request, url }: Exchange,
  { type, version }: ObjectAddress,
): Parameters<typeof representObject>[0] {
  return {
    type,
    version,
    form: formOf(request.headers.accept),
    includeObject: url.searchParams.get('includeObject') ?? 'Metadata',
    now: state.clock.now(),
  };
}

function streamWatch(backend: Backend, exchange: Exchange, address: ObjectAddress): void {
  const view = viewOf(backend, exchange, address);
  let isFirst = true;
  const represent = (object: KubeObject): JsonRecord => {
    const seen = representObject(view, object);
    if (view.form !== 'table' || isFirst) {
      isFirst = false;
      return seen;
    }
    return { ...seen, columnDefinitions: null };
  };
  const stop = watch(backend.state, { address, query: exchange.url.searchParams, represent }, () =>
    openStream(exchange, 'application/json'),
  );
  exchange.response.on('close', stop);
}

function streamLog({ state, logs }: Backend, exchange: Exchange, address: ObjectAddress): void {
  const pod = readObject(state, address);
  if (!valueAt(pod, ['spec', 'nodeName'])) {
    checkLog(pod, exchange.url.searchParams);
    return void exchange.response.writeHead(204).end();
  }
  const stop = sendLog(logs, pod, exchange.url.searchParams, state.clock.now(), () =>
    openStream(exchange, 'text/plain'),
  );
  exchange.response.on('close', stop);
}

function deleteOptions(query: URLSearchParams, body: string): DeleteOptions {
  const sent = (body === '' ? {} : parseJson(body)) as DeleteOptions & { dryRun?: string[] };
  const policy = query.get('propagationPolicy') as DeleteOptions['propagationPolicy'] | null;
  const grace = query.get('gracePeriodSeconds');
  const { dryRun, ...rest } = sent as Omit<DeleteOptions, 'dryRun'> & { dryRun?: string[] };
  return {
    ...rest,
    ...(policy && { propagationPolicy: policy }),
    ...(grace && { gracePeriodSeconds: Number(grace) }),
    dryRun: query.getAll('dryRun').includes('All') || dryRun?.includes('All') === true,
  };
}

/** Types whose objects are shown once more when they are gone. */
const returnsDeleted = new Set(['pods', 'services', 'namespaces', 'serviceaccounts']);

function goneStatus({ type, name }: ObjectAddress, { metadata }: KubeObject): JsonRecord {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: { name, ...(type.group && { group: type.group }), kind: type.plural, uid: metadata.uid },
  };
}

function placeOf({ metadata }: KubeObject): { namespace: string; name: string } {
  return { namespace: metadata.namespace ?? '', name: metadata.name };
}

function warningHeaders(warnings: readonly string[]): Record<string, string> {
  return warnings.length === 0 ? {} : { Warning: warnings.map((text) => `299 - ${JSON.stringify(text)}`).join(', ') };
}

/** A SelfSubjectAccessReview with its answer. */
function answerQuestion({ state }: Backend, { user }: Exchange, body: unknown): JsonRecord {
  const { spec, ...rest } = body as { spec?: { resourceAttributes?: Record<string, string> } };
  if (!spec?.resourceAttributes) {
    const message = 'Invalid value: at least one of resourceAttributes or nonResourceAttributes must be specified';
    throw invalid({ group: 'authorization.k8s.io', kind: 'SelfSubjectAccessReview' }, '', [
      { field: 'spec.resourceAttributes', reason: 'FieldValueInvalid', message },
    ]);
  }
  const { verb = '', group = '', resource = '', subresource = '', namespace = '', name = '' } = spec.resourceAttributes;
  const allowed = isAllowed(state.store, user, { verb, group, resource, subresource, namespace, name });
  return {
    kind: 'SelfSubjectAccessReview',
    apiVersion: apiVersionOf({ group: 'authorization.k8s.io' }, 'v1'),
    metadata: { creationTimestamp: null },
    ...rest,
    spec,
    status: { allowed },
  };
}
