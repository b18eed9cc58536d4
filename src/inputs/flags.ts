/** One command-line flag, as declared by a command; help and parser both come from this. */
export interface FlagDeclaration {
  type: 'string' | 'boolean';
  /** One letter, for `-y`. Not one that means something to the CLI whatever the command: a, t, o, h, v. */
  short?: string;
  /** Placeholder of the value in the help, for instance `NAME`. */
  value?: string;
  description: string;
}

/** Flags by their long name without dashes, for instance `force-conflicts`. */
export type FlagTable = Record<string, FlagDeclaration>;

/** The values of parsed flags; a flag that was not given is absent. */
export type FlagValues<T extends FlagTable> = {
  [Name in keyof T]?: T[Name]['type'] extends 'boolean' ? boolean : string;
};

/** Flags of the `s` CLI itself, which reach every component with its own flags (facts of CLI 3.1.10). */
export const cliFlags = {
  access: { type: 'string', short: 'a', description: 'Access alias of the CLI.' },
  template: { type: 'string', short: 't', description: 'Path of the s.yaml.' },
  output: { type: 'string', short: 'o', description: 'Output format of the CLI.' },
  'output-format': { type: 'string', description: 'Output format of the CLI.' },
  'output-file': { type: 'string', description: 'Output file of the CLI.' },
  env: { type: 'string', description: 'Environment of the CLI.' },
  'baseline-template': { type: 'string', description: 'Other s.yaml to compare with.' },
  props: { type: 'string', short: 'p', description: 'Props for `s cli`, as JSON.' },
  debug: { type: 'boolean', description: 'Debug output of the CLI.' },
  'skip-actions': { type: 'boolean', description: 'Skip the actions of the s.yaml.' },
  silent: { type: 'boolean', description: 'No progress output.' },
  'no-verify': { type: 'boolean', description: 'No verification by the CLI.' },
  verify: { type: 'boolean', description: 'Verification by the CLI.' },
  force: { type: 'boolean', short: 'f', description: 'Go on after failures of `info`.' },
  help: { type: 'boolean', short: 'h', description: 'Help.' },
  version: { type: 'boolean', short: 'v', description: 'Version.' },
} as const satisfies FlagTable;
