import { dockerLogin } from './docker-login';
import { openRegistry, type RegistryOptions } from './registry';
import type { Registry } from './types';

/** Works with a registry, with the login of the user's Docker configuration unless another is given; closed when that is done. */
export async function withRegistry<T>(
  name: string,
  options: Partial<RegistryOptions>,
  work: (registry: Registry) => Promise<T>,
): Promise<T> {
  const registry = openRegistry(name, { ...options, login: options.login ?? (await dockerLogin(name)) });
  try {
    return await work(registry);
  } finally {
    registry.close();
  }
}
