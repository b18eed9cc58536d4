import type http from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { createAgent } from '../http/agent';
import { proxyFor } from '../http/proxy';
import { delayBeforeRetry, isBusyStatus, retryAfterOf, type Failure } from '../http/retry';
import { NetworkFailure, readBody, send, type Timeouts } from '../http/transport';
import { dockerHub } from '../image';
import { authorizationFor, type TokenRequest } from './authorization';
import { authoritiesFor } from './certificates';
import { explainNetwork } from './explain';
import type { FoundLogin } from './login';
import { isLoopback, speaksPlainHttp } from './plain-http';
import type { Registry, RegistryAnswer, RegistryRequest } from './types';

export interface RegistryOptions {
  login: FoundLogin | undefined;
  /** Told when the user has to wait for another try. */
  onRetry?: (message: string) => void;
  signal?: AbortSignal;
}

/** A registry takes its time to store what it was sent. */
const timeouts: Timeouts = { connect: 10_000, answer: 300_000 };

const mostRedirects = 5;

/** Nothing is sent yet. */
export function openRegistry(name: string, { login, onRetry = () => {}, signal }: RegistryOptions): Registry {
  const host = name === dockerHub ? 'registry-1.docker.io' : name;
  const authorities = authoritiesFor(name);
  const agents = new Map<string, Promise<http.Agent>>();
  const ending = new AbortController();
  const authorizations = new Map<string, string>();
  let found: Promise<string> | undefined;

  async function wire(url: URL, request: Omit<RegistryRequest, 'url' | 'access'>): Promise<RegistryAnswer> {
    const { method, headers, body } = request;
    const response = await send(
      {
        method,
        url,
        headers: { 'User-Agent': 'ofn', ...lengthOf(request), ...headers },
        body,
        tls: authorities ? { ca: authorities } : {},
        agent: await agentFor(url),
      },
      timeouts,
      signal,
    );
    return { status: response.statusCode ?? 0, headers: response.headers, body: await readBody(response, timeouts) };
  }

  function agentFor({ origin }: URL): Promise<http.Agent> {
    const agent = agents.get(origin) ?? createAgent(origin, proxyFor(origin, undefined), ending.signal);
    agents.set(origin, agent);
    return agent;
  }

  /** Docker, too, does without TLS on this machine, if the registry does. */
  async function findOrigin(): Promise<string> {
    const { origin } = new URL(`https://${host}`);
    if (!isLoopback(host)) return origin;
    try {
      await wire(new URL('/v2/', origin), { method: 'GET' });
    } catch (error) {
      if (speaksPlainHttp(error)) return new URL(`http://${host}`).origin;
      throw error;
    }
    return origin;
  }

  /** Follows redirections, to which the login does not belong. */
  async function exchange(url: URL, request: RegistryRequest, authorization: string | undefined) {
    let target = url;
    for (let redirects = 0; ; redirects += 1) {
      const isHome = target.origin === url.origin;
      const headers = { ...request.headers, ...(isHome && authorization && { Authorization: authorization }) };
      const answer = await wire(target, { ...request, headers });
      const { location } = answer.headers;
      const isElsewhere = [301, 302, 303, 307, 308].includes(answer.status) && location !== undefined;
      if (!isElsewhere || !['GET', 'HEAD'].includes(request.method) || redirects === mostRedirects) return answer;
      target = new URL(location, target);
    }
  }

  async function attempt(request: RegistryRequest): Promise<RegistryAnswer> {
    const origin = await (found ??= findOrigin().catch((error: unknown) => {
      found = undefined;
      throw error;
    }));
    const url = new URL(request.url, origin);
    const key = JSON.stringify(request.access);
    const isHome = url.origin === origin;
    const answer = await exchange(url, request, isHome ? authorizations.get(key) : undefined);
    if (answer.status !== 401 || !isHome) return answer;
    const challenge = answer.headers['www-authenticate'];
    const ask = (tokenRequest: TokenRequest): Promise<RegistryAnswer> => wire(tokenRequest.url, tokenRequest);
    const authorization = await authorizationFor({ name, challenge, access: request.access, login, ask });
    if (authorization === undefined) return answer;
    // Who gives tokens is busy.
    if (typeof authorization !== 'string') return authorization;
    authorizations.set(key, authorization);
    if (isInChunks(request.body)) return answer;
    return exchange(url, request, authorization);
  }

  return {
    name,
    login,
    async request(request) {
      const start = Date.now();
      for (let failures = 1; ; failures += 1) {
        const result = await attempt(request).catch((error: unknown) => {
          if (error instanceof NetworkFailure) return error;
          throw error;
        });
        const failure = failureOf(result);
        if (failure === undefined) return result as RegistryAnswer;
        if (request.isRepeatable === false) {
          if (result instanceof NetworkFailure) throw result;
          return result;
        }
        const delay = delayBeforeRetry(failure, { failures, elapsed: Date.now() - start, jitter: Math.random() });
        if (delay === undefined) {
          if (result instanceof NetworkFailure) throw explainNetwork(result, name);
          return result;
        }
        if (failures === 1 && delay > 0) onRetry(`The registry ${name} ${inWords(result)}; trying again.`);
        await pause(delay, undefined, signal && { signal });
      }
    },
    close() {
      ending.abort();
      for (const agent of agents.values()) void agent.then((open) => open.destroy(), () => {}); // prettier-ignore
    },
  };
}

/** Some registries want it of a request without content, too. */
function lengthOf({ method, body = '' }: Pick<RegistryRequest, 'method' | 'body'>): Record<string, string> {
  if (isInChunks(body) || (body === '' && method !== 'POST' && method !== 'PUT')) return {};
  return { 'Content-Length': String(Buffer.byteLength(body)) };
}

/** Such a body can be sent once only. */
function isInChunks(body: RegistryRequest['body']): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && Symbol.asyncIterator in body;
}

/** Why a try failed; undefined when the answer is one. */
export function failureOf(result: RegistryAnswer | NetworkFailure): Failure | undefined {
  if (result instanceof NetworkFailure) {
    return { kind: 'network', code: result.code, reusedConnection: result.reusedConnection };
  }
  const { status, headers } = result;
  if (!isBusyStatus(status)) return undefined;
  return { kind: 'status', status, retryAfterSeconds: retryAfterOf(headers['retry-after']) };
}

function inWords(result: RegistryAnswer | NetworkFailure): string {
  return result instanceof NetworkFailure ? `cannot be reached (${result.message})` : `is busy (${result.status})`;
}
