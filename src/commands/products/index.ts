import type { Products } from '../../function/products';
import type { FlagValues } from '../../inputs/flags';
import { unresolvedPlaces } from '../../props/unresolved';
import type { Context } from '../command';
import type { deployFlags } from '../common-flags';
import { prepareLocalBuild } from './local-build';
import { allThere, type Maker, type Prepared } from './prepared';
import { takeAsItIs } from './as-it-is';
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

/**
 * Looks what a function is made of: reads the source, and whether it has changed since it was built last. Nothing is made yet.
 * @throws UserError when the source cannot be read
 */
export async function prepareProducts(maker: Maker, options: PrepareOptions): Promise<Prepared> {
  const { pack, build } = maker.props;
  if (!options.buildsLocally && (pack !== undefined || build?.source !== undefined)) return takeAsItIs(maker);
  if (pack !== undefined) return prepareLocalBuild(maker, pack, options);
  if (build?.source !== undefined) return prepareSource(maker, build.source, options);
  return options.pinsRevision && build?.srcRepo?.url !== undefined ? pinRevision(maker) : allThere({});
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
  return known;
}
