import type { FlagTable } from '../inputs/flags';

/** Flags of all commands. */
export const commonFlags = {
  namespace: { type: 'string', value: 'NAME', description: 'Namespace of the function, instead of props.namespace.' },
  context: { type: 'string', value: 'NAME', description: 'Context of the kubeconfig, instead of props.context.' },
  kubeconfig: { type: 'string', value: 'FILE', description: 'Path of the kubeconfig, instead of props.kubeconfig.' },
  'assume-yes': { type: 'boolean', short: 'y', description: 'Do not ask; answer yes.' },
} as const satisfies FlagTable;

/** Flags of the commands that judge the whole function. */
export const checkFlags = {
  strict: { type: 'boolean', description: 'Treat warnings about the props as errors.' },
} as const satisfies FlagTable;

/** Flags of those among them that ask the cluster. */
export const preflightFlags = {
  ...checkFlags,
  'no-preflight': { type: 'boolean', description: 'Do not look whether the cluster has what the function uses.' },
} as const satisfies FlagTable;
