import type { FlagTable } from '../inputs/flags';

/** Logs that are read at once, unless told otherwise. */
export const defaultStreams = 100;

/** Which logs are printed, and how. */
export const logFlags = {
  follow: { type: 'boolean', short: 'f', description: 'Go on with what is written from now on.' },
  container: {
    type: 'string',
    value: 'NAME',
    description: 'Another container than that of the function: its name, daprd, or all.',
  },
  proxy: { type: 'boolean', description: 'The pods of the Dapr proxy, instead of those of the function.' },
  build: { type: 'boolean', description: 'The steps of the build in the cluster: of the one that runs, or the last.' },
  previous: { type: 'boolean', description: 'What was written before the last restart; with -f, that first.' },
  tail: { type: 'string', value: 'N', description: 'Only the last N lines of each container.' },
  since: {
    type: 'string',
    value: 'TIME',
    description: 'Only what was written since: 5m, 1h30m, or a time such as 2026-01-31T08:00:00Z.',
  },
  timestamps: { type: 'boolean', description: 'Begin each line with its time.' },
  grep: {
    type: 'string',
    value: 'REGEX',
    description: 'Only lines that match the regular expression; (?i) at its beginning ignores case.',
  },
  invert: { type: 'boolean', description: 'With --grep: only lines that do not match.' },
  json: { type: 'boolean', description: 'One JSON object a line: time, pod, container, message.' },
  pretty: { type: 'boolean', description: 'Show lines that are JSON in a form for people.' },
  'max-streams': {
    type: 'string',
    value: 'N',
    description: `How many logs to read at once; the others wait. Default: ${defaultStreams}.`,
  },
} as const satisfies FlagTable;
