import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { rootCertificates } from 'node:tls';
import { dockerFolder } from './docker-login';

/**
 * The authorities that a registry's certificate may come from: those that Docker was given for it beside the known ones.
 * Undefined when there are only these. Source: https://docs.docker.com/engine/security/certificates/.
 */
export function authoritiesFor(host: string): string[] | undefined {
  const folders = [
    '/etc/docker/certs.d',
    path.join(homedir(), '.config', 'docker', 'certs.d'),
    path.join(dockerFolder(), 'certs.d'),
  ];
  const own = folders.flatMap((folder) => certificatesIn(path.join(folder, host)));
  return own.length === 0 ? undefined : [...rootCertificates, ...own];
}

function certificatesIn(folder: string): string[] {
  try {
    const files = readdirSync(folder).filter((file) => file.endsWith('.crt'));
    return files.map((file) => readFileSync(path.join(folder, file), 'utf8'));
  } catch {
    // Most registries have no folder of their own.
    return [];
  }
}
