import { parseArgs } from 'node:util';
import { UserError } from '../errors';
import { nearest } from '../nearest';
import { cliFlags, type FlagTable, type FlagValues } from './flags';

interface ArgvOptions<T extends FlagTable> {
  flags: T;
  /** Whether the arguments were meant for another command: what is unknown here is left out. */
  tolerant?: boolean;
}

/** Reads the flags of a command that takes no other arguments. @throws UserError also for such an argument */
export function parseFlags<T extends FlagTable>(args: readonly string[], options: ArgvOptions<T>): FlagValues<T> {
  const { flags, positionals } = parseArguments(args, options);
  const [unexpected] = options.tolerant ? [] : positionals;
  if (unexpected !== undefined) throw unexpectedArgument(unexpected);
  return flags;
}

/** The arguments of a command, by their kind. */
interface Arguments<T extends FlagTable> {
  flags: FlagValues<T>;
  positionals: string[];
  /** What stands after `--`. */
  rest: string[];
}

/**
 * Reads what the CLI hands over.
 *
 * Values are taken as they are typed: nothing becomes a number. `--` ends the flags.
 * @throws UserError for an unknown flag, or a missing or unexpected value
 */
export function parseArguments<T extends FlagTable>(args: readonly string[], options: ArgvOptions<T>): Arguments<T> {
  const known: FlagTable = { ...withoutShorts(cliFlags, options.flags), ...options.flags };
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(Object.entries(known).map(([name, flag]) => [name, toParseArgsOption(flag)])),
    strict: false,
    tokens: true,
  });

  const values: Record<string, string | boolean> = {};
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'option-terminator') {
      return { flags: values as FlagValues<T>, positionals, rest: args.slice(token.index + 1) };
    }
    if (token.kind === 'positional') {
      positionals.push(token.value);
      continue;
    }
    const flag = Object.hasOwn(known, token.name) ? known[token.name] : undefined;
    if (flag === undefined && options.tolerant) continue;
    if (flag === undefined) throw unknownFlag(token.rawName, options.flags);
    if (flag.type === 'string' && lacksValue(token)) throw missingValue(token.rawName, flag.value);
    if (flag.type === 'boolean' && token.value !== undefined) throw unexpectedValue(token.rawName, token.value);
    if (Object.hasOwn(options.flags, token.name)) values[token.name] = token.value ?? true;
  }
  return { flags: values as FlagValues<T>, positionals, rest: [] };
}

/** A letter that the command takes for itself, it does not share with the CLI. */
function withoutShorts(flags: FlagTable, others: FlagTable): FlagTable {
  const taken = new Set(Object.values(others).map(({ short }) => short));
  return Object.fromEntries(
    Object.entries(flags).map(([name, { short, ...flag }]) => [
      name,
      short === undefined || taken.has(short) ? flag : { ...flag, short },
    ]),
  );
}

function toParseArgsOption(flag: FlagTable[string]): { type: 'string' | 'boolean'; short?: string } {
  return flag.short === undefined ? { type: flag.type } : { type: flag.type, short: flag.short };
}

/** `--namespace --yes` and `--namespace=` are slips, not values. */
function lacksValue(token: { value?: string | undefined; inlineValue?: boolean | undefined }): boolean {
  if (!token.value) return true;
  return token.inlineValue !== true && token.value.startsWith('-');
}

function unknownFlag(given: string, flags: FlagTable): UserError {
  const word = given.replace(/^-+/, '');
  const names = Object.keys(flags);
  const suggestion = nearest(word, names) ?? names.find((name) => name.startsWith(word) || name.endsWith(`-${word}`));
  return new UserError({
    what: `Unknown flag ${given}.`,
    why: `This command knows ${listFlags(flags)}.`,
    remedy: suggestion === undefined ? 'Leave it out, or see the help with -h.' : `Did you mean --${suggestion}?`,
  });
}

function missingValue(given: string, placeholder = 'VALUE'): UserError {
  return new UserError({ what: `The flag ${given} needs a value.`, remedy: `Write ${given}=${placeholder}.` });
}

function unexpectedValue(given: string, value: string): UserError {
  return new UserError({
    what: `The flag ${given} takes no value, but got "${value}".`,
    remedy: `Write ${given} alone, or leave it out.`,
  });
}

function unexpectedArgument(value: string): UserError {
  return new UserError({
    what: `Unexpected argument "${value}".`,
    remedy: 'Write the value of a flag as --flag=value. To run the command for one resource: s RESOURCE COMMAND.',
  });
}

function listFlags(flags: FlagTable): string {
  return Object.keys(flags)
    .map((name) => `--${name}`)
    .join(', ');
}
