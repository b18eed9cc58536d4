import { UserError } from '../errors';
import type { Products } from '../function/products';
import { bundleImage } from '../function/v1beta1';
import type { FlagValues } from '../inputs/flags';
import { print } from '../inputs/logger';
import type { Pack } from '../props/generated/types';
import { readBuilt, writeBuilt } from '../state/built';
import { usesColour } from '../ui/colour';
import { unresolvedPlaces } from '../props/unresolved';
import type { Context } from './command';
import type { deployFlags } from './common-flags';

/** What has to be there before a function can be applied. */
export interface Prepared {
  /** What is known of it without making anything. */
  known: Products;
  /** What deploy is going to make, in a sentence; undefined when all of it is there. */
  toMake: string | undefined;
  /** Makes it. @throws UserError or RegistryError when that fails */
  make: () => Promise<Products>;
}

export type Maker = Pick<Context, 'props' | 'baseDirectory' | 'logger' | 'terminal' | 'interruption'>;

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

function allThere(known: Products, tell = (): void => {}): Prepared {
  const make = (): Promise<Products> => {
    tell();
    return Promise.resolve(known);
  };
  return { known, toMake: undefined, make };
}

async function prepareLocalBuild(
  maker: Maker,
  pack: Pack,
  { forces }: Pick<PrepareOptions, 'forces'>,
): Promise<Prepared> {
  const { baseDirectory, logger, terminal, interruption, props } = maker;
  const { image = '' } = props;
  const local = await import('../build/local');
  const order = { image, pack, baseDirectory };
  const { source, key } = await local.readIngredients(order);
  const built = readBuilt(baseDirectory, image);
  if (built?.key === key && !forces) {
    const unchanged = `The source of ${image} has not changed; it is not built again. To build it anyway: s build --force`;
    return allThere({ digest: built.digest }, () => logger.info(unchanged));
  }
  const make = async (): Promise<Products> => {
    logger.info(`Building ${image} with pack: ${sizeOf(source.tree.entries)}${leftOut(source)}.`);
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
  const toMake = `The source has changed: first, deploy builds ${image} with pack. Its digest is not known before.`;
  return { known: {}, toMake, make };
}

async function askRegistry(image: string, { interruption }: Maker): Promise<string> {
  const { publishedDigest } = await import('../build/published-digest');
  return publishedDigest(image, interruption.signal);
}

async function prepareSource(
  maker: Maker,
  folder: string,
  { forces }: Pick<PrepareOptions, 'forces'>,
): Promise<Prepared> {
  const { baseDirectory, logger, interruption, props } = maker;
  const place = { folder, baseDirectory };
  const { readSourceFolder, imageOfSource, pushSource } = await import('../build/source-image');
  const read = await readSourceFolder(place);
  const pushed = readBuilt(baseDirectory, bundleImage(props));
  if (pushed?.key === read.hash && pushed.digest !== undefined && !forces) return allThere({ bundle: pushed.digest });
  const { source, bundle } = await imageOfSource(place, read);
  const known = { bundle: bundle.manifest.digest };
  const image = bundleImage(props, known.bundle);
  const make = async (): Promise<Products> => {
    const sent = await pushSource(image, bundle, {
      onRetry: (message) => logger.warn(message),
      signal: interruption.signal,
    }).catch((error: unknown) => {
      throw source.hasChanged() ? changedWhilePushed(folder, error) : error;
    });
    logger.info(
      sent === 0
        ? `The source is in the registry already: ${image}.`
        : `Pushed the source to ${image}: ${sizeOf(source.tree.entries)}${leftOut(source)}.`,
    );
    writeBuilt(baseDirectory, bundleImage(props), { key: source.hash, digest: known.bundle });
    return known;
  };
  return { known, toMake: `The source has changed: first, deploy pushes it to ${image}.`, make };
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

async function pinRevision({ logger, interruption, props }: Maker): Promise<Prepared> {
  const { commitOf } = await import('../build/revision');
  const { url = '', revision: written } = props.build?.srcRepo ?? {};
  const revision = await commitOf({ url, revision: written }, interruption.signal);
  if (revision !== written) {
    logger.info(`Building ${written ?? 'the default branch'} as it is now: commit ${revision}.`);
  }
  return allThere({ revision });
}

function sizeOf(entries: readonly { kind: string; size: number }[]): string {
  const files = entries.filter(({ kind }) => kind === 'file');
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  return `${files.length} ${files.length === 1 ? 'file' : 'files'}, ${inWords(bytes)}`;
}

function inWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** What is left out, and why: somebody may miss it in the image. */
function leftOut({
  tree,
  rules,
}: {
  tree: { leftOut: readonly string[] };
  rules: { decidedBy: string | undefined };
}): string {
  const named = tree.leftOut.filter((path) => !/^(\.git|\.s)\/?$/.test(path));
  if (named.length === 0) return '';
  const shown = named.slice(0, 3).join(', ') + (named.length > 3 ? ` and ${named.length - 3} more` : '');
  return `; left out by ${rules.decidedBy}: ${shown}`;
}
