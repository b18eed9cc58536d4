import { randomBytes } from 'node:crypto';
import { get, post, type Answer, type Body, type Cause } from './client';
import { group } from './crds';

/** A namespace of its own, with paths of the objects in it. */
export interface World {
  namespace: string;
  /** Path of the widgets, or of one of them. */
  widgets: (name?: string, version?: string) => string;
  /** Path of objects of the core group. */
  core: (resource: string, name?: string) => string;
}

export function randomName(prefix = 't'): string {
  return `${prefix}-${randomBytes(5).toString('hex')}`;
}

export async function newWorld(): Promise<World> {
  const namespace = randomName();
  const { status } = await post('/api/v1/namespaces', { metadata: { name: namespace } });
  expect(status).toBe(201);
  return worldOf(namespace);
}

/** The same for a namespace that there need not be. */
export function worldOf(namespace: string): World {
  const withName = (path: string, name?: string): string => (name === undefined ? path : `${path}/${name}`);
  return {
    namespace,
    widgets: (name, version = 'v1') => withName(`/apis/${group}/${version}/namespaces/${namespace}/widgets`, name),
    core: (resource, name) => withName(`/api/v1/namespaces/${namespace}/${resource}`, name),
  };
}

export const gadgets = `/apis/${group}/v1/gadgets`;

/** A Widget to send. */
export function widget(name: string | undefined, spec?: object, more: { metadata?: object; version?: string } = {}) {
  const { metadata, version = 'v1', ...rest } = more;
  return {
    apiVersion: `${group}/${version}`,
    kind: 'Widget',
    metadata: { ...(name !== undefined && { name }), ...metadata },
    ...(spec && { spec }),
    ...rest,
  };
}

/** Creates a Widget. */
export async function create(
  world: World,
  name: string,
  spec?: object,
  more: Parameters<typeof widget>[2] = {},
): Promise<Body> {
  const { status, body } = await post(world.widgets(), widget(name, spec, more));
  expect([status, body.message]).toEqual([201, undefined]);
  return body;
}

/** What a client reads of an error; the causes, which come in any order, sorted. */
export function failure({ status: code, body }: Answer): object {
  const { reason, message, details } = body;
  const causes = details?.causes && sortCauses(details.causes);
  return {
    kind: body.kind,
    status: body.status,
    http: code,
    code: body.code,
    reason,
    message,
    details: details && { ...details, ...(causes && { causes }) },
  };
}

/** The error that is expected; leave the reason out where the server gives none. */
export function refusal(code: number, reason: string | undefined, message: unknown, details?: unknown): object {
  return { kind: 'Status', status: 'Failure', http: code, code, reason, message, details };
}

/** The error for an object that breaks rules, each as `[field, reason, message]`. */
export function invalid(
  name: string | undefined,
  causes: readonly [string, string, string][],
  kind = 'Widget',
): object {
  const list = causes.map(([field, reason, message]) => ({ field, reason: `FieldValue${reason}`, message }));
  const details = { ...(name !== undefined && { name }), group, kind, causes: sortCauses(list) };
  return refusal(422, 'Invalid', invalidMessage(name ?? '', list, kind), details);
}

/** The causes may come in any order; only one has a message that is known to the letter. */
function invalidMessage(name: string, causes: readonly Cause[], kind: string): unknown {
  const prefix = `${kind}.${group} "${name}" is invalid: `;
  const [only] = causes;
  if (causes.length === 1 && only) return `${prefix}${only.field}: ${only.message}`;
  return expect.stringMatching(new RegExp(`^${escape(prefix)}\\[.*\\]$`, 's'));
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function sortCauses(causes: readonly Cause[]): Cause[] {
  const key = ({ field, message }: Cause): string => `${field}\n${message}`;
  return [...causes].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** The error for an object that is not there. */
export function notFound(name: string, resource = 'widgets'): object {
  const details = { name, group, kind: resource };
  return refusal(404, 'NotFound', `${resource}.${group} "${name}" not found`, details);
}

/** The error for a write that would undo another one. */
export function outdated(name: string, resource = 'widgets'): object {
  const message = `Operation cannot be fulfilled on ${resource}.${group} "${name}": the object has been modified; please apply your changes to the latest version and try again`;
  return refusal(409, 'Conflict', message, { name, group, kind: resource });
}

/** The error for a request that is wrong in itself. */
export function badRequest(message: unknown): object {
  return refusal(400, 'BadRequest', message);
}

/** The live object. */
export async function live(path: string): Promise<Body> {
  return (await get(path)).body;
}

/** Which release of Kubernetes the server says it is, by its minor number: 20 for 1.20. */
export async function minorVersion(): Promise<number> {
  const { body } = await get('/version');
  return Number.parseInt(String(body['minor']), 10);
}

/** A test of something that older servers do not have; there it is skipped, and says so. */
export function testSince(minor: number, title: string, run: () => Promise<void>): void {
  test(`${title} (Kubernetes 1.${minor} and later)`, async () => {
    const actual = await minorVersion();
    if (actual < minor) {
      console.warn(`SKIPPED: "${title}" needs Kubernetes 1.${minor}; this server is 1.${actual}.`);
      return;
    }
    await run();
  });
}
