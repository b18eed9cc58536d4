import { RegistryError } from '../errors';
import type { NetworkFailure } from '../http/transport';
import { recordsAt, textAt } from '../record';
import { redactText } from '../redact';
import { speaksPlainHttp } from './plain-http';
import type { Registry, RegistryAnswer } from './types';

/** The error for a registry that gave no answer. */
export function explainNetwork(failure: NetworkFailure, name: string): RegistryError {
  return new RegistryError(
    { what: `Cannot reach the registry ${name}.`, why: failure.message, remedy: remedyFor(failure, name) },
    { cause: failure },
  );
}

function remedyFor(failure: NetworkFailure, name: string): string {
  const { code } = failure;
  if (speaksPlainHttp(failure)) {
    return `It does not speak TLS. ofn sends logins in the clear to this machine alone: let the registry use TLS, or push to another one.`;
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO/.test(code)) {
    return `If the certificate is to be trusted, put that of its authority at /etc/docker/certs.d/${name}/ca.crt, as for Docker.`;
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return 'Correct the registry in the name of the image, or look whether there is a network.';
  }
  return 'Look whether it runs and can be reached from here. Proxies are taken from HTTPS_PROXY and NO_PROXY.';
}

/** The error for what a registry refused. */
export function explainAnswer(
  { status, body }: RegistryAnswer,
  what: string,
  { name, login }: Registry,
): RegistryError {
  const words = wordsOf(body);
  const why = `The registry answered ${status}${words === '' ? '' : `: ${words}`}.`;
  return new RegistryError({ what, why, remedy: remedyOf(status, name, login?.from) });
}

function remedyOf(status: number, name: string, from: string | undefined): string {
  if (status === 401 && from !== undefined) {
    return `It does not take the login of ${from}: a wrong password, or a token that has expired. Log in again: docker login ${name}`;
  }
  if (status === 401 || status === 403) {
    return from === undefined
      ? `Log in first: docker login ${name}`
      : `The login of ${from} may not do that. Log in as somebody who may: docker login ${name}`;
  }
  if (status === 404) {
    return 'Some registries want a repository to be made before anything is pushed: make it, or correct its name.';
  }
  if (status === 413) {
    return 'The registry takes no pieces of this size: leave out of the source what is not needed, with a .packignore file.';
  }
  if (status === 429) return 'The registry allows no more requests for now: try later, or log in.';
  return 'Try again; if it stays so, its administrator can see why in its log.';
}

/** Codes and messages of an error. Source: distribution-spec, Error Codes. */
function wordsOf(body: string): string {
  try {
    const errors = recordsAt(JSON.parse(body), ['errors']);
    return redactText(errors.map((error) => [textAt(error, ['code']), textAt(error, ['message'])].filter(Boolean).join(': ')).join('; ')); // prettier-ignore
  } catch {
    return redactText(body.slice(0, 200).trim());
  }
}
