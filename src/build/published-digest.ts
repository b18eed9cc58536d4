import { parseImage } from '../image';
import { digestOfTag } from '../registry/digest';
import { withRegistry } from '../registry/with-registry';

/** The digest that the registry knows of an image just pushed. @throws RegistryError when it does not tell */
export function publishedDigest(image: string, signal: AbortSignal): Promise<string> {
  const { registry: name, repository, tag = 'latest' } = parseImage(image);
  return withRegistry(name, { signal }, (registry) => digestOfTag(registry, repository, tag));
}
