import { apply, type Applied } from '../cluster/apply';
import type { ObjectKey } from '../cluster/functions';
import { isRecordedChange, markOf, outcomeOf, type Outcome } from '../cluster/outcome';
import { droppedFields } from '../function/dropped';
import { toInfo } from '../function/info';
import { formatPath } from '../path';
import { digestOf, readAppliedMark, writeAppliedMark } from '../state/applied';
import { defineCommand } from './command';
import { preflightFlags } from './common-flags';
import { inspect, settle } from './findings';
import { locator } from './places';
import { refuseUnresolved } from './unresolved';

export const deploy = defineCommand({
  summary: 'Create or update the function in the cluster',
  description: `Create or update the function in the cluster.

The props are checked, and whether the cluster has what they use; then they are applied in one step.
Nothing is changed when something is wrong. What may go wrong later is a warning; --strict makes that an error, too.
Fields that other tools have set are left alone unless --force-conflicts is given.

Examples:
  s deploy
  s deploy --context=staging --namespace=team-a`,
  flags: {
    'no-wait': {
      type: 'boolean',
      description: 'Return right after the apply; fail at once where it would have to wait.',
    },
    'force-conflicts': { type: 'boolean', description: 'Take over fields that other tools have set.' },
    ...preflightFlags,
  },
  async run(context) {
    const { flags, props, manifest, namespaceManifest, connect, baseDirectory, logger } = context;
    refuseUnresolved(context);
    if (props.pack) logger.warn(packIsNotRun);
    const connected = await connect();
    const { api, key, place } = connected;
    await settle(await inspect(context, connected, flags['no-preflight'] === true), context, flags.strict === true);
    const body = manifest(key.namespace);
    const locate = locator(context);
    const applied = await apply(api, {
      key,
      manifest: body,
      namespaceManifest: namespaceManifest(key.namespace),
      force: flags['force-conflicts'] === true,
      locate,
      waitForDying: flags['no-wait'] !== true,
      onDying: () =>
        logger.info(`Function "${key.name}" is being deleted ${place}; waiting up to 5 minutes to create it again.`),
    });

    const outcome = settleOutcome(applied, body, key, baseDirectory);
    if (applied.namespaceCreated) logger.info(`Namespace "${key.namespace}" created.`);
    logger.info(`Function "${key.name}" ${outcome} ${place}.`);
    for (const path of droppedFields(body, applied.object)) {
      logger.warn(`${await locate(formatPath(path))} was dropped: this cluster does not know it.`);
    }
    if (outcome !== 'unchanged') logger.info(afterwards[outcome]);
    return toInfo(applied.object);
  },
});

const packIsNotRun = 'deploy does not run pack: build the image and push it before, for it is deployed as it is.';

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
