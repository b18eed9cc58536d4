import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { FaultPicker } from '../../faults/fault';
import { befall, breakAnswer } from '../../faults/faulty-answer';
import { authorize, isOpenPath } from '../access/rbac';
import { authenticate, impersonate, type Tokens, type User } from '../access/users';
import { auditUsers, type AuditLog } from '../audit';
import { openApiV2, openApiV2Type } from '../discovery/openapi-v2';
import { ApiError, methodNotAllowed } from '../errors';
import type { ClusterState, ObjectAddress } from '../operations/cluster';
import { servedVersion } from '../resources';
import { sendError, sendFailure, sendJson, sendText } from './exchange';
import { readCall, type Backend } from './call';
import { nonResource } from './non-resource';
import { readRequest, type RequestInfo, type ResourceRequest } from './request-info';
import { verbs } from './verbs';

export interface ServerOptions {
  backend: Backend;
  tokens: Tokens;
  audit: AuditLog;
  faults: FaultPicker;
  /** PEM. */
  key: string;
  cert: string;
  /** Default: any free one. */
  port?: number;
}

export interface RunningServer {
  /** `https://127.0.0.1:PORT` */
  url: string;
  close: () => Promise<void>;
}

/** Serves the API on the loopback interface. */
export async function startServer({ key, cert, port = 0, ...rest }: ServerOptions): Promise<RunningServer> {
  const server = https.createServer({ key, cert, keepAliveTimeout: 120_000 }, (request, response) => {
    response.on('error', () => undefined);
    void answer(rest, request, response);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

type Handling = Omit<ServerOptions, 'key' | 'cert' | 'port'>;

async function answer(options: Handling, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { tokens, audit } = options;
  const target = readTarget(request);
  if (!target) {
    sendText(response, 400, '400 Bad Request');
    return;
  }
  const { url, info } = target;
  let user: User | undefined;
  let impersonated: User | undefined;
  response.on('close', () => {
    audit.record({
      verb: info.kind === 'resource' ? info.verb : (request.method ?? 'GET').toLowerCase(),
      requestURI: request.url ?? '/',
      userAgent: request.headers['user-agent'] ?? '',
      ...auditUsers(user, impersonated),
      responseStatus: { code: response.statusCode },
    });
  });
  try {
    user = authenticate(request.headers, tokens);
    impersonated = impersonate(request.headers, user);
    const actor = impersonated ?? user;
    if (info.kind === 'other') {
      if (!isOpenPath(actor, url.pathname)) throw forbiddenPath(actor, url.pathname);
      answerOther(options.backend.state, request, response, url.pathname);
      return;
    }
    await answerResource(options, { request, response, url, user: actor }, info);
  } catch (error) {
    sendFailure(response, error);
  }
}

/** What a request is about; undefined when its path cannot be decoded. */
function readTarget({ method = 'GET', url = '/' }: IncomingMessage): { url: URL; info: RequestInfo } | undefined {
  try {
    const whole = new URL(url.startsWith('/') ? `https://sandbox${url}` : url, 'https://sandbox');
    return { url: whole, info: readRequest(method, whole) };
  } catch {
    return undefined;
  }
}

function forbiddenPath({ name }: User, path: string): ApiError {
  return new ApiError(403, 'Forbidden', `forbidden: User "${name}" cannot get path "${path}"`, {});
}

function answerOther(state: ClusterState, request: IncomingMessage, response: ServerResponse, path: string): void {
  if (path === '/openapi/v2') return void response.writeHead(200, { 'Content-Type': openApiV2Type }).end(openApiV2());
  const found = nonResource(state, path, request.headers.host ?? '');
  if (found === undefined) return sendText(response, 404, '404 page not found\n');
  if (typeof found === 'string') return sendText(response, 200, found);
  sendJson(response, 200, found);
}

async function answerResource(
  { backend, faults }: Handling,
  exchange: { request: IncomingMessage; response: ServerResponse; url: URL; user: User },
  info: ResourceRequest,
): Promise<void> {
  const { response, user } = exchange;
  const befalling = faults({ ...info, user: user.name });
  for (const fault of befalling) {
    if (await befall(fault, response)) return;
  }
  authorize(backend.state.store, user, info);
  const address = findAddress(backend.state, info);
  if (!address) {
    sendUnknownType(backend.state, response, info);
    return;
  }
  if (befalling.some(({ reset }) => reset === 'after' || reset === 'midway')) breakAnswer(response, befalling);
  verbs[info.verb](await readCall(backend, { ...exchange, faults: befalling }, info, address));
}

/** Of its own groups the server knows that the type is missing; of all others it knows nothing. */
function sendUnknownType({ types }: ClusterState, response: ServerResponse, { group }: ResourceRequest): void {
  const isOwn = types.all().some((type) => type.builtIn && type.group === group);
  if (!isOwn) return sendText(response, 404, '404 page not found\n');
  sendError(response, new ApiError(404, 'NotFound', 'the server could not find the requested resource', {}));
}

/** Which object of which type a request is about; undefined when the type or its version is not served. */
function findAddress({ types }: ClusterState, info: ResourceRequest): ObjectAddress | undefined {
  const { group, version, resource, namespace, name, subresource, verb } = info;
  const type = types.find(group, resource);
  const served = type && servedVersion(type, version);
  if (!type || !served) return undefined;
  const isKnown =
    subresource === '' ||
    (subresource === 'status' && served.hasStatus) ||
    type.subresources?.[subresource] !== undefined;
  if (!isKnown) return undefined;
  if (type.namespaced && namespace === '' && verb !== 'list' && verb !== 'watch') throw methodNotAllowed();
  return { type, version, namespace: type.namespaced ? namespace : '', name };
}
