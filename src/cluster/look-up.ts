import { ClusterError } from '../errors';
import { isRecord, valueAt, type JsonRecord } from '../record';
import { isSlow, type Api } from './api';
import type { Connection } from './connection';
import { isLiveObject, isMissingObject, isUnknownResourceType, readStatus } from './status';

/** An object of any type. */
export interface ObjectReference {
  /** Empty for the core group. */
  group: string;
  version: string;
  /** Plural, for instance `secrets`. */
  resource: string;
  /** Absent for an object of the cluster. */
  namespace?: string;
  name: string;
}

/** What was found: the object, that there is none, that the server does not know its type, or that one may not look. */
export type Found = { kind: 'object'; object: JsonRecord } | { kind: 'missing' } | { kind: 'unknown type' } | NotTold;

/** The server did not let look, or could not. */
export interface NotTold {
  kind: 'not told';
  why: string;
}

/** Milliseconds that a look may take: it is worth less than the work it precedes. */
const patience = 5_000;

/** Looks whether an object is there. Never fails for what a server answers. @throws ClusterError when it cannot be reached. */
export async function lookUp(api: Api, { group, version, resource, namespace, name }: ObjectReference): Promise<Found> {
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const scope = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  const path = `${root}${scope}/${resource}/${encodeURIComponent(name)}`;
  const answer = await ask(api, path, { group, resource, namespace, name });
  if ('why' in answer) return { kind: 'not told', why: answer.why };
  const { status, body } = answer;
  if (isLiveObject(body)) return { kind: 'object', object: body as unknown as JsonRecord };
  const refusal = readStatus(body);
  if (status === 404 && isMissingObject(refusal)) return { kind: 'missing' };
  if (status === 404 && isUnknownResourceType(refusal)) return { kind: 'unknown type' };
  return { kind: 'not told', why: reasonOf(status) };
}

/** Versions of each API group. */
export type Groups = ReadonlyMap<string, readonly string[]>;

/** What each server serves does not change while a command runs: all functions of an s.yaml share the answer. */
const served = new WeakMap<Connection, Promise<Groups | NotTold>>();

/** What the server serves, if it tells. @throws ClusterError when it cannot be reached. */
export function servedGroups(api: Api): Promise<Groups | NotTold> {
  const groups = served.get(api.connection) ?? askGroups(api);
  served.set(api.connection, groups);
  const forget = (): void => {
    if (served.get(api.connection) === groups) served.delete(api.connection);
  };
  groups.then((answer) => {
    if ('why' in answer) forget();
  }, forget);
  return groups;
}

/** The versions of OpenFunction's own types; none where the server does not tell. @throws ClusterError when it cannot be reached. */
export async function servedVersions(api: Api): Promise<readonly string[]> {
  const groups = await servedGroups(api);
  return 'why' in groups ? [] : (groups.get('core.openfunction.io') ?? []);
}

async function askGroups(api: Api): Promise<Groups | NotTold> {
  const answer = await ask(api, '/apis', { group: '', resource: 'apigroups', namespace: undefined, name: '' });
  if ('why' in answer) return { kind: 'not told', why: answer.why };
  const groups = valueAt(answer.body, ['groups']);
  if (!Array.isArray(groups)) return { kind: 'not told', why: reasonOf(answer.status) };
  return new Map(groups.filter(isRecord).map((group) => [String(group['name']), versionsOf(group)]));
}

function versionsOf({ versions }: JsonRecord): string[] {
  return textsAt(versions, ['version']);
}

/** The texts at a place of each item. */
function textsAt(items: unknown, place: readonly string[]): string[] {
  if (!Array.isArray(items)) return [];
  return items.map((item) => valueAt(item, place)).filter((text) => typeof text === 'string');
}

/** Names of the objects of a type in the cluster or a namespace; undefined when the server does not tell. */
export async function listNames(api: Api, path: string, resource: string): Promise<string[] | undefined> {
  const answer = await ask(api, path, { group: '', resource, namespace: undefined, name: '' });
  if ('why' in answer) return undefined;
  const items = valueAt(answer.body, ['items']);
  return Array.isArray(items) ? textsAt(items, ['metadata', 'name']) : undefined;
}

async function ask(
  api: Api,
  path: string,
  subject: { group: string; resource: string; namespace: string | undefined; name: string },
): Promise<{ status: number; body: unknown } | { why: string }> {
  try {
    return await api.request({ method: 'GET', path, patience, subject: { verb: 'get', ...subject } });
  } catch (error) {
    if (error instanceof ClusterError && isSlow(error.cause)) return { why: `no answer within ${patience / 1000} s` };
    if (!(error instanceof ClusterError) || error.status === undefined || error.status === 401) throw error;
    return { why: reasonOf(error.status) };
  }
}

function reasonOf(status: number): string {
  if (status === 403) return 'not allowed';
  return status < 300 ? 'the server answers something else' : `the server answers ${status}`;
}
