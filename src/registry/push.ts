import { explainAnswer } from './explain';
import type { Registry, RegistryAnswer } from './types';
import { uploadBlob, type Blob } from './upload';

/** An image to push. */
export interface PushedImage {
  manifest: { mediaType: string; content: Buffer; digest: string };
  blobs: readonly Blob[];
}

interface PushOptions {
  repository: string;
  /** The name under which it can be found, besides its digest. */
  tag: string;
  signal?: AbortSignal | undefined;
}

/**
 * Pushes an image. What the registry has already is not sent again; what breaks off goes on where it stopped.
 * @returns how many bytes were sent
 * @throws RegistryError when the registry refuses it or cannot be reached
 */
export async function pushImage(registry: Registry, image: PushedImage, options: PushOptions): Promise<number> {
  const { repository, tag } = options;
  const { mediaType, content, digest } = image.manifest;
  const known = await lookAt(registry, repository, `manifests/${tag}`, { Accept: mediaType });
  if (known.headers['docker-content-digest'] === digest) return 0;
  let sent = 0;
  for (const blob of image.blobs) {
    if ((await lookAt(registry, repository, `blobs/${blob.digest}`)).status === 200) continue;
    await uploadBlob(registry, repository, blob, options.signal);
    sent += blob.size;
  }
  const answer = await registry.request({
    method: 'PUT',
    url: `/v2/${repository}/manifests/${tag}`,
    access: { repository, action: 'push' },
    headers: { 'Content-Type': mediaType },
    body: content,
  });
  if (answer.status !== 201) {
    throw explainAnswer(answer, `Cannot push ${registry.name}/${repository}:${tag}.`, registry);
  }
  return sent + content.length;
}

/** @throws RegistryError when the registry does not tell */
async function lookAt(registry: Registry, repository: string, what: string, headers = {}): Promise<RegistryAnswer> {
  const access = { repository, action: 'push' } as const;
  const answer = await registry.request({ method: 'HEAD', url: `/v2/${repository}/${what}`, access, headers });
  if (answer.status === 200 || answer.status === 404) return answer;
  throw explainAnswer(answer, `Cannot push to ${registry.name}/${repository}.`, registry);
}
