import { canonicalHost, parseImage } from '../image';
import { isRecord, valueAt } from '../record';

/**
 * The registries that a Secret with Docker credentials names, as they are written there; undefined when it cannot be read.
 * Passwords are left where they are.
 */
export function registriesOf(secret: unknown): string[] | undefined {
  const modern = decode(valueAt(secret, ['data', '.dockerconfigjson']));
  if (modern !== undefined) return isRecord(modern['auths']) ? Object.keys(modern['auths']) : [];
  const old = decode(valueAt(secret, ['data', '.dockercfg']));
  return old && Object.keys(old);
}

function decode(data: unknown): Record<string, unknown> | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    const config: unknown = JSON.parse(Buffer.from(data, 'base64').toString('utf8'));
    return isRecord(config) ? config : undefined;
  } catch {
    return undefined;
  }
}

/** The registry of an image; Docker Hub when the image names none. */
export function registryOf(image: string): string {
  return parseImage(image).registry;
}

/** Whether credentials for these registries are used for an image. Source: Kubernetes pkg/credentialprovider/keyring.go. */
export function covers(registries: readonly string[], image: string): boolean {
  const { registry, repository } = parseImage(image);
  return registries.some((written) => {
    const [host = '', ...path] = written.replace(/^https?:\/\//, '').split('/');
    const prefix = path.join('/').replace(/^v[12](\/|$)/, '').replace(/\/$/, ''); // prettier-ignore
    return matches(canonicalHost(host), registry) && repository.startsWith(prefix);
  });
}

/** `*` stands for a part of a host name. */
function matches(pattern: string, host: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^.]*')}$`).test(host);
}
