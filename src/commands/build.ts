import type { FunctionInfo } from '../function/info';
import { defineCommand, type Context } from './command';
import { buildFlags, defaultTimeout, rollOutFlags } from './common-flags';
import { settle } from './findings';
import { refuseUnresolved } from './unresolved';

export const build = defineCommand({
  summary: 'Build the image of the function, on this machine or in the cluster',
  description: `Build the image of the function.

With pack it is built on this machine, if its source has changed since, and pushed with pack.publish. No cluster is contacted.
With build it is built in the cluster: the function is applied as deploy does it, what the build writes is printed as it comes,
and it ends with the digest of the image. The cluster then starts the function by itself; deploy waits for that, too.

Examples:
  s build
  s build --force
  s build --pin-revision --timeout=20m`,
  flags: {
    force: { type: 'boolean', description: 'Build even though nothing has changed.' },
    timeout: {
      type: 'string',
      value: 'DURATION',
      description: `How long to wait for a build in the cluster, for instance 90s or 20m. Default: ${defaultTimeout}.`,
    },
    ...buildFlags,
    ...rollOutFlags,
  },
  async run(context) {
    const { flags, props, logger } = context;
    const forces = flags.force === true;
    if (props.pack !== undefined) return buildHere(context, forces, flags.strict === true);
    if (props.build === undefined) {
      logger.info(
        `There is nothing to build: the function runs ${props.image} as it is. Add pack or build to the props.`,
      );
      return { image: props.image };
    }
    const { rollOut, readRollOutFlags } = await import('./roll-out');
    const info = await rollOut(context, {
      ...readRollOutFlags(flags),
      forceFlag: '--force',
      forces,
      until: 'built',
      showsBuildLogs: true,
      buildsLocally: true,
    });
    if (info.serving !== undefined) logger.info('The cluster starts it by itself; see how it stands with: s info');
    return imageOf(info);
  },
});

async function buildHere(context: Context, forces: boolean, isStrict: boolean): Promise<object> {
  const { props, logger } = context;
  refuseUnresolved(context);
  await settle(await context.check(), context, isStrict);
  const { prepareProducts } = await import('./products');
  const prepared = await prepareProducts(context, { forces, pinsRevision: false, buildsLocally: true });
  const { digest } = await prepared.make();
  if (prepared.toMake !== undefined) logger.info(`Built ${props.image}${digest === undefined ? '' : `@${digest}`}.`);
  return { image: props.image, ...(digest !== undefined && { digest }) };
}

function imageOf({ image, imageDigest }: FunctionInfo): object {
  return { image, ...(imageDigest !== undefined && { digest: imageDigest }) };
}
