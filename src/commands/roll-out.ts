import { requireAccess, type Applied } from '../cluster/apply';
import type { ObjectKey } from '../cluster/functions';
import { isRecordedChange, markOf, outcomeOf, type Outcome } from '../cluster/outcome';
import { droppedFields } from '../function/dropped';
import { toInfo, type FunctionInfo } from '../function/info';
import type { Products } from '../function/products';
import type { FunctionManifest } from '../function/types';
import { formatPath } from '../path';
import { digestOf, readAppliedMark, writeAppliedMark } from '../state/applied';
import type { FlagValues } from '../inputs/flags';
import type { Connected, Context } from './command';
import { parseTimeout, type buildFlags, type rollOutFlags } from './common-flags';
import { applyInVersion } from './version/apply';
import { inVersion } from './version/convert';
import { resolveVersion, type ResolvedVersion } from './version/resolve';
import type { DockerSecret } from './docker-secret';
import { inspect, settle } from './findings';
import { locator } from './places';
import { readSecret } from './image-credentials';
import { prepareProducts, type PrepareOptions } from './products';
import type { Standing } from './standing';
import { refuseUnresolved } from './unresolved';

export interface RollOutOptions extends PrepareOptions {
  /** What to wait for: that the function runs, that its image is built, or nothing. */
  until: 'running' | 'built' | 'applied';
  /** Milliseconds to wait, unless the function itself allows for more; undefined for the default. */
  timeout: { milliseconds: number; isAsked: boolean };
  /** The flag by which the user forces it. */
  forceFlag: '--force' | '--force-rollout';
  forcesConflicts: boolean;
  showsBuildLogs: boolean;
  skipsPreflight: boolean;
  isStrict: boolean;
}

/** What the flags say that deploy and build share. @throws UserError for what is no duration */
export function readRollOutFlags(
  flags: FlagValues<typeof rollOutFlags & typeof buildFlags & { timeout: { type: 'string'; description: string } }>,
): Pick<RollOutOptions, 'timeout' | 'forcesConflicts' | 'pinsRevision' | 'skipsPreflight' | 'isStrict'> {
  return {
    timeout: parseTimeout(flags.timeout),
    forcesConflicts: flags['force-conflicts'] === true,
    pinsRevision: flags['pin-revision'] === true,
    skipsPreflight: flags['no-preflight'] === true,
    isStrict: flags.strict === true,
  };
}

/**
 * Brings a function into the cluster: judges it, makes what it is made of, applies it, and waits.
 * @throws ExplainedError for whatever is in the way
 */
export async function rollOut(context: Context, options: RollOutOptions): Promise<FunctionInfo & Standing> {
  const { manifest, baseDirectory, logger, connect } = context;
  const { until, forces } = options;
  refuseUnresolved(context);
  const connected = await connect();
  const { api, key, place } = connected;
  const waits = until !== 'applied';
  const { beginRollout, mustForgetDigest } = await import('./begin-rollout');
  const { products, resolved, secret } = await makeReady(context, connected, options);
  const { body: foreseen } = await inVersion(manifest(key.namespace, products), resolved.version);
  const forgetsDigest = mustForgetDigest(resolved.before, foreseen, { forces });
  const { forcesConflicts } = options;
  await secret?.apply(forcesConflicts);
  const applied = await applyInVersion(context, connected, resolved, {
    products,
    forcesConflicts,
    waitForDying: waits,
  });
  const { body, before } = applied;

  const outcome = settleOutcome(applied, body, key, baseDirectory);
  if (applied.namespaceCreated) logger.info(`Namespace "${key.namespace}" created.`);
  logger.info(`Function "${key.name}" ${outcome} ${place}.`);
  for (const path of droppedFields(body, applied.object)) {
    logger.warn(
      `${await locator(context, applied.sourceOf)(formatPath(path))} was dropped: this cluster does not know it.`,
    );
  }
  const { object, response } = applied;
  const request = { key, applied: object, before, outcome, serverTime: response.serverTime, forgetsDigest };
  const force = { isAsked: forces, flag: options.forceFlag };
  if (!waits) {
    if (forces) await beginRollout(api, request, force, logger);
    if (outcome !== 'unchanged') logger.info(afterwards[outcome]);
    return toInfo(object);
  }
  const { waitForRollout } = await import('./wait');
  const { ownTimeLimit } = await import('../rollout/time-limit');
  const { goal, version: newest } = await beginRollout(api, request, force, logger);
  const needed = ownTimeLimit(body);
  const { milliseconds, isAsked } = options.timeout;
  if (needed > milliseconds && isAsked) logger.info(longerThanAsked);
  return waitForRollout(
    context,
    connected,
    { ...goal, until },
    { timeout: Math.max(milliseconds, needed), version: newest, showsBuildLogs: options.showsBuildLogs },
  );
}

interface Ready {
  products: Products;
  resolved: ResolvedVersion;
  /** The Secret to apply before. */
  secret: DockerSecret | undefined;
}

/**
 * Judges a function by all that can be looked at, and then makes what it is made of, which may take minutes and goes out to registries.
 * @throws ExplainedError for whatever would be in the way later
 */
async function makeReady(context: Context, connected: Connected, options: RollOutOptions): Promise<Ready> {
  const { manifest, namespaceManifest } = context;
  const { api, key } = connected;
  const { mustForgetDigest } = await import('./begin-rollout');
  const resolve = (): Promise<ResolvedVersion> =>
    resolveVersion(context, connected, { reads: options.until !== 'applied' });
  const preparing = prepareProducts(context, options);
  // What is wrong with the props is told before what is wrong with the source.
  const prepared = preparing.catch(() => undefined);
  const [problems, resolved] = await Promise.all([
    inspect(context, connected, options.skipsPreflight),
    resolve(),
    prepared,
  ]);
  await settle(problems, context, options.isStrict);
  const { known, toMake, make } = await preparing;
  const secret = await readSecret(context, connected);
  if (toMake === undefined) return { products: await make(), resolved, secret };

  const imageIsNew = context.props.pack !== undefined;
  const { body: foreseen } = await inVersion(manifest(key.namespace, known), resolved.version);
  mustForgetDigest(resolved.before, foreseen, { forces: options.forces, imageIsNew });
  await requireAccess(api, { key, manifest: foreseen, namespaceManifest: namespaceManifest(key.namespace) });
  // Meanwhile the Function may have changed.
  return { products: await make(), resolved: await resolve(), secret };
}

const longerThanAsked =
  'Waiting longer than --timeout: the function itself allows more for its build and start (build.timeout, serving.timeout).';

const afterwards = {
  created: 'The cluster now works on it; deploy does not wait for that. See its state with: s info',
  updated: 'The cluster now rolls it out; deploy does not wait for that. See its state with: s info',
};

/** What the apply did; what the cluster recorded of it leaves its mark for the next deploy from here. */
function settleOutcome(
  { response, object }: Applied,
  body: FunctionManifest,
  key: ObjectKey,
  baseDirectory: string,
): Outcome {
  const digest = digestOf(body);
  const outcome = outcomeOf(response, object, { digest, manifest: body }, () => readAppliedMark(baseDirectory, key));
  const mark = markOf(object, digest);
  if (isRecordedChange(response, object) && mark) {
    writeAppliedMark(baseDirectory, key, { ...mark, apiVersion: body.apiVersion });
  }
  return outcome;
}
