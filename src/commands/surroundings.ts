import { baseDirectory, type Inputs } from '../inputs/inputs';
import type { FlagTable } from '../inputs/flags';
import type { Logger } from '../inputs/logger';
import type { Place } from '../inputs/target';
import { holdsReference } from '../props/reference';
import { isRecord } from '../record';
import type { ConnectedNamespace, Surroundings } from './command';
import type { WithCommonFlags } from './common-flags';
import type { Interruption } from './cut-short';

export interface ContextOptions {
  logger: Logger;
  /** Whether the arguments were meant for another command. */
  tolerant: boolean;
  interruption: Interruption;
}

/** What every command works with. */
export function surroundings<T extends FlagTable>(
  inputs: Inputs,
  own: Pick<Surroundings<T>, 'logger' | 'interruption'> & { flags: WithCommonFlags<T> },
): Surroundings<T> {
  return {
    ...own,
    wantsResult: inputs.args.some((arg) => /^(-o|--output|--output-format|--output-file)(=|$)/.test(arg)),
    assumeYes: own.flags['assume-yes'] === true,
    interactive: process.stdin.isTTY && process.stdout.isTTY,
    terminal: process.stdout.isTTY && !inputs.args.includes('--silent') ? write : undefined,
    aside: inputs.args.includes('--silent') ? () => {} : (text) => void process.stderr.write(`${text}\n`),
    baseDirectory: baseDirectory(inputs),
    source: inputs.yaml && { file: inputs.yaml.path, resource: inputs.resource?.name ?? 'default' },
    cwd: inputs.cwd,
  };
}

function write(text: string): void {
  process.stdout.write(text);
}

/** A namespace of the cluster. Nothing is sent yet. */
export async function connectTo(place: Place, logger: Logger): Promise<ConnectedNamespace> {
  const { connectionFor } = await import('../cluster/connection');
  const { createApi } = await import('../cluster/api');
  const connection = await connectionFor(place);
  const namespace = place.namespace ?? connection.namespace ?? 'default';
  return {
    api: createApi(connection, { onRetry: warnOnce(logger) }),
    namespace,
    place: `in namespace "${namespace}" (context "${connection.identity.context}")`,
  };
}

/** Requests that go out together often fail together. */
function warnOnce(logger: Logger): (message: string) => void {
  const told = new Set<string>();
  return (message) => {
    if (!told.has(message)) logger.warn(message);
    told.add(message);
  };
}

/** Name and namespace as far as they are known, whatever else is wrong. */
export function writtenIdentity(
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
