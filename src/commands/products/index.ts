import type { Products } from '../../function/products';
import type { FlagValues } from '../../inputs/flags';
import { unresolvedPlaces } from '../../props/unresolved';
import type { Context } from '../command';
import type { deployFlags } from '../common-flags';
import { prepareLocalBuild } from './local-build';
import { allThere, type Maker, type Prepared } from './prepared';
import { pinRevision } from './revision';
import { prepareSource } from './source-image';

export interface PrepareOptions {
  /** Make it even though nothing has changed. */
  forces: boolean;
  /** Find out the commit of a branch or tag. */
  pinsRevision: boolean;
  /** Whether this machine builds or pushes anything. */
  buildsLocally: boolean;
}

/** Whether anything has to be made, or looked up, before a function can be applied. */
export function hasProducts({ props }: Pick<Context, 'props'>, options: Omit<PrepareOptions, 'forces'>): boolean {
  const { pack, build } = props;
  const isLocal = pack !== undefined || build?.source !== undefined;
  return isLocal ? options.buildsLocally : options.pinsRevision && build?.srcRepo?.url !== undefined;
}

/**
 * Looks what a function is made of: reads the source, and whether it has changed since it was built last. Nothing is made yet.
 * @throws UserError when the source cannot be read
 */
export async function prepareProducts(maker: Maker, options: PrepareOptions): Promise<Prepared> {
  if (!hasProducts(maker, options)) return allThere({});
  const { pack, build } = maker.props;
  if (pack !== undefined) return prepareLocalBuild(maker, pack, options);
  if (build?.source !== undefined) return prepareSource(maker, build.source, options);
  return pinRevision(maker);
}

/**
 * What is known of the products of a function without making any, for those who only tell what deploy would do.
 * @throws UserError when the source cannot be read
 */
export async function foreseeProducts(context: Context, flags: FlagValues<typeof deployFlags>): Promise<Products> {
  const unknown = unresolvedPlaces(context).map(([section]) => section);
  if (unknown.some((key) => key === 'image' || key === 'pack' || key === 'build')) return {};
  const { known, toMake } = await prepareProducts(context, {
    forces: false,
    pinsRevision: flags['pin-revision'] === true,
    buildsLocally: flags['no-build'] !== true,
  });
  if (toMake !== undefined) context.logger.info(toMake);
  const { imageCredentials } = context.props;
  if (imageCredentials?.fromDocker === true) {
    context.logger.info(`First, deploy puts your login for the registry into the Secret "${imageCredentials.name}".`);
  }
  return known;
}
