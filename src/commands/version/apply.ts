import { apply, type Applied } from '../../cluster/apply';
import { ConversionError } from '../../errors';
import type { Products } from '../../function/products';
import type { FunctionManifest } from '../../function/types';
import type { Path } from '../../path';
import type { Connected, Context } from '../command';
import { locator } from '../places';
import { inVersion } from './convert';
import { resolveVersion, type ResolvedVersion } from './resolve';

interface ApplyOptions {
  products: Products;
  forcesConflicts: boolean;
  /** Whether to wait for a Function of this name that is being deleted. */
  waitForDying: boolean;
}

interface AppliedVersion extends Applied {
  /** What was applied. */
  body: FunctionManifest;
  /** Where in the Function that the props describe a place of it comes from. */
  sourceOf: (place: Path) => Path;
  before: ResolvedVersion['before'];
}

/**
 * Applies a Function in the version that is given or was chosen for it. Where it was chosen without a look at what is there,
 * and the server cannot convert that, it is looked at, and chosen again.
 * @throws ClusterError that explains what the server refused
 */
export async function applyInVersion(
  context: Context,
  connected: Connected,
  resolved: ResolvedVersion,
  options: ApplyOptions,
): Promise<AppliedVersion> {
  try {
    return await applyOnce(context, connected, resolved, options);
  } catch (error) {
    const isGiven = (context.props.apiVersion ?? 'auto') !== 'auto';
    if (!(error instanceof ConversionError) || isGiven || resolved.before !== undefined) throw error;
    const again = await resolveVersion(context, connected, { reads: true });
    if (again.version === resolved.version) throw error;
    return applyOnce(context, connected, again, options);
  }
}

async function applyOnce(
  context: Context,
  connected: Connected,
  { version, why, before }: ResolvedVersion,
  { products, forcesConflicts, waitForDying }: ApplyOptions,
): Promise<AppliedVersion> {
  const { manifest, namespaceManifest, logger } = context;
  const { api, key, place } = connected;
  const { body, sourceOf } = await inVersion(manifest(key.namespace, products), version);
  if (why !== undefined) logger.info(`Function "${key.name}" is applied as ${body.apiVersion}: ${why}.`);
  if (before && version === 'v1beta2') {
    const { migrateManagedFields } = await import('./migrate');
    await migrateManagedFields(connected, before);
  }
  const applied = await apply(api, {
    key,
    manifest: body,
    namespaceManifest: namespaceManifest(key.namespace),
    force: forcesConflicts,
    locate: locator(context, sourceOf),
    waitForDying,
    onDying: () =>
      logger.info(`Function "${key.name}" is being deleted ${place}; waiting up to 5 minutes to create it again.`),
  });
  return { ...applied, body, sourceOf, before };
}
