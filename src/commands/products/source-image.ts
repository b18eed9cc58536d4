import { ExplainedError, UserError } from '../../errors';
import type { Products } from '../../function/products';
import { bundleImage } from '../../function/manifest';
import { readBuilt, writeBuilt } from '../../state/built';
import { allThere, type Maker, type Prepared } from './prepared';
import { describeSource, warningOfSecrets } from './words';

/** A source image that the cluster builds from. @throws UserError when the source cannot be read */
export async function prepareSource(maker: Maker, folder: string, { forces }: { forces: boolean }): Promise<Prepared> {
  const { baseDirectory, logger, interruption, props } = maker;
  const place = { folder, baseDirectory };
  const { readSourceFolder, imageOfSource, pushSource } = await import('../../build/source-image');
  const read = await readSourceFolder(place);
  const pushed = readBuilt(baseDirectory, sourceName(props));
  if (pushed?.key === read.hash && pushed.digest !== undefined && !forces) return allThere({ bundle: pushed.digest });
  const { source, bundle } = await imageOfSource(place, read);
  const known = { bundle: bundle.manifest.digest };
  const image = bundleImage(props, known.bundle);
  const make = async (): Promise<Products> => {
    const warning = warningOfSecrets(source);
    if (warning !== undefined) logger.warn(warning);
    const sent = await pushSource(image, bundle, {
      onRetry: (message) => logger.warn(message),
      signal: interruption.signal,
    }).catch((error: unknown) => {
      throw mayComeOfChange(error) && source.hasChanged() ? changedWhilePushed(folder, error) : error;
    });
    logger.info(
      sent === 0
        ? `The source is in the registry already: ${image}.`
        : `Pushed the source to ${image}: ${describeSource(source)}.`,
    );
    writeBuilt(baseDirectory, sourceName(props), { key: source.hash, digest: known.bundle });
    return known;
  };
  return { known, toMake: `First, deploy pushes the source to ${image}.`, make };
}

/** Under this name the source of a function is remembered: others may have theirs in the same repository. */
export function sourceName(props: Maker['props']): string {
  return `${props.image} ${props.build?.source} ${bundleImage(props)}`;
}

/** Whether a push may have failed for a change of the source: a file could not be read as it was, or the digest is another one. */
function mayComeOfChange(error: unknown): boolean {
  return !(error instanceof ExplainedError) || error.message.includes('DIGEST_INVALID');
}

/** What was going to be sent is no longer what was read, and so the registry refused it. */
function changedWhilePushed(folder: string, cause: unknown): UserError {
  return new UserError(
    {
      what: `The source folder ${folder} changed while it was pushed.`,
      remedy: 'Run it again when nothing writes into it. Nothing was changed in the cluster.',
    },
    { cause },
  );
}
