import { withDigest } from '../image';
import type { Props } from '../props/generated/types';
import { bundleImage } from './manifest';

/** What was made, or found out, so that the Function runs exactly that. */
export interface Products {
  /** Digest of the image that was built on this machine and pushed. */
  digest?: string | undefined;
  /** Digest of the source image that was pushed. */
  bundle?: string | undefined;
  /** Commit to build. */
  revision?: string | undefined;
}

/** The props with their products in place of names that may come to mean something else. */
export function withProducts(props: Props, { digest, bundle, revision }: Products): Props {
  const { build } = props;
  const { image = '' } = props;
  if (build === undefined) return digest === undefined ? props : { ...props, image: withDigest(image, digest) };
  const srcRepo = {
    ...build.srcRepo,
    ...(revision !== undefined && { revision }),
    ...(bundle !== undefined && { bundleContainer: { image: withDigest(bundleImage(props, bundle), bundle) } }),
  };
  return { ...props, build: { ...build, srcRepo } };
}
