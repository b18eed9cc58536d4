import { textAt } from '../record';
import { recall, remember } from './files';

/** What was built last of an image, or pushed of a source image. */
export interface Built {
  /** Digest of what it was built from. */
  key: string;
  /** Digest of the image; undefined where it was not pushed. */
  digest?: string | undefined;
}

/** What was built last under this name from this folder; undefined when that is not known. */
export function readBuilt(baseDirectory: string, image: string): Built | undefined {
  const built = recall(baseDirectory, nameOf(image));
  const key = textAt(built, ['key']);
  return key === '' ? undefined : { key, digest: textAt(built, ['digest']) || undefined };
}

export function writeBuilt(baseDirectory: string, image: string, built: Built): void {
  remember(baseDirectory, nameOf(image), built);
}

function nameOf(image: string): string {
  return `${encodeURIComponent(image)}.built`;
}
