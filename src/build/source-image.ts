import path from 'node:path';
import { parseImage } from '../image';
import { pushImage } from '../registry/push';
import { withRegistry } from '../registry/with-registry';
import { bundleOf, type Bundle } from '../source/bundle';
import { changing, mostTries, readSource, type Source } from '../source/source';

/** A folder whose source the cluster builds. */
export interface SourceFolder {
  /** The folder, as it is written. */
  folder: string;
  /** The folder that relative paths start from. Absolute. */
  baseDirectory: string;
}

/** Reads the folder; links are followed, for only files can be unpacked where it is built. @throws UserError when it cannot be read */
export function readSourceFolder({ folder, baseDirectory }: SourceFolder): Promise<Source> {
  return readSource(path.resolve(baseDirectory, folder), { followsLinks: true, project: baseDirectory });
}

/**
 * The image of a source, made of exactly what was read: of what changes meanwhile the source is read anew.
 * @throws UserError when it cannot be read, or keeps changing
 */
export async function imageOfSource(place: SourceFolder, source: Source): Promise<{ source: Source; bundle: Bundle }> {
  let current = source;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const bundle = await bundleOf(current.tree).catch((error: unknown) => {
      if (current.hasChanged()) return undefined;
      throw error;
    });
    if (bundle !== undefined && !current.hasChanged()) return { source: current, bundle };
    current = await readSourceFolder(place);
  }
  throw changing(source.tree.root);
}

interface PushOptions {
  onRetry: (message: string) => void;
  signal: AbortSignal;
}

/**
 * Pushes a source to its registry with the login of the user's Docker configuration.
 * @returns how many bytes were sent; none if it was there already
 * @throws RegistryError when the registry refuses it or cannot be reached
 */
export function pushSource(image: string, bundle: Bundle, { onRetry, signal }: PushOptions): Promise<number> {
  const { registry: name, repository, tag = 'source' } = parseImage(image);
  return withRegistry(name, { onRetry, signal }, (registry) =>
    pushImage(registry, bundle, { repository, tag, signal }),
  );
}
