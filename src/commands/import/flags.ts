import type { FlagTable } from '../../inputs/flags';
import type { FreeContext } from '../command';

export const importFlags = {
  all: { type: 'boolean', description: 'Import all functions of the namespace.' },
  to: {
    type: 'string',
    value: 'FILE',
    description: 'Write a new s.yaml, or add the resources to the one that is there, instead of printing them.',
  },
  'secrets-to': {
    type: 'string',
    value: 'FILE',
    description: 'Write the values of secrets into this file; s reads the .env beside the s.yaml.',
  },
  'api-version': {
    type: 'string',
    value: 'VERSION',
    description: 'Import in this version: v1beta1 or v1beta2. Default: the one in which a function was written.',
  },
} as const satisfies FlagTable;

export type ImportContext = FreeContext<typeof importFlags>;
