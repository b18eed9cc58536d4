import { parseImage } from '../image';
import { digestOfTag } from '../registry/digest';
import { dockerLogin } from '../registry/docker-login';
import { openRegistry } from '../registry/registry';

/** The digest that the registry knows of an image just pushed. @throws RegistryError when it does not tell */
export async function publishedDigest(image: string, signal: AbortSignal): Promise<string> {
  const { registry: name, repository, tag = 'latest' } = parseImage(image);
  const registry = openRegistry(name, { login: await dockerLogin(name), signal });
  try {
    return await digestOfTag(registry, repository, tag);
  } finally {
    registry.close();
  }
}
