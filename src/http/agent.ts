import http from 'node:http';
import https from 'node:https';
import { UserError } from '../errors';
import { defaultTimeouts } from './transport';

/** Idle sockets are kept for the next request; Node does not let them keep the process alive. */
const keepAlive = { keepAlive: true, keepAliveMsecs: 30_000 };

/**
 * The agent that holds the connections to a server, through a proxy when there is one.
 * The cluster's TLS settings come with each request: an agent would use them for an `https://` proxy, too.
 * @param signal closes what an attempt to connect through a proxy has left open
 * @param connectTimeout milliseconds that a proxy may take to connect
 */
export async function createAgent(
  server: string,
  proxy: string | undefined,
  signal: AbortSignal,
  connectTimeout = defaultTimeouts.connect,
): Promise<http.Agent> {
  const secure = server.startsWith('https:');
  if (proxy === undefined) return secure ? new https.Agent(keepAlive) : new http.Agent(keepAlive);
  if (!URL.canParse(proxy)) throw unusableProxy();
  const { createProxyAgent } = await import('./proxy-agent');
  return createProxyAgent(proxy, secure, { ...keepAlive, signal, connectTimeout });
}

/** The address is not shown: it may hold a password. */
function unusableProxy(): UserError {
  return new UserError({
    what: 'The address of the proxy is none.',
    why: 'It comes from proxy-url of the kubeconfig, or from HTTPS_PROXY or HTTP_PROXY.',
    remedy:
      'Write it like http://proxy.example.com:3128; in a password, write % and two digits for signs such as spaces, "/" and "@".',
  });
}
