import type { IncomingHttpHeaders } from 'node:http';
import { ApiError, unauthorized } from '../errors';

export interface User {
  name: string;
  groups: readonly string[];
}

/** Users by their bearer token. */
export type Tokens = ReadonlyMap<string, User>;

const anonymous: User = { name: 'system:anonymous', groups: ['system:unauthenticated'] };

/** Who sends a request, by its bearer token. @throws ApiError 401 for a token that nobody knows. */
export function authenticate({ authorization }: IncomingHttpHeaders, tokens: Tokens): User {
  if (authorization === undefined) return anonymous;
  const user = tokens.get(/^Bearer (.+)$/.exec(authorization)?.[1] ?? '');
  if (!user) throw unauthorized();
  return { ...user, groups: [...user.groups, 'system:authenticated'] };
}

/** As whom a request wants to act, if as somebody else. @throws ApiError 403 for all but administrators. */
export function impersonate(headers: IncomingHttpHeaders, user: User): User | undefined {
  const name = headers['impersonate-user'];
  if (typeof name !== 'string') return undefined;
  if (!isAdministrator(user)) {
    const message = `users "${name}" is forbidden: User "${user.name}" cannot impersonate resource "users" in API group "" at the cluster scope`;
    throw new ApiError(403, 'Forbidden', message, { name, kind: 'users' });
  }
  const groups = headers['impersonate-group'];
  return { name, groups: [...(groups === undefined ? [] : String(groups).split(/,\s*/)), 'system:authenticated'] };
}

export function isAdministrator({ groups }: User): boolean {
  return groups.includes('system:masters');
}
