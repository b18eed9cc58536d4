import type { Manifest } from './types';

/** Shipwright looks for changes of Secrets that carry it. Source: shipwright docs/development/authentication.md. */
const referenced = 'build.shipwright.io/referenced.secret';

interface DockerLogin {
  /** As Docker names the registry: `https://index.docker.io/v1/` for Docker Hub, else its host. */
  registry: string;
  username: string;
  password: string;
}

/** The Secret with which a registry lets nodes and builds in. */
export function toDockerSecret(
  { name, namespace }: { name: string; namespace: string },
  { registry, username, password }: DockerLogin,
): Manifest & { type: string; data: Record<string, string> } {
  const auth = base64(`${username}:${password}`);
  const config = { auths: { [registry]: { username, password, auth } } };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace, annotations: { [referenced]: 'true' } },
    type: 'kubernetes.io/dockerconfigjson',
    data: { '.dockerconfigjson': base64(JSON.stringify(config)) },
  };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
