import { versionOf, type ApiVersion } from '../../api-version';
import { UserError } from '../../errors';
import type { FunctionManifest } from '../../function/types';
import type { Path } from '../../path';

/** A Function as it is applied. */
interface Versioned {
  body: FunctionManifest;
  /** Where in the Function that the props describe a place of it comes from. */
  sourceOf: (place: Path) => Path;
}

/** A Function in a version. @throws UserError when it cannot be told in that version */
export async function inVersion(manifest: FunctionManifest, version: ApiVersion): Promise<Versioned> {
  if (versionOf(manifest) === version) return { body: manifest, sourceOf: (place) => place };
  if (version === 'v1beta1') {
    throw new UserError({
      what: 'The props are of core.openfunction.io/v1beta2, which has more than v1beta1 can say.',
      remedy: 'Leave --api-version out.',
    });
  }
  const { toV1beta2 } = await import('../../function/v1beta2');
  const { placeInV1beta1 } = await import('../../function/v1beta2/places');
  return { body: toV1beta2(manifest), sourceOf: placeInV1beta1 };
}
