import { UserError } from '../../errors';
import { readBuilt } from '../../state/built';
import { allThere, type Maker, type Prepared } from './prepared';
import { sourceName } from './source-image';

/**
 * What was built or pushed last from this folder, whatever has changed since. An image that was built elsewhere is known by its tag.
 * @throws UserError when there is no source image to build from
 */
export function takeAsItIs({ props, baseDirectory, logger }: Maker): Prepared {
  const { image = '', pack, build } = props;
  if (pack !== undefined) {
    const digest = readBuilt(baseDirectory, image)?.digest;
    const unknown = `${image} is deployed by its tag: which image that is, is not known here. Another one under the same tag is not noticed.`;
    return allThere({ digest }, () => {
      if (digest === undefined && pack.publish === true) logger.info(unknown);
    });
  }
  const bundle = readBuilt(baseDirectory, sourceName(props))?.digest;
  if (bundle !== undefined) return allThere({ bundle });
  throw new UserError({
    what: `The source ${build?.source} was never pushed from here.`,
    why: 'With --no-build, what was pushed last is what the cluster builds.',
    remedy: 'Run it once without --no-build; what is remembered of it is in .s/ofn beside the s.yaml.',
  });
}
