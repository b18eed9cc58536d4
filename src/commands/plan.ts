import type { ApiVersion } from '../api-version';
import { planApply, type PlannedApply, type PlanRequest } from '../cluster/plan';
import { isLiveObject } from '../cluster/status';
import { toComparable } from '../function/comparable';
import { print } from '../inputs/logger';
import { unresolvedPlaces } from '../props/unresolved';
import { valueAt } from '../record';
import { numberedMark, redact } from '../redact';
import { usesColour } from '../ui/colour';
import { changesBetween } from '../ui/diff';
import { defineCommand, type Connected, type Context } from './command';
import { deployFlags, preflightFlags } from './common-flags';
import { inspect, settle } from './findings';
import { readSecret } from './image-credentials';
import { locator } from './places';
import { warnUnresolved } from './unresolved';
import { inVersion } from './version/convert';
import { resolveVersion } from './version/resolve';

export const plan = defineCommand({
  summary: 'Show what deploy would change',
  description: `Show what deploy would change in the cluster, and change nothing.

The cluster itself computes the outcome by a dry run. What would keep the function from running is told, too, and
plan fails where deploy would. Secrets are shown as marks: equal marks stand for equal values.`,
  flags: {
    'force-conflicts': {
      type: 'boolean',
      description: 'Plan as if deploy took over fields that other tools have set.',
    },
    ...deployFlags,
    ...preflightFlags,
  },
  async run(context) {
    const { flags, logger, manifest, connect } = context;
    warnUnresolved(context);
    const connected = await connect();
    const { key, place } = connected;
    const { foreseeProducts } = await import('./products');
    const products = await foreseeProducts(context, flags);
    const inspecting = inspect(context, connected, flags['no-preflight'] === true);
    // It fails below, when its turn has come.
    inspecting.catch(() => {});
    const { version, why, before, refusal } = await resolveVersion(context, connected, { reads: true });
    const { body, sourceOf } = await inVersion(manifest(key.namespace, products), version);
    if (why !== undefined) logger.info(`Function "${key.name}" would be applied as ${body.apiVersion}: ${why}.`);
    const planning = planIn(connected, version, refusal, {
      key,
      manifest: body,
      before: before ?? null,
      provisional: unresolvedPlaces(context).length > 0,
      force: flags['force-conflicts'] === true,
      locate: locator(context, sourceOf),
    });
    const [problems] = await Promise.all([inspecting, planning.catch(() => undefined)]);
    const strict = flags.strict === true;
    const result = await planning.catch(async (error: unknown) => {
      await settle(problems, context, strict);
      throw error;
    });

    const mark = numberedMark();
    const isDying = valueAt(result.live, ['metadata', 'deletionTimestamp']) !== undefined;
    const now = isDying ? undefined : redact(toComparable(result.live), mark);
    const after = redact(toComparable(result.planned), mark);
    const changes = changesBetween(now ?? {}, after);
    const action = now === undefined ? 'create' : changes.length > 0 ? 'update' : 'unchanged';

    logger.info(`Function "${key.name}" ${forecast[action]} ${place}.`);
    if (changes.length > 0) {
      const { manifestDiff } = await import('../ui/manifest-diff');
      print(logger, manifestDiff(now, after, usesColour()));
    }
    if (isDying) logger.warn('The function of this name is being deleted; deploy waits until it is gone.');
    warnOfLimitation(context, result, key.namespace);
    await settle(problems, context, strict);
    const { foreseeUnseen, mustForgetDigest } = await import('./begin-rollout');
    if (action === 'update' && isLiveObject(result.live) && isLiveObject(result.planned)) {
      foreseeUnseen(logger, result.live, result.planned);
    }
    if (!isDying) mustForgetDigest(isLiveObject(result.live) ? result.live : null, body, { forces: false });
    await (await readSecret(context, connected))?.foresee(flags['force-conflicts'] === true);
    return { action, changes };
  },
});

async function planIn(
  connected: Connected,
  version: ApiVersion,
  refusal: Error | undefined,
  request: PlanRequest,
): Promise<PlannedApply> {
  if (refusal !== undefined) throw refusal;
  const { before, manifest } = request;
  if (before && version === 'v1beta2') {
    const { planMigration } = await import('./version/migrate');
    const planned = await planMigration(connected, before, manifest);
    if (planned !== undefined) return planned;
  }
  return planApply(connected.api, request);
}

const forecast = {
  create: 'would be created',
  update: 'would be updated',
  unchanged: 'would stay as it is',
};

function warnOfLimitation(
  { logger, namespaceManifest }: Context,
  { limitation }: PlannedApply,
  namespace: string,
): void {
  if (limitation === 'missing namespace') {
    const created = namespaceManifest(namespace) !== undefined;
    logger.warn(
      created
        ? `The namespace "${namespace}" does not exist; deploy would create it. What the cluster adds to the function is not shown.`
        : `The namespace "${namespace}" does not exist; deploy would fail. Create it, or add createNamespace: true to the props.`,
    );
  }
  if (limitation === 'other version') {
    logger.warn(
      'The function would be applied in another version for the first time: what the cluster adds is not shown.',
    );
  }
  if (limitation === 'unknown values') {
    logger.warn(
      'The cluster cannot plan with values that are known only during deploy: what it adds to the function, and what it would refuse, is not shown.',
    );
  }
  if (limitation === 'dry run not supported') {
    logger.warn(
      'A webhook of this cluster does not support dry runs: what the cluster adds to the function, and what it would refuse, is not shown.',
    );
  }
}
