import { homedir } from 'node:os';
import path from 'node:path';
import { UserError } from '../errors';
import type { Props } from '../props/generated/types';
import type { Inputs } from './inputs';

/** Where a function is, as far as props and flags say; what they leave open, the kubeconfig decides. */
export interface Target {
  name: string;
  namespace: string | undefined;
  /** Absolute path. */
  kubeconfig: string | undefined;
  context: string | undefined;
}

interface TargetFlags {
  namespace?: string;
  context?: string;
  kubeconfig?: string;
}

/** The target by flags, then props. @throws UserError when no name is known, or a part is still a `${…}`. */
export function readTarget(props: Props, flags: TargetFlags, inputs: Inputs, baseDirectory: string): Target {
  const kubeconfig = resolveFile(flags.kubeconfig, inputs.cwd) ?? resolveFile(props.kubeconfig, baseDirectory);
  const target: Target = {
    name: props.name ?? resourceName(inputs),
    namespace: flags.namespace ?? props.namespace,
    kubeconfig,
    context: flags.context ?? props.context,
  };
  for (const [key, value] of Object.entries(target) as [string, string | undefined][]) {
    if (value?.includes('${')) throw unresolved(key, value);
  }
  return target;
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
  if (file === undefined) return undefined;
  return path.resolve(folder, file.replace(/^~(?=$|[\\/])/, homedir()));
}

function unresolved(key: string, value: string): UserError {
  return new UserError({
    what: `props.${key} is still ${value}.`,
    why: 'The CLI knows outputs of other resources only during deploy.',
    remedy: `Use \${resources.NAME.info.KEY} or \${resources.NAME.props.KEY} instead, or write the value.`,
  });
}
