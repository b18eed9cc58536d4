import { homedir } from 'node:os';
import path from 'node:path';
import { UserError } from '../errors';
import type { Props } from '../props/generated/types';
import type { Inputs } from './inputs';

/** Where functions are, as far as props and flags say; what they leave open, the kubeconfig decides. */
export interface Place {
  namespace: string | undefined;
  /** Absolute path. */
  kubeconfig: string | undefined;
  context: string | undefined;
}

/** Where a function is. */
export interface Target extends Place {
  name: string;
}

interface TargetFlags {
  namespace?: string;
  context?: string;
  kubeconfig?: string;
}

/** The target by flags, then props. @throws UserError when no name is known, or a part is still a `${…}`. */
export function readTarget(props: Props, flags: TargetFlags, inputs: Inputs, baseDirectory: string): Target {
  const name = props.name || resourceName(inputs);
  return { name, ...readPlace(props, flags, inputs, baseDirectory, { name }) };
}

/** The place alone. @param others texts that must be known, too. @throws UserError when a part is still a `${…}` */
export function readPlace(
  props: Pick<Props, 'namespace' | 'context' | 'kubeconfig'>,
  flags: TargetFlags,
  { cwd }: Pick<Inputs, 'cwd'>,
  baseDirectory: string,
  others: Record<string, string> = {},
): Place {
  const namespace = requireNamespace(flags.namespace) ?? (props.namespace || undefined);
  const context = flags.context ?? (props.context || undefined);
  requireResolved({ ...others, namespace, context, kubeconfig: flags.kubeconfig ?? props.kubeconfig });
  const kubeconfig = resolveFile(flags.kubeconfig, cwd) ?? resolveFile(props.kubeconfig, baseDirectory);
  return { namespace, context, kubeconfig };
}

/** @throws UserError that lists every part that is still a reference. */
function requireResolved(target: Record<string, string | undefined>): void {
  const parts = Object.entries(target).filter(([, value]) => value?.includes('${'));
  if (parts.length === 0) return;
  throw new UserError({
    what: parts.map(([key, value]) => `props.${key} is still ${value}.`).join('\n'),
    why: 'The CLI knows outputs of other resources only while it deploys them.',
    remedy:
      'Use ${resources.NAME.props.KEY} or ${vars.KEY} here, or write the value: every command must know where the function is.',
  });
}

function resourceName({ yaml, resource }: Inputs): string {
  if (yaml !== undefined && resource !== undefined) return resource.name;
  throw new UserError({
    what: 'The name of the function is missing.',
    why: 'There is no s.yaml whose resource could give it.',
    remedy: `Add it to the props: -p '{"name": "hello"}'.`,
  });
}

/** An absolute path; `~` is the home folder, as in a shell. */
function resolveFile(file: string | undefined, folder: string): string | undefined {
  if (!file) return undefined;
  return path.resolve(folder, file.replace(/^~(?=$|[\\/])/, homedir()));
}

/** The schema checks the namespace of the props; this checks that of the flag. */
function requireNamespace(namespace: string | undefined): string | undefined {
  if (namespace === undefined || /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(namespace)) return namespace;
  throw new UserError({
    what: `--namespace=${namespace} cannot be the name of a namespace.`,
    remedy: 'Use at most 63 lower-case letters, digits and "-", with a letter or digit at both ends.',
  });
}
