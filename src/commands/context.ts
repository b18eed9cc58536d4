import { toNamespace } from '../function/namespace';
import { toFunction } from '../function/v1beta1';
import { parseFlags } from '../inputs/argv';
import type { FlagTable, FlagValues } from '../inputs/flags';
import { baseDirectory, readProps, type Inputs } from '../inputs/inputs';
import type { Logger } from '../inputs/logger';
import { readManifest } from '../inputs/manifest';
import { readTarget } from '../inputs/target';
import type { Props } from '../props/generated/types';
import { propsOrigin, type Origin } from '../props/origin';
import { problemsError } from '../props/problem';
import { validateProps } from '../props/validate';
import type { Command, Context } from './command';
import { commonFlags } from './common-flags';

/** Makes the context of a command. @throws UserError for every problem of flags and props, all props problems at once. */
export async function createContext<T extends FlagTable>(
  command: Command<T>,
  inputs: Inputs,
  logger: Logger,
  tolerant: boolean,
): Promise<Context<T>> {
  const folder = baseDirectory(inputs);
  const flags: FlagValues<T> & FlagValues<typeof commonFlags> = parseFlags(inputs.args, {
    flags: { ...command.flags, ...commonFlags },
    tolerant,
  });
  const { props, origin } = await readValidProps(inputs, folder, command);
  const target = readTarget(props, flags, inputs, folder);
  const interactive = process.stdin.isTTY && process.stdout.isTTY;

  return {
    flags,
    wantsResult: inputs.args.some((arg) => /^(-o|--output|--output-format|--output-file)(=|$)/.test(arg)),
    assumeYes: flags['assume-yes'] === true,
    interactive,
    logger,
    baseDirectory: folder,
    cwd: inputs.cwd,
    props,
    origin,
    namespace: target.namespace,
    manifest: (namespace) => toFunction(props, { name: target.name, namespace }),
    namespaceManifest: (namespace) => (props.createNamespace === true ? toNamespace(namespace) : undefined),
    connect: async () => {
      const { connectionFor } = await import('../cluster/connection');
      const { createApi } = await import('../cluster/api');
      const connection = await connectionFor(target);
      const namespace = target.namespace ?? connection.namespace ?? 'default';
      return {
        api: createApi(connection, { onRetry: (message) => logger.warn(message) }),
        key: { name: target.name, namespace },
        place: `in namespace "${namespace}" (context "${connection.identity.context}")`,
      };
    },
  };
}

/** The props, or those of the manifest that they name. */
async function readValidProps(
  inputs: Inputs,
  folder: string,
  { needsOnlyTarget }: Pick<Command, 'needsOnlyTarget'>,
): Promise<{ props: Props; origin: Origin }> {
  const written = readProps(inputs);
  const origin = propsOrigin(inputs.resource?.name ?? 'default');
  const lacksImage = needsOnlyTarget === true && written['manifest'] === undefined;
  const props = await requireValid(lacksImage ? { image: 'unknown', ...written } : written, origin);
  if (props.manifest === undefined) return { props, origin };

  const manifest = await readManifest(props.manifest, folder);
  const fromManifest = await requireValid(manifest.props, manifest.origin);
  const { manifest: _file, ...where } = props;
  return { props: { ...fromManifest, ...where }, origin: manifest.origin };
}

async function requireValid(props: unknown, origin: Origin): Promise<Props> {
  const problems = await validateProps(props, origin);
  if (problems.length > 0) throw problemsError(problems, origin);
  return props as Props;
}
