import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { rootCertificates } from 'node:tls';
import { dockerFolder } from './docker-login';

/**
 * The authorities that a registry's certificate may come from: those that Docker was given for it, and those that Node was
 * given, beside the known ones. Undefined when Docker was given none: then Node looks after the others itself.
 * Source: https://docs.docker.com/engine/security/certificates/.
 */
export function authoritiesFor(host: string): string[] | undefined {
  const folders = [
    '/etc/docker/certs.d',
    path.join(homedir(), '.config', 'docker', 'certs.d'),
    path.join(dockerFolder(), 'certs.d'),
  ];
  const own = folders.flatMap((folder) => certificatesIn(path.join(folder, host)));
  if (own.length === 0) return undefined;
  const extra = process.env['NODE_EXTRA_CA_CERTS'];
  return [...rootCertificates, ...(extra ? contentOf(extra) : []), ...own];
}

function certificatesIn(folder: string): string[] {
  try {
    const files = readdirSync(folder).filter((file) => file.endsWith('.crt'));
    return files.flatMap((file) => contentOf(path.join(folder, file)));
  } catch {
    // Most registries have no folder of their own.
    return [];
  }
}

/** Nothing where it cannot be read: then the certificate of the registry is not known, and that is told. */
function contentOf(file: string): string[] {
  try {
    return [readFileSync(file, 'utf8')];
  } catch {
    return [];
  }
}
