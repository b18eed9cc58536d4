import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createAdmin, type Admin } from '../../scripts/control-plane/admin';
import { toKubeconfig } from '../../scripts/control-plane/kubeconfig';
import type { ControlPlane } from '../../scripts/control-plane/start';
import { temporaryFolder } from './files';
import { functionPath, isLook } from './functions';
import { startRelay, type Relay } from './relay';
import { asDeployer, deployerOf, grant, rightsEverywhere, rightsIn } from './rights';
import { s, sYaml, type Run } from './s';

export { functionPath, hello } from './functions';

/** The release of OpenFunction on that server. */
export const openfunction = process.env['OPENFUNCTION'] || 'v1.0.0';

/** Whether the server has Functions of v1beta2. */
export const hasV1beta2 = openfunction === 'v1.2.0';

type Plane = Pick<ControlPlane, 'server' | 'ca' | 'tokens' | 'auditLog'>;

/** The control plane that the setup of the cluster tests has started. */
export const plane = JSON.parse(process.env['OFN_TEST_CONTROL_PLANE'] ?? '{}') as Plane;
export const admin: Admin = createAdmin({ ...plane, token: plane.tokens.admin });

export type Live = { metadata: Record<string, unknown>; spec: Record<string, unknown> } & Record<string, unknown>;

/** A namespace of its own with an s.yaml that deploys into it. */
export interface Project {
  namespace: string;
  folder: string;
  /** Replaces the resources of the s.yaml. */
  write: (resources: Record<string, object>) => void;
  s: (...args: string[]) => Promise<Run>;
  /** The same, with something done once when this text was read. */
  when: (text: string, act: () => void, ...args: string[]) => Promise<Run>;
  /** Result of a command as JSON. */
  result: (...args: string[]) => Promise<Record<string, unknown>>;
  live: (name: string) => Promise<Live>;
  /** Lets it deploy into another namespace, too. */
  allowIn: (namespace: string) => Promise<void>;
  /** Changes a function as another tool would; `subresource` may be `/status`. */
  patch: (name: string, change: object, subresource?: string) => Promise<void>;
  /** Requests of ofn that the server has logged for this project since the last call, less its looks before an apply, as `VERB path?dryRun`. */
  requests: () => string[];
  /** Looks of ofn before an apply, since the last call, as paths. */
  looks: () => string[];
  /** Connections that this project has opened since the last call. */
  connections: () => number;
}

const relays: Relay[] = [];
afterAll(async () => {
  await Promise.all(relays.splice(0).map((relay) => relay.close()));
});

/** Who has acted with the rights of docs/rbac.yaml alone. */
const deployers = new Set<string>();
afterAll(() => {
  if (deployers.size === 0) return;
  const refused = ({ user, impersonatedUser = user, verb, responseStatus }: AuditEvent): boolean =>
    deployers.has(impersonatedUser.username) && /get|list|watch/.test(verb) && responseStatus.code === 403;
  // What may not be looked at ends no command: it only makes it say less.
  expect(readAuditLog('ofn/').filter(refused).map(inShort)).toEqual([]);
});

/**
 * Makes a project. It acts as a user of its own, who has the rights of docs/rbac.yaml and no others, so that its requests can
 * be told apart, through a relay that counts its connections.
 * @param options.createNamespace whether its namespace is there; otherwise it has its rights everywhere, and may create that
 */
export async function newProject(
  resources: Record<string, object>,
  { createNamespace = true, env = {} } = {},
): Promise<Project> {
  const namespace = `t-${randomBytes(5).toString('hex')}`;
  if (createNamespace) await admin.request('POST', '/api/v1/namespaces', { metadata: { name: namespace } });
  await grant(admin, createNamespace ? rightsIn(namespace) : rightsEverywhere(namespace));
  deployers.add(deployerOf(namespace));
  const relay = await startRelay(new URL(plane.server));
  relays.push(relay);
  const folder = temporaryFolder({ config: kubeconfigOf(namespace, relay.url) });

  const write = (content: Record<string, object>): void => writeFileSync(`${folder}/s.yaml`, sYaml(content));
  write(resources);
  const options = { cwd: folder, env: { KUBECONFIG: `${folder}/config`, ...env } };
  const run = (...args: string[]): Promise<Run> => s(args, options);
  const seen = { requests: 0, looks: 0 };
  return {
    namespace,
    folder,
    write,
    s: run,
    when: (text, act, ...args) => {
      let waiting = true;
      const onOutput = (output: string): void => {
        if (!waiting || !output.includes(text)) return;
        waiting = false;
        act();
      };
      return s(args, { ...options, onOutput });
    },
    result: async (...args) =>
      JSON.parse((await run(...args, '--silent', '--output', 'json')).stdout) as Record<string, unknown>,
    live: async (name) => (await admin.request('GET', functionPath(namespace, name))).body as Live,
    allowIn: (other) => grant(admin, rightsIn(other, namespace)),
    patch: async (name, change, subresource = '') => {
      await admin.request('PATCH', functionPath(namespace, name) + subresource, change, 'application/merge-patch+json');
    },
    requests: () => {
      const all = auditedEvents(namespace)
        .filter(({ requestURI }) => !isLook(requestURI))
        .map(inShort);
      return all.slice(seen.requests, (seen.requests = all.length));
    },
    looks: () => {
      const all = auditedEvents(namespace)
        .map(({ requestURI }) => requestURI)
        .filter(isLook);
      return all.slice(seen.looks, (seen.looks = all.length));
    },
    connections: () => relay.takeConnections(),
  };
}

interface AuditEvent {
  verb: string;
  requestURI: string;
  userAgent?: string;
  user: { username: string };
  impersonatedUser?: { username: string };
  responseStatus: { code: number };
}

/** What ofn has sent for the project of a namespace. */
function auditedEvents(namespace: string): AuditEvent[] {
  const user = deployerOf(namespace);
  return readAuditLog(user).filter(({ impersonatedUser }) => impersonatedUser?.username === user);
}

/** What ofn has sent, as far as this text is in what is known of it. */
function readAuditLog(text: string): AuditEvent[] {
  return readFileSync(plane.auditLog, 'utf8')
    .split('\n')
    .filter((line) => line.includes(text))
    .map((line) => JSON.parse(line) as AuditEvent)
    .filter(({ userAgent = '' }) => userAgent.startsWith('ofn/'));
}

function inShort({ verb, requestURI }: AuditEvent): string {
  return `${verb} ${requestURI.replace(/\?.*$/, '')}${requestURI.includes('dryRun=All') ? ' (dry run)' : ''}`;
}

interface Kubeconfig {
  clusters: [{ name: string; cluster: object }];
  users: [{ name: string; user: object }];
}

/** That of the deployer of a namespace. */
function kubeconfigOf(namespace: string, server = plane.server): Kubeconfig {
  const token = plane.tokens.admin;
  const kubeconfig = toKubeconfig({ server, ca: plane.ca, token, namespace }) as Kubeconfig;
  return { ...kubeconfig, users: [{ name: 'test', user: asDeployer(token, namespace) }] };
}

/** Lets the project connect in another way. */
export function reconfigure({ folder, namespace }: Project, change: { user?: object; cluster?: object }): void {
  const config = kubeconfigOf(namespace);
  Object.assign(config.clusters[0].cluster, change.cluster);
  if (change.user) config.users[0].user = change.user;
  writeFileSync(`${folder}/config`, JSON.stringify(config));
}
