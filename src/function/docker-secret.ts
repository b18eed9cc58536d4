import { recordAt, textAt, type JsonRecord } from '../record';
import type { Manifest } from './types';

/** Shipwright looks for changes of Secrets that carry it. Source: shipwright docs/development/authentication.md. */
const referenced = 'build.shipwright.io/referenced.secret';

const key = '.dockerconfigjson';

interface DockerLogin {
  /** As Docker names the registry: `https://index.docker.io/v1/` for Docker Hub, else its host. */
  registry: string;
  username: string;
  password: string;
}

/**
 * The Secret with which a registry lets nodes and builds in.
 * @param live what is there under its name: its logins for other registries stay
 */
export function toDockerSecret(
  { name, namespace }: { name: string; namespace: string },
  { registry, username, password }: DockerLogin,
  live?: unknown,
): Manifest & { type: string; data: Record<string, string> } {
  const auth = base64(`${username}:${password}`);
  const config = { auths: { ...loginsIn(live), [registry]: { username, password, auth } } };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace, annotations: { [referenced]: 'true' } },
    type: 'kubernetes.io/dockerconfigjson',
    data: { [key]: base64(JSON.stringify(config)) },
  };
}

function loginsIn(secret: unknown): JsonRecord {
  try {
    const content = Buffer.from(textAt(secret, ['data', key]), 'base64').toString('utf8');
    return recordAt(JSON.parse(content), ['auths']);
  } catch {
    return {};
  }
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
