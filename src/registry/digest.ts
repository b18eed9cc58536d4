import { explainAnswer } from './explain';
import type { Registry } from './types';

const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/** The digest that a tag stands for now. @throws RegistryError when the registry does not tell */
export async function digestOfTag(registry: Registry, repository: string, tag: string): Promise<string> {
  const answer = await registry.request({
    method: 'HEAD',
    url: `/v2/${repository}/manifests/${tag}`,
    access: { repository, action: 'pull' },
    headers: { Accept: manifestTypes.join(', ') },
  });
  const digest = answer.headers['docker-content-digest'];
  if (answer.status === 200 && typeof digest === 'string') return digest;
  throw explainAnswer(answer, `Cannot find out the digest of ${registry.name}/${repository}:${tag}.`, registry);
}
