import { toNamespace } from '../function/namespace';
import { withProducts } from '../function/products';
import { toFunction } from '../function/manifest';
import { parseFlags } from '../inputs/argv';
import type { FlagTable, FlagValues } from '../inputs/flags';
import { baseDirectory, readProps, type Inputs } from '../inputs/inputs';
import type { Logger } from '../inputs/logger';
import { readManifest } from '../inputs/manifest';
import { readTarget } from '../inputs/target';
import type { Validated } from '../props/check';
import { knownProps } from '../props/draft';
import type { Props } from '../props/generated/types';
import { propsOrigin } from '../props/origin';
import { holdsReference } from '../props/reference';
import { unresolvedPlaces } from '../props/unresolved';
import { validateProps } from '../props/validate';
import { isRecord } from '../record';
import type { Command, Context } from './command';
import type { Interruption } from './cut-short';
import { commonFlags } from './common-flags';
import { refuse } from './findings';

/** Makes the context of a command. @throws UserError for every problem of flags and props, all props problems at once. */
export async function createContext<T extends FlagTable>(
  command: Command<T>,
  inputs: Inputs,
  { logger, tolerant, interruption }: { logger: Logger; tolerant: boolean; interruption: Interruption },
): Promise<Context<T>> {
  const folder = baseDirectory(inputs);
  const flags: FlagValues<T> & FlagValues<typeof commonFlags> = parseFlags(inputs.args, {
    flags: { ...command.flags, ...commonFlags },
    tolerant,
  });
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
  const interactive = process.stdin.isTTY && process.stdout.isTTY;

  return {
    flags,
    wantsResult: inputs.args.some((arg) => /^(-o|--output|--output-format|--output-file)(=|$)/.test(arg)),
    assumeYes: flags['assume-yes'] === true,
    interactive,
    logger,
    terminal: process.stdout.isTTY && !inputs.args.includes('--silent') ? write : undefined,
    aside: inputs.args.includes('--silent') ? () => {} : (text) => void process.stderr.write(`${text}\n`),
    interruption,
    baseDirectory: folder,
    source: inputs.yaml && { file: inputs.yaml.path, resource: inputs.resource?.name ?? 'default' },
    cwd: inputs.cwd,
    props,
    known: knownProps(props, unresolvedPlaces(validated)),
    origin,
    check,
    namespace: target.namespace,
    manifest: (namespace, products = {}) => toFunction(withProducts(props, products), { name: target.name, namespace }),
    namespaceManifest: (namespace) => (props.createNamespace === true ? toNamespace(namespace) : undefined),
    connect: async () => {
      const { connectionFor } = await import('../cluster/connection');
      const { createApi } = await import('../cluster/api');
      const connection = await connectionFor(target);
      const namespace = target.namespace ?? connection.namespace ?? 'default';
      return {
        api: createApi(connection, { onRetry: warnOnce(logger) }),
        key: { name: target.name, namespace },
        place: `in namespace "${namespace}" (context "${connection.identity.context}")`,
      };
    },
  };
}

function write(text: string): void {
  process.stdout.write(text);
}

/** Requests that go out together often fail together. */
function warnOnce(logger: Logger): (message: string) => void {
  const told = new Set<string>();
  return (message) => {
    if (!told.has(message)) logger.warn(message);
    told.add(message);
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

/** Name and namespace as far as they are known, whatever else is wrong. */
function writtenIdentity(
  props: unknown,
  resource: string | undefined,
): { name: string | undefined; namespace: string | undefined } {
  const textOf = (key: string): string | undefined => {
    const value = isRecord(props) ? props[key] : undefined;
    return typeof value === 'string' && value !== '' && !holdsReference(value) ? value : undefined;
  };
  const isNamed = isRecord(props) && Boolean(props['name']);
  return { name: isNamed ? textOf('name') : resource, namespace: textOf('namespace') };
}
