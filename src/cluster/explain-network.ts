import { ClusterError } from '../errors';
import { isRecord } from '../record';
import { redactText } from '../redact';
import type { Connection } from './connection';
import type { NetworkFailure } from '../http/transport';
import type { ClusterIdentity } from './types';

/** What a failure to reach the server means and what to do about it. */
export function explainNetworkFailure(
  failure: NetworkFailure,
  { identity, proxy }: Pick<Connection, 'identity' | 'proxy'>,
): ClusterError {
  const explain = certificateProblems[failure.code] ?? networkProblems[failure.code] ?? unknownProblem;
  const { why, remedy } = explain(identity, failure);
  const via = proxy === undefined ? '' : ` through the proxy ${redactText(proxy)}`;
  return new ClusterError(
    {
      what: `Cannot reach the cluster at ${identity.server}${via}.`,
      why: `${why} (context "${identity.context}" of ${identity.source})`,
      remedy,
    },
    { cause: failure },
  );
}

type Explain = (identity: ClusterIdentity, failure: NetworkFailure) => { why: string; remedy: string };

const isItThere = 'Check that the cluster runs and that this is the right context: kubectl config get-contexts';

const networkProblems: Record<string, Explain> = {
  ECONNREFUSED: () => ({ why: 'Nothing listens at this address: connection refused.', remedy: isItThere }),
  ENOTFOUND: (_identity, failure) => ({
    why: `The name ${hostnameOf(failure)} is unknown.`,
    remedy: 'Check the network, VPN and DNS, and the address of the cluster in the kubeconfig.',
  }),
  EAI_AGAIN: (_identity, failure) => ({
    why: `The name ${hostnameOf(failure)} could not be looked up.`,
    remedy: 'Check the network, VPN and DNS.',
  }),
  CONNECT_TIMEOUT: (_identity, { message }) => ({
    why: `The server does not respond: ${message}.`,
    remedy: 'Check the network, VPN, firewall and proxy, and the address of the cluster in the kubeconfig.',
  }),
  ANSWER_TIMEOUT: (_identity, { message }) => ({
    why: `The server accepted the request but gave ${message}.`,
    remedy: 'Try again; if it goes on, ask an administrator of the cluster about its load.',
  }),
  PROXY_REFUSED: (_identity, { message }) => ({
    why: `No connection: ${message}.`,
    remedy: message.includes('407')
      ? 'The proxy wants a login: write it into the address, http://USER:PASSWORD@HOST:PORT.'
      : 'Check proxy-url in the kubeconfig, or HTTPS_PROXY; list the server in NO_PROXY if it is reached directly.',
  }),
  EPROTO: ({ server }) => ({
    why: 'The server does not speak TLS, or another version of it.',
    remedy: `Check the address in the kubeconfig: ${server}. A server of kubectl proxy has http:// instead of https://.`,
  }),
};

/** The name that could not be looked up: of the server, or of the proxy. */
function hostnameOf({ cause, message }: NetworkFailure): string {
  return isRecord(cause) && typeof cause['hostname'] === 'string' ? cause['hostname'] : message;
}

const notTrusted: Explain = (_identity, { message }) => ({
  why: `The certificate of the server is not trusted: ${message}.`,
  remedy:
    'Put the CA of the cluster into certificate-authority or certificate-authority-data of the cluster in the kubeconfig.',
});

/** Codes of OpenSSL's verification, as Node names them. Verification is never switched off in answer to one. */
const certificateProblems: Record<string, Explain> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: notTrusted,
  SELF_SIGNED_CERT_IN_CHAIN: notTrusted,
  UNABLE_TO_GET_ISSUER_CERT: notTrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: notTrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: notTrusted,
  CERT_SIGNATURE_FAILURE: notTrusted,
  CERT_UNTRUSTED: notTrusted,
  CERT_HAS_EXPIRED: () => ({
    why: 'The certificate of the server has expired.',
    remedy: 'Ask an administrator to renew it; check the clock of this machine, too.',
  }),
  CERT_NOT_YET_VALID: () => ({
    why: 'The certificate of the server is not valid yet.',
    remedy: 'Check the clock of this machine.',
  }),
  ERR_TLS_CERT_ALTNAME_INVALID: (_identity, { message }) => ({
    why: `The certificate of the server is for another name: ${message}.`,
    remedy: 'Correct the address of the cluster in the kubeconfig, or name the right one in tls-server-name.',
  }),
};

const unknownProblem: Explain = (_identity, { code, message }) => ({
  why: message.includes(code) || code === 'UNKNOWN' ? message : `${message} (${code})`,
  remedy: 'Try again; if it goes on, check the network, and the server and credentials in the kubeconfig.',
});
