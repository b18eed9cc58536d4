import { deleteFunction, getFunction } from '../cluster/functions';
import { UserError } from '../errors';
import { toInfo } from '../function/info';
import { parseDuration } from '../inputs/duration';
import { forgetAppliedMark } from '../state/applied';
import { confirm } from '../ui/confirm';
import { defineCommand, type Context } from './command';
import { rememberRemoved } from './removed';

const defaultTimeout = '5m';

export const remove = defineCommand({
  summary: 'Delete the function from the cluster',
  description: `Delete the function and everything that belongs to it, and wait until it is gone.

It lists what goes and asks before it deletes. Without a terminal it needs -y. A function that does not exist is no error.`,
  flags: {
    timeout: {
      type: 'string',
      value: 'DURATION',
      description: `How long to wait until it is gone, for instance 90s or 5m. Default: ${defaultTimeout}.`,
    },
  },
  needsOnlyTarget: true,
  async run(context) {
    const { logger, flags, connect } = context;
    const timeout = parseDuration(flags.timeout ?? defaultTimeout, '--timeout');
    const connected = await connect();
    const { api, key, place } = connected;
    const live = await getFunction(api, key, ['v1beta1', 'v1beta2']);
    if (live === undefined) {
      logger.info(`Function "${key.name}" does not exist ${place}: nothing to remove.`);
      return undefined;
    }

    logger.info([`To be removed ${place}:`, ...belongings(live).map((line) => `  ${line}`)].join('\n'));
    await requireConsent(context);
    const dying = await deleteFunction(api, key, live);
    if (dying !== undefined) {
      const { waitUntilGone } = await import('../cluster/gone');
      await waitUntilGone(api, key, dying, { timeout, onWaiting: reporter(logger) });
    }
    rememberRemoved(connected, toInfo(live));
    forgetAppliedMark(context.baseDirectory, key);
    logger.info([`Function "${key.name}" removed ${place}.`, ...remains(context, key.namespace)].join('\n'));
    return undefined;
  },
});

function belongings(live: unknown): string[] {
  const { name, build, serving } = toInfo(live);
  return [
    `Function ${name}`,
    ...(build?.resource ? [`Builder ${build.resource} with its builds and their logs`] : []),
    ...(serving?.resource ? [`Serving ${serving.resource} with its pods, Dapr components and scalers`] : []),
  ];
}

/** What deploy has made beside the function, and others may use. */
function remains({ props }: Context, namespace: string): string[] {
  const { imageCredentials, build } = props;
  return [
    ...(imageCredentials?.fromDocker === true
      ? [`  What stays: your login in the Secret; kubectl delete secret ${imageCredentials.name} -n ${namespace}`]
      : []),
    ...(build?.source === undefined ? [] : ['  What stays: the source images in the registry, with tags source-…']),
  ];
}

async function requireConsent({ assumeYes, interactive }: Context): Promise<void> {
  if (assumeYes) return;
  if (!interactive) {
    throw new UserError({
      what: 'Nothing was removed: there is no terminal to ask for confirmation.',
      remedy: 'Run it with -y to remove without a question.',
    });
  }
  if (!(await confirm('Remove?'))) throw new UserError({ what: 'Nothing was removed: the answer was no.' });
}

/** Says once for each set of finalizers what the deletion waits for. */
function reporter(logger: Context['logger']): (finalizers: readonly string[]) => void {
  let last = '';
  return (finalizers) => {
    const current = finalizers.join(', ');
    if (current !== '' && current !== last) {
      logger.info(`Waiting until everything that belongs to it is gone (finalizers: ${current}).`);
    }
    last = current;
  };
}
