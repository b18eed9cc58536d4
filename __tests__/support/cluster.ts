import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createAdmin, type Admin } from '../../scripts/control-plane/admin';
import { toKubeconfig } from '../../scripts/control-plane/kubeconfig';
import type { ControlPlane } from '../../scripts/control-plane/start';
import { temporaryFolder } from './files';
import { functionPath, isLook } from './functions';
import { startRelay, type Relay } from './relay';
import { s, sYaml, type Run } from './s';

export { functionPath, hello } from './functions';

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

/**
 * Makes a project. It acts as a user of its own with all rights, so that its requests can be told apart,
 * through a relay that counts its connections.
 */
export async function newProject(
  resources: Record<string, object>,
  { createNamespace = true, env = {} } = {},
): Promise<Project> {
  const namespace = `t-${randomBytes(5).toString('hex')}`;
  if (createNamespace) await admin.request('POST', '/api/v1/namespaces', { metadata: { name: namespace } });
  const relay = await startRelay(new URL(plane.server));
  relays.push(relay);
  const kubeconfig = toKubeconfig({ server: relay.url, ca: plane.ca, token: plane.tokens.admin, namespace });
  const user = { token: plane.tokens.admin, as: namespace, 'as-groups': ['system:masters'] };
  const folder = temporaryFolder({ config: { ...kubeconfig, users: [{ name: 'test', user }] } });

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
  impersonatedUser?: { username: string };
}

function auditedEvents(user: string): AuditEvent[] {
  return readFileSync(plane.auditLog, 'utf8')
    .split('\n')
    .filter((line) => line.includes(user))
    .map((line) => JSON.parse(line) as AuditEvent)
    .filter(
      ({ userAgent = '', impersonatedUser }) => userAgent.startsWith('ofn/') && impersonatedUser?.username === user,
    );
}

function inShort({ verb, requestURI }: AuditEvent): string {
  return `${verb} ${requestURI.replace(/\?.*$/, '')}${requestURI.includes('dryRun=All') ? ' (dry run)' : ''}`;
}

/** Lets the project connect in another way. */
export function reconfigure({ folder, namespace }: Project, change: { user?: object; cluster?: object }): void {
  const config = toKubeconfig({ ...plane, token: plane.tokens.admin, namespace }) as {
    clusters: [{ name: string; cluster: object }];
    users: [{ name: string; user: object }];
  };
  Object.assign(config.clusters[0].cluster, change.cluster);
  if (change.user) config.users[0].user = change.user;
  writeFileSync(`${folder}/config`, JSON.stringify(config));
}
