import { NetworkFailure } from '../http/transport';
import { explainAnswer } from './explain';
import type { Registry } from './types';

/**
 * Makes sure that a registry takes a login. A registry that cannot be reached from here may be reached by the cluster.
 * @throws RegistryError when it does not take it
 */
export async function requireLogin(registry: Registry, repository: string): Promise<void> {
  const what = `The registry ${registry.name} does not take the login that is to go into the cluster.`;
  try {
    const answer = await registry.request({
      method: 'GET',
      url: `/v2/${repository}/tags/list`,
      access: { repository, action: 'pull' },
      isRepeatable: false,
    });
    if (answer.status === 401) throw explainAnswer(answer, what, registry);
  } catch (error) {
    if (!(error instanceof NetworkFailure)) throw error;
  }
}
