import { parseDuration } from '../inputs/duration';
import type { FlagTable, FlagValues } from '../inputs/flags';

/** Flags of all commands. */
export const commonFlags = {
  namespace: { type: 'string', value: 'NAME', description: 'Namespace of the function, instead of props.namespace.' },
  context: { type: 'string', value: 'NAME', description: 'Context of the kubeconfig, instead of props.context.' },
  kubeconfig: { type: 'string', value: 'FILE', description: 'Path of the kubeconfig, instead of props.kubeconfig.' },
  'assume-yes': { type: 'boolean', short: 'y', description: 'Do not ask; answer yes.' },
} as const satisfies FlagTable;

/** The values of flags with those that all commands have. */
export type WithCommonFlags<T extends FlagTable> = FlagValues<T> & FlagValues<typeof commonFlags>;

/** Flags of the commands that judge the whole function. */
export const checkFlags = {
  strict: { type: 'boolean', description: 'Treat warnings about the props as errors.' },
} as const satisfies FlagTable;

/** Flags of those among them that ask the cluster. */
export const preflightFlags = {
  ...checkFlags,
  'no-preflight': { type: 'boolean', description: 'Do not look whether the cluster has what the function uses.' },
} as const satisfies FlagTable;

/** Flags of the commands that make what a function is made of. */
export const buildFlags = {
  'pin-revision': {
    type: 'boolean',
    description: 'Build the commit that build.srcRepo.revision stands for now, so that a moved branch is built anew.',
  },
} as const satisfies FlagTable;

/** Flags of those among them that go on to the function. */
export const deployFlags = {
  'no-build': { type: 'boolean', description: 'Take the image as it is; build and push nothing from this machine.' },
  ...buildFlags,
} as const satisfies FlagTable;

/** Flags of the commands that bring a function into the cluster. */
export const rollOutFlags = {
  'force-conflicts': { type: 'boolean', description: 'Take over fields that other tools have set.' },
  ...preflightFlags,
} as const satisfies FlagTable;

/** How long deploy and build wait. */
export const defaultTimeout = '10m';

/** @throws UserError for what is no duration */
export function parseTimeout(written: string | undefined): { milliseconds: number; isAsked: boolean } {
  return { milliseconds: parseDuration(written ?? defaultTimeout, '--timeout'), isAsked: written !== undefined };
}
