import type { Products } from '../../function/products';
import { print } from '../../inputs/logger';
import type { Pack } from '../../props/generated/types';
import { readBuilt, writeBuilt } from '../../state/built';
import { usesColour } from '../../ui/colour';
import { allThere, type Maker, type Prepared } from './prepared';
import { describeSource, warningOfSecrets } from './words';

/** An image that pack builds on this machine. @throws UserError when the source cannot be read */
export async function prepareLocalBuild(maker: Maker, pack: Pack, { forces }: { forces: boolean }): Promise<Prepared> {
  const { baseDirectory, logger, terminal, interruption, props } = maker;
  const { image = '' } = props;
  const local = await import('../../build/local');
  const order = { image, pack, baseDirectory };
  const { source, key } = await local.readIngredients(order);
  const built = readBuilt(baseDirectory, image);
  if (built?.key === key && !forces) {
    const unchanged = `The source of ${image} has not changed; it is not built again. To build it anyway: s build --force`;
    return allThere({ digest: built.digest }, () => logger.info(unchanged));
  }
  const make = async (): Promise<Products> => {
    const warning = warningOfSecrets(source);
    if (warning !== undefined) logger.warn(warning);
    logger.info(`Building ${image} with pack: ${describeSource(source)}.`);
    const reported = await local.buildLocally(order, source, {
      usesColour: terminal !== undefined && usesColour(),
      print: (line) => print(logger, line),
      signal: interruption.signal,
    });
    const digest = pack.publish === true ? (reported ?? (await askRegistry(image, maker))) : undefined;
    if (source.hasChanged()) logger.warn('The source changed during the build: it is built again next time.');
    else writeBuilt(baseDirectory, image, { key, digest });
    return { digest };
  };
  const toMake = `First, deploy builds ${image} with pack: it was not built from here yet as it is now. Its digest is not known before.`;
  return { known: {}, toMake, make };
}

async function askRegistry(image: string, { interruption }: Maker): Promise<string> {
  const { publishedDigest } = await import('../../build/published-digest');
  return publishedDigest(image, interruption.signal);
}
