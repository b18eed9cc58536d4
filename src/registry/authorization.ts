import { RegistryError } from '../errors';
import { isBusyStatus } from '../http/retry';
import { isRecord, textAt } from '../record';
import { isLoopback } from './plain-http';
import { parseChallenge } from './challenge';
import type { FoundLogin, Login } from './login';
import type { Access, RegistryAnswer } from './types';

/** A request to who gives tokens. */
export interface TokenRequest {
  method: 'GET' | 'POST';
  url: URL;
  headers: Record<string, string>;
  body?: string;
}

interface AuthorizationRequest {
  /** Name of the registry. */
  name: string;
  /** WWW-Authenticate of its answer. */
  challenge: string | undefined;
  access: Access;
  login: FoundLogin | undefined;
  ask: (request: TokenRequest) => Promise<RegistryAnswer>;
}

/**
 * The Authorization header that a registry asks for; undefined where there is nothing to give; the answer of who gives tokens
 * while that is busy.
 * Source: distribution docs/spec/auth/{token,oauth,scope}.md.
 * @throws RegistryError when it does not take the login
 */
export async function authorizationFor(request: AuthorizationRequest): Promise<string | RegistryAnswer | undefined> {
  const challenge = parseChallenge(request.challenge);
  const login = request.login?.login;
  if (challenge === undefined) return undefined;
  if (challenge.kind === 'basic') return login?.kind === 'password' ? basic(login) : undefined;
  const realm = toRealm(challenge.realm, request.name);
  const scope = scopeOf(request.access);
  const answer = await request.ask(tokenRequest(realm, challenge.service, scope, login));
  const { status, body } = answer;
  if (isBusyStatus(status)) return answer;
  const token = tokenIn(body);
  if (status === 200 && token !== '') return `Bearer ${token}`;
  throw new RegistryError({
    what: `The registry ${request.name} gives no token for ${request.access.repository}.`,
    why: `${realm.host} answered ${status}${request.login ? ` to the login of ${request.login.from}` : '; there is no login for it'}.`,
    remedy: `Log in ${request.login ? 'again' : 'first'}: docker login ${request.name}`,
  });
}

function tokenRequest(realm: URL, service: string | undefined, scope: string, login: Login | undefined): TokenRequest {
  const asked = { ...(service !== undefined && { service }), scope };
  if (login?.kind === 'token') {
    const form = { ...asked, grant_type: 'refresh_token', client_id: 'ofn', refresh_token: login.identityToken };
    return {
      method: 'POST',
      url: realm,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    };
  }
  const url = new URL(realm);
  for (const [name, value] of Object.entries(asked)) url.searchParams.append(name, value);
  return { method: 'GET', url, headers: login ? { Authorization: basic(login) } : {} };
}

function scopeOf({ repository, action }: Access): string {
  return `repository:${repository}:${action === 'push' ? 'pull,push' : 'pull'}`;
}

/** A login must not go out in the clear. */
function toRealm(realm: string, name: string): URL {
  const url = URL.canParse(realm) ? new URL(realm) : undefined;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.host))) return url;
  throw new RegistryError({
    what: `The registry ${name} wants the login to be sent to ${realm}.`,
    why: 'That is not an https:// address: anybody on the way could read it.',
    remedy: 'Let its administrator correct that.',
  });
}

function basic({ username, password }: Extract<Login, { kind: 'password' }>): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

function tokenIn(body: string): string {
  try {
    const answer: unknown = JSON.parse(body);
    return isRecord(answer) ? textAt(answer, ['token']) || textAt(answer, ['access_token']) : '';
  } catch {
    return '';
  }
}
