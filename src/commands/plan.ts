import { planApply, type PlannedApply } from '../cluster/plan';
import { isLiveObject } from '../cluster/status';
import { toComparable } from '../function/comparable';
import { print } from '../inputs/logger';
import { unresolvedPlaces } from '../props/unresolved';
import { valueAt } from '../record';
import { numberedMark, redact } from '../redact';
import { usesColour } from '../ui/colour';
import { changesBetween } from '../ui/diff';
import { defineCommand, type Context } from './command';
import { deployFlags, preflightFlags } from './common-flags';
import { inspect, settle } from './findings';
import { readSecret } from './image-credentials';
import { locator } from './places';
import { warnUnresolved } from './unresolved';

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
    const { api, key, place } = connected;
    const { foreseeProducts } = await import('./products');
    const products = await foreseeProducts(context, flags);
    const body = manifest(key.namespace, products);
    const planning = planApply(api, {
      key,
      manifest: body,
      provisional: unresolvedPlaces(context).length > 0,
      force: flags['force-conflicts'] === true,
      locate: locator(context),
    });
    const [problems] = await Promise.all([
      inspect(context, connected, flags['no-preflight'] === true),
      planning.catch(() => undefined),
    ]);
    const strict = flags.strict === true;
    const result = await planning.catch(async (error: unknown) => {
      await settle(problems, context, strict);
      throw error;
    });

    const mark = numberedMark();
    const isDying = valueAt(result.live, ['metadata', 'deletionTimestamp']) !== undefined;
    const before = isDying ? undefined : redact(toComparable(result.live), mark);
    const after = redact(toComparable(result.planned), mark);
    const changes = changesBetween(before ?? {}, after);
    const action = before === undefined ? 'create' : changes.length > 0 ? 'update' : 'unchanged';

    logger.info(`Function "${key.name}" ${forecast[action]} ${place}.`);
    if (changes.length > 0) {
      const { manifestDiff } = await import('../ui/manifest-diff');
      print(logger, manifestDiff(before, after, usesColour()));
    }
    if (isDying) logger.warn('The function of this name is being deleted; deploy waits until it is gone.');
    warnOfLimitation(context, result, key.namespace);
    await settle(problems, context, strict);
    const { mustForgetDigest } = await import('./begin-rollout');
    if (!isDying) mustForgetDigest(isLiveObject(result.live) ? result.live : null, body, { forces: false });
    await (await readSecret(context, connected))?.foresee(flags['force-conflicts'] === true);
    return { action, changes };
  },
});

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
