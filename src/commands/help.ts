import type { FlagTable } from '../inputs/flags';
import type { Command } from './command';
import { commonFlags } from './common-flags';

/** The shape in which the CLI expects the help of a command (`commands` of a component; options are commander tuples). */
interface CommandHelp {
  help: { summary: string; description: string; option: [string, string][] };
  /** With false the CLI runs the command although `${resources.…}` of other resources cannot be resolved. */
  verify?: false;
}

/** The help of all commands, made from their declarations. */
export function toHelp(
  commands: Record<string, Pick<Command, 'summary' | 'description' | 'flags'>>,
): Record<string, CommandHelp> {
  return Object.fromEntries(
    Object.entries(commands).map(([name, { summary, description, flags }]) => [
      name,
      {
        help: { summary, description, option: toOptions({ ...flags, ...commonFlags }) },
        ...(name !== 'deploy' && { verify: false as const }),
      },
    ]),
  );
}

function toOptions(flags: FlagTable): [string, string][] {
  return Object.entries(flags).map(([name, { short, value, description }]) => {
    const prefix = short === undefined ? '' : `-${short}, `;
    const suffix = value === undefined ? '' : ` <${value.toLowerCase()}>`;
    return [`${prefix}--${name}${suffix}`, description];
  });
}
