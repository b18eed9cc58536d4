import { codeOf } from '../errors';

/** Whether a host, with or without a port, is this machine. Docker takes such registries without TLS, too. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/.test(host);
}

/** What OpenSSL says when the other side does not answer in TLS. */
const notTls = /^(EPROTO|ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST))$/;

export function speaksPlainHttp(error: unknown): boolean {
  return notTls.test(codeOf(error) ?? '');
}
