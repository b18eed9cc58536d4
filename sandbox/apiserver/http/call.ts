import type { ContainerLogs } from '../container-logs';
import type { ClusterState, ObjectAddress } from '../operations/cluster';
import type { WriteOptions } from '../operations/options';
import { mediaType, parseObject, readBody } from './body';
import type { Exchange } from './exchange';
import { formOf, type View } from './representation';
import type { ResourceRequest } from './request-info';
import { readWriteOptions } from './write-options';

export interface Backend {
  state: ClusterState;
  logs: ContainerLogs;
}

/** A request for objects of a known type, read as far as all verbs need it. */
export interface Call extends Backend {
  exchange: Exchange;
  address: ObjectAddress;
  subresource: string;
  query: URLSearchParams;
  body: string;
  contentType: string;
  options: WriteOptions;
  view: View;
}

const withBody = ['create', 'update', 'patch', 'delete', 'deletecollection'];

/** @throws ApiError for options that do not exist, and for an answer in a form that nobody knows. */
export async function readCall(
  backend: Backend,
  exchange: Exchange,
  { verb, subresource }: ResourceRequest,
  address: ObjectAddress,
): Promise<Call> {
  const { request, url } = exchange;
  const { state } = backend;
  const view = {
    type: address.type,
    version: address.version,
    form: formOf(request.headers.accept),
    includeObject: url.searchParams.get('includeObject') ?? 'Metadata',
    now: state.clock.now(),
  };
  const body = withBody.includes(verb) ? await readBody(request) : '';
  const options = readWriteOptions(verb, url.searchParams, request.headers['user-agent'], state.minor);
  return {
    ...backend,
    exchange,
    address,
    subresource,
    query: url.searchParams,
    body,
    contentType: mediaType(request),
    options: { ...options, ...(subresource && { subresource }) },
    view,
  };
}

/** The object in the body. @throws ApiError 400 or 415. */
export function bodyObject({ body, contentType, address }: Call): unknown {
  return parseObject(body, contentType, address.type.kind);
}
