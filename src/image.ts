/** What the name of an image says, completed as Docker completes it. */
export interface ImageReference {
  /** Host, with its port if one is written; `docker.io` where the name has none. */
  registry: string;
  /** Without registry, tag and digest, for instance `library/node`. */
  repository: string;
  tag: string | undefined;
  /** With its algorithm: `sha256:…`. */
  digest: string | undefined;
}

export const dockerHub = 'docker.io';

const tagAndDigest = /^(.*?)(?::(\w[\w.-]*))?(?:@([A-Za-z][\w+.-]*:[0-9a-fA-F]+))?$/s;

/** The parts of an image's name; credentials before the registry, which some people write, are no part of it. Source: reference/normalize.go of distribution. */
export function parseImage(image: string): ImageReference {
  const [, name = '', tag, digest] = tagAndDigest.exec(withoutCredentials(image)) ?? [];
  const [first = '', ...rest] = name.split('/');
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const registry = isHost ? canonicalHost(first) : dockerHub;
  const path = isHost ? rest : [first, ...rest];
  const repository = (registry === dockerHub && path.length === 1 ? ['library', ...path] : path).join('/');
  return { registry, repository, tag, digest };
}

/** The same image, pinned to a digest. */
export function withDigest(image: string, digest: string): string {
  return `${image.replace(/@[^@]*$/, '')}@${digest}`;
}

/** All names of Docker Hub are one. */
export function canonicalHost(host: string): string {
  const name = host.toLowerCase();
  return /^(index|registry-1)\.docker\.io$/.test(name) ? dockerHub : name;
}

/** The host of a registry as a Docker configuration names it: an address, perhaps with what people write before it. */
export function hostOf(written: string): string {
  return canonicalHost(withoutCredentials(written.replace(/^https?:\/\//, '')).split('/')[0] ?? '');
}

/** How a Docker configuration names a registry. */
export function dockerKeyOf(registry: string): string {
  return registry === dockerHub ? 'https://index.docker.io/v1/' : registry;
}

/** The name of an image without its tag and digest, as it is written. */
export function withoutVersion(image: string): string {
  return image.replace(/(:\w[\w.-]*)?(@[^@]*)?$/, '');
}

/** A digest stays. */
export function withoutCredentials(image: string): string {
  return image.replace(/^.*@(?!sha\d+:)/, '');
}
