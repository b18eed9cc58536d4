import { defineCommand } from './command';
import { defaultTimeout, deployFlags, rollOutFlags } from './common-flags';

export const deploy = defineCommand({
  summary: 'Create or update the function in the cluster, and wait until it runs',
  description: `Create or update the function in the cluster, and wait until it runs.

The props are checked, and whether the cluster has what they use. With pack, the image is built if its source has changed
since, and exactly that image is deployed; with build.source, the source is pushed. Then all is applied in one step.
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
      description: 'Build and start it anew even if nothing seems to have changed: a moved branch, the same tag.',
    },
    ...deployFlags,
    ...rollOutFlags,
  },
  async run(context) {
    const { flags } = context;
    const { rollOut, readRollOutFlags } = await import('./roll-out');
    return rollOut(context, {
      ...readRollOutFlags(flags),
      forceFlag: '--force-rollout',
      forces: flags['force-rollout'] === true,
      until: flags['no-wait'] === true ? 'applied' : 'running',
      showsBuildLogs: flags['build-logs'] === true,
      buildsLocally: flags['no-build'] !== true,
    });
  },
});
