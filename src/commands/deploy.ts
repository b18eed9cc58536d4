import { apply, type Applied } from '../cluster/apply';
import type { ObjectKey } from '../cluster/functions';
import { isRecordedChange, markOf, outcomeOf, type Outcome } from '../cluster/outcome';
import { droppedFields } from '../function/dropped';
import { toInfo } from '../function/info';
import { parseDuration } from '../inputs/duration';
import { formatPath } from '../path';
import { digestOf, readAppliedMark, writeAppliedMark } from '../state/applied';
import { defineCommand } from './command';
import { preflightFlags } from './common-flags';
import { inspect, settle } from './findings';
import { locator } from './places';
import { refuseUnresolved } from './unresolved';

const defaultTimeout = '10m';

export const deploy = defineCommand({
  summary: 'Create or update the function in the cluster, and wait until it runs',
  description: `Create or update the function in the cluster, and wait until it runs.

The props are checked, and whether the cluster has what they use; then they are applied in one step.
Nothing is changed when something is wrong. What may go wrong later is a warning; --strict makes that an error, too.
Fields that other tools have set are left alone unless --force-conflicts is given.
Then it waits until the function really runs. Where it does not, it tells why, with the last lines of the log.

Examples:
  s deploy
  s deploy --context=staging --namespace=team-a
  s deploy --build-logs --timeout=20m`,
  flags: {
    'no-wait': {
      type: 'boolean',
      description: 'Return right after the apply; fail at once where it would have to wait.',
    },
    timeout: {
      type: 'string',
      value: 'DURATION',
      description: `How long to wait, for instance 90s or 20m; at least as long as the function itself allows for build and start. Default: ${defaultTimeout}.`,
    },
    'build-logs': { type: 'boolean', description: 'Print what a build in the cluster writes, as it comes.' },
    'force-rollout': {
      type: 'boolean',
      description: 'Build and start it anew even if OpenFunction sees no change: a moved branch, the same tag.',
    },
    'force-conflicts': { type: 'boolean', description: 'Take over fields that other tools have set.' },
    ...preflightFlags,
  },
  async run(context) {
    const { flags, props, manifest, namespaceManifest, connect, baseDirectory, logger } = context;
    refuseUnresolved(context);
    const waits = flags['no-wait'] !== true;
    const timeout = parseDuration(flags.timeout ?? defaultTimeout, '--timeout');
    if (props.pack) logger.warn(packIsNotRun);
    const connected = await connect();
    const { api, key, place } = connected;
    const { beginRollout, mustForgetDigest, readBefore } = await import('./begin-rollout');
    const [problems, before] = await Promise.all([
      inspect(context, connected, flags['no-preflight'] === true),
      waits ? readBefore(api, key) : undefined,
    ]);
    await settle(problems, context, flags.strict === true);
    const body = manifest(key.namespace);
    const forces = flags['force-rollout'] === true;
    const forgetsDigest = mustForgetDigest(before, body, forces);
    const locate = locator(context);
    const applied = await apply(api, {
      key,
      manifest: body,
      namespaceManifest: namespaceManifest(key.namespace),
      force: flags['force-conflicts'] === true,
      locate,
      waitForDying: waits,
      onDying: () =>
        logger.info(`Function "${key.name}" is being deleted ${place}; waiting up to 5 minutes to create it again.`),
    });

    const outcome = settleOutcome(applied, body, key, baseDirectory);
    if (applied.namespaceCreated) logger.info(`Namespace "${key.namespace}" created.`);
    logger.info(`Function "${key.name}" ${outcome} ${place}.`);
    for (const path of droppedFields(body, applied.object)) {
      logger.warn(`${await locate(formatPath(path))} was dropped: this cluster does not know it.`);
    }
    const { object, response } = applied;
    const request = { key, applied: object, before, outcome, serverTime: response.serverTime, forces, forgetsDigest };
    if (waits) {
      const { waitForRollout } = await import('./wait');
      const { ownTimeLimit } = await import('../rollout/time-limit');
      const { goal, version } = await beginRollout(api, request, logger);
      const needed = ownTimeLimit(body);
      if (needed > timeout && flags.timeout !== undefined) logger.info(longerThanAsked);
      return waitForRollout(context, connected, goal, { timeout: Math.max(timeout, needed), version });
    }
    if (forces) await beginRollout(api, request, logger);
    if (outcome !== 'unchanged') logger.info(afterwards[outcome]);
    return toInfo(object);
  },
});

const packIsNotRun = 'deploy does not run pack: build the image and push it before, for it is deployed as it is.';

const longerThanAsked =
  'Waiting longer than --timeout: the function itself allows more for its build and start (build.timeout, serving.timeout).';

const afterwards = {
  created: 'The cluster now works on it; deploy does not wait for that. See its state with: s info',
  updated: 'The cluster now rolls it out; deploy does not wait for that. See its state with: s info',
};

/** What the apply did; what the cluster recorded of it leaves its mark for the next deploy from here. */
function settleOutcome({ response, object }: Applied, body: object, key: ObjectKey, baseDirectory: string): Outcome {
  const digest = digestOf(body);
  const outcome = outcomeOf(response, object, { digest, manifest: body }, () => readAppliedMark(baseDirectory, key));
  const mark = markOf(object, digest);
  if (isRecordedChange(response, object) && mark) writeAppliedMark(baseDirectory, key, mark);
  return outcome;
}
