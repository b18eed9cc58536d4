import { version } from '../../package.json';
import { createAgent } from '../http/agent';
import { resolveCredentials, type Credentials } from './credentials';
import { toJson } from './json';
import { loadKubeconfig, type Kubeconfig } from './kubeconfig';
import { proxyFor } from '../http/proxy';
import type { WireRequest } from '../http/transport';
import type { ApiRequest, ClusterIdentity } from './types';

/** Where and as whom to connect; everything is optional and defaults as with kubectl. */
export interface ConnectionSettings {
  /** Absolute path of a kubeconfig. */
  kubeconfig?: string | undefined;
  context?: string | undefined;
}

/** A server with the credentials for it and the open connections to it. */
export interface Connection {
  readonly identity: ClusterIdentity;
  /** Namespace of the context. */
  readonly namespace: string | undefined;
  /** The proxy in use. */
  readonly proxy: string | undefined;
  /** A request with address, credentials and agent. @throws UserError when no credential can be had. */
  prepare(request: ApiRequest): Promise<WireRequest>;
  /** Forgets the credentials, so that the next request gets new ones. */
  renewCredentials(): void;
  /** Closes what an attempt to connect may have left open; nothing can be sent any more. */
  abandon(): void;
}

/**
 * Connections of this process by their settings. Resources of one s.yaml share them, and so their sockets and credentials:
 * the CLI makes a new component for each resource, but never tells it when the run ends. Idle sockets do not hold the process.
 */
const connections = new Map<string, Promise<Connection>>();

/** The connection for these settings; nothing is sent yet. @throws UserError when the kubeconfig is unusable. */
export async function connectionFor(settings: ConnectionSettings): Promise<Connection> {
  const key = JSON.stringify([settings.kubeconfig, settings.context, process.env['KUBECONFIG']]);
  const forget = (): void => void connections.delete(key);
  const connection = connections.get(key) ?? openConnection(settings, forget);
  connections.set(key, connection);
  connection.catch(forget);
  return connection;
}

/**
 * A connection of its own, shared with nobody.
 * @param onAbandon told when nothing can be sent through it any more
 */
export async function openConnection(settings: ConnectionSettings, onAbandon = (): void => {}): Promise<Connection> {
  const kubeconfig = loadKubeconfig(settings);
  const { server } = kubeconfig.cluster;
  const proxy = proxyFor(server, kubeconfig.cluster.proxyUrl);
  const abandoned = new AbortController();
  const agent = await createAgent(server, proxy, abandoned.signal);
  let credentials: Promise<Credentials> | undefined;

  return {
    identity: kubeconfig.identity,
    namespace: kubeconfig.namespace,
    proxy,
    async prepare(request) {
      credentials ??= resolveCredentials(kubeconfig);
      const { tls, headers } = await credentials;
      return { ...toWire(request, kubeconfig, headers), tls, agent };
    },
    renewCredentials() {
      credentials = undefined;
    },
    abandon() {
      onAbandon();
      abandoned.abort();
      agent.destroy();
    },
  };
}

function toWire(
  request: ApiRequest,
  kubeconfig: Kubeconfig,
  credentials: Credentials['headers'],
): Omit<WireRequest, 'tls' | 'agent'> {
  const url = new URL(kubeconfig.cluster.server.replace(/\/$/, '') + request.path);
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
  const body = request.body === undefined ? undefined : toJson(request.body);
  const headers = {
    ...credentials,
    Accept: 'application/json',
    'User-Agent': `ofn/${version} (node/${process.versions.node})`,
    ...(body !== undefined && {
      'Content-Type': request.contentType ?? 'application/json',
      'Content-Length': String(Buffer.byteLength(body)),
    }),
  };
  return { method: request.method, url, headers, body };
}
