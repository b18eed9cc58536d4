import type { RequestOptions } from 'node:https';
import { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import { ExplainedError, messageOf, UserError } from '../errors';
import type { Tls } from '../http/transport';
import type { Kubeconfig } from './kubeconfig';

/** What proves to the server who is asking, and to us who answers. */
export interface Credentials {
  tls: Tls;
  headers: Record<string, string | string[]>;
}

/**
 * Lets KubeConfig do the authentication: certificates, tokens, token files, basic, OIDC and the older providers.
 * Exec plugins and further impersonation are added here, since KubeConfig does them badly or not at all.
 * @throws UserError when no credential can be had.
 */
export async function resolveCredentials(kubeconfig: Kubeconfig): Promise<Credentials> {
  const options: RequestOptions = {};
  try {
    const user = kubeconfig.user.exec
      ? await (await import('./exec-plugin')).runExecPlugin(kubeconfig)
      : { ...kubeconfig.user };
    const config = new KubeConfig();
    config.loadFromClusterAndUser(withoutTransport(kubeconfig), user);
    await config.applyToHTTPSOptions(options);
  } catch (error) {
    if (error instanceof ExplainedError) throw error;
    throw unusable(kubeconfig, error);
  }
  const { ca, cert, key, rejectUnauthorized, servername, auth } = options;
  return {
    tls: { ca, cert, key, rejectUnauthorized, servername },
    headers: {
      ...trimmed(options.headers as Record<string, string>),
      ...(auth && { Authorization: `Basic ${Buffer.from(auth).toString('base64')}` }),
      ...impersonationHeaders(kubeconfig.impersonation),
    },
  };
}

/**
 * KubeConfig also makes an agent, which ofn does not use. Without the proxy it needs no proxy library for that,
 * and without verification it accepts an `http://` server, where there is nothing to verify.
 */
function withoutTransport({ cluster }: Kubeconfig): Kubeconfig['cluster'] {
  return {
    ...cluster,
    proxyUrl: undefined,
    skipTLSVerify: cluster.skipTLSVerify || cluster.server.startsWith('http:'),
  };
}

/** Token files often end with a line break, which no header may hold. */
function trimmed(headers: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.trim()]));
}

function impersonationHeaders({ uid, groups, extra }: Kubeconfig['impersonation']): Record<string, string | string[]> {
  return {
    ...(uid !== undefined && { 'Impersonate-Uid': uid }),
    ...(groups.length > 0 && { 'Impersonate-Group': groups }),
    ...Object.fromEntries(
      Object.entries(extra).map(([key, values]) => [`Impersonate-Extra-${encodeURIComponent(key)}`, values]),
    ),
  };
}

function unusable({ identity }: Kubeconfig, error: unknown): UserError {
  return new UserError(
    {
      what: `Cannot use the credentials of user "${identity.user}" (context "${identity.context}").`,
      why: messageOf(error),
      remedy: `Log in again, or correct the user in ${identity.source}.`,
    },
    { cause: error },
  );
}
