import { getFunction } from '../cluster/functions';
import { UserError } from '../errors';
import { toInfo } from '../function/info';
import { defineCommand } from './command';

export const info = defineCommand({
  summary: 'Show the function as it is in the cluster',
  description: `Show the function as it is in the cluster: state of build and serving with their reasons, image, addresses.

Other resources can use its result as \${resources.NAME.info.KEY}.`,
  flags: {},
  needsOnlyTarget: true,
  async run({ connect, logger }) {
    const { api, key, place } = await connect();
    const live = await getFunction(api, key, ['v1beta2', 'v1beta1']);
    if (live !== undefined) {
      if (live.status === undefined) logger.info('OpenFunction has not reported a state yet.');
      return toInfo(live);
    }
    throw new UserError({
      what: `The function "${key.name}" does not exist ${place}.`,
      remedy: 'Create it with: s deploy',
    });
  },
});
