import { toNamespace } from '../function/namespace';
import { withProducts } from '../function/products';
import { toFunction } from '../function/manifest';
import { parseFlags } from '../inputs/argv';
import type { FlagTable } from '../inputs/flags';
import { baseDirectory, readProps, type Inputs } from '../inputs/inputs';
import { readManifest } from '../inputs/manifest';
import { readTarget } from '../inputs/target';
import type { Validated } from '../props/check';
import { knownProps } from '../props/draft';
import type { Props } from '../props/generated/types';
import { propsOrigin } from '../props/origin';
import { unresolvedPlaces } from '../props/unresolved';
import { validateProps } from '../props/validate';
import type { Command, Context } from './command';
import { commonFlags, type WithCommonFlags } from './common-flags';
import { refuse } from './findings';
import { connectTo, surroundings, writtenIdentity, type ContextOptions } from './surroundings';

/** Makes the context of a command. @throws UserError for every problem of flags and props, all props problems at once. */
export async function createContext<T extends FlagTable>(
  command: Command<T>,
  inputs: Inputs,
  { logger, tolerant, interruption }: ContextOptions,
): Promise<Context<T>> {
  const folder = baseDirectory(inputs);
  const flags: WithCommonFlags<T> = parseFlags(inputs.args, { flags: { ...command.flags, ...commonFlags }, tolerant });
  const validated = await validate(inputs, folder, command);
  const { origin } = validated;
  const check: Context['check'] = async (cluster) => {
    const { checkProps } = await import('../props/check');
    const { name, namespace } = writtenIdentity(validated.props, inputs.yaml && inputs.resource?.name);
    return checkProps(validated, {
      name: name ?? '',
      namespace: flags.namespace ?? namespace,
      releases: undefined,
      ...cluster,
    });
  };
  await refuse(command.needsOnlyTarget ? validated.problems : await check(), { origin, cwd: inputs.cwd });
  const props = validated.props as Props;
  const target = readTarget(props, flags, inputs, folder);

  return {
    ...surroundings(inputs, { flags, logger, interruption }),
    props,
    known: knownProps(props, unresolvedPlaces(validated)),
    origin,
    check,
    namespace: target.namespace,
    manifest: (namespace, products = {}) => toFunction(withProducts(props, products), { name: target.name, namespace }),
    namespaceManifest: (namespace) => (props.createNamespace === true ? toNamespace(namespace) : undefined),
    connect: async () => {
      const { api, namespace, place } = await connectTo(target, logger);
      return { api, key: { name: target.name, namespace }, place };
    },
  };
}

/** The props, or those of the manifest that they name, with what the schema finds wrong. */
async function validate(
  inputs: Inputs,
  folder: string,
  { needsOnlyTarget }: Pick<Command, 'needsOnlyTarget'>,
): Promise<Validated> {
  const written = readProps(inputs);
  const origin = propsOrigin(inputs.resource?.name ?? 'default', inputs.yaml?.path);
  const lacksImage = needsOnlyTarget === true && written['manifest'] === undefined;
  const props = lacksImage ? { image: 'unknown', ...written } : written;
  const problems = await validateProps(props, origin);
  const { manifest: file, ...where } = props;
  if (typeof file !== 'string' || problems.length > 0) return { props, problems, origin };

  const manifest = await readManifest(file, folder);
  return {
    props: { ...manifest.props, ...where },
    problems: await validateProps(manifest.props, manifest.origin),
    origin: manifest.origin,
  };
}
