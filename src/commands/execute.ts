import { ExplainedError, messageOf } from '../errors';
import type { Inputs } from '../inputs/inputs';
import type { Logger } from '../inputs/logger';
import { redactText } from '../redact';
import { commands, type CommandName } from './index';
import type { Command } from './command';
import { outputClosed } from './closed-output';
import { createContext } from './context';
import { failIfCutShort, interruptible } from './cut-short';
import { exitCodes } from './exit-codes';

/** Runs a command for the CLI. @throws Error whose message is all that the user needs to read. */
export async function execute(name: CommandName, inputs: Inputs, logger: Logger): Promise<object | undefined> {
  const command = commands[name] as Command;
  // From here on it is no error when nobody reads the output any more.
  outputClosed();
  const end = interruptible();
  const { interruption } = end;
  const done = failIfCutShort(logger, end);
  try {
    // For `${resources.x.info.y}` the CLI runs `info` with the arguments of the command that needs it.
    const tolerant = inputs.command !== name;
    return await command.run(await createContext(command, inputs, { logger, tolerant, interruption }));
  } catch (error) {
    throw report(error, inputs, logger);
  } finally {
    done();
  }
}

/**
 * With `-o` or `--output-format` CLI 3.1.10 swallows the error of a component and exits 0 (its getAllowFailure);
 * so ofn shows it and sets the exit code itself. The logger shows nothing at all with `--silent`.
 */
function report(error: unknown, { args }: Inputs, logger: Logger): unknown {
  const shown = error instanceof ExplainedError ? error : unexpected(error);
  if (args.includes('-o') || args.includes('--output-format')) {
    if (args.includes('--silent')) process.stderr.write(`${shown.message}\n`);
    else logger.error(shown.message);
    process.exitCode = exitCodes.failed;
  }
  return shown;
}

function unexpected(error: unknown): Error {
  const message = `Unexpected error in ofn: ${redactText(messageOf(error))}\nWhat to do: run the command again with --debug and report what it prints.`;
  const wrapped = new Error(message, { cause: error });
  // With --debug the CLI prints the stack, and the cause is lost.
  if (error instanceof Error) wrapped.stack = redactText(`${message}\n${error.stack ?? ''}`);
  return wrapped;
}
