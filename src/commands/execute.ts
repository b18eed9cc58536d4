import { ExplainedError, messageOf } from '../errors';
import type { Inputs } from '../inputs/inputs';
import type { Logger } from '../inputs/logger';
import { redactText } from '../redact';
import { outputClosed } from './closed-output';
import { isFree } from './command';
import { createContext } from './context';
import { createFreeContext } from './free-context';
import { failIfCutShort, interruptible } from './cut-short';
import { loadCommand } from './load';
import type { CommandName } from './names';

/** Runs a command for the CLI. @throws Error whose message is all that the user needs to read */
export async function execute(name: CommandName, inputs: Inputs, logger: Logger): Promise<object | undefined> {
  // From here on it is no error when nobody reads the output any more.
  outputClosed();
  const end = interruptible();
  const { interruption } = end;
  const done = failIfCutShort(logger, end);
  try {
    const command = await loadCommand(name);
    // For `${resources.x.info.y}` the CLI runs `info` with the arguments of the command that needs it.
    const tolerant = inputs.command !== name;
    const options = { logger, tolerant, interruption };
    if (isFree(command)) return await command.run(createFreeContext(command, inputs, options));
    return await command.run(await createContext(command, inputs, options));
  } catch (error) {
    throw error instanceof ExplainedError ? error : unexpected(error);
  } finally {
    done();
  }
}

function unexpected(error: unknown): Error {
  const message = `Unexpected error in ofn: ${redactText(messageOf(error))}\nWhat to do: run the command again with --debug and report what it prints.`;
  const wrapped = new Error(message, { cause: error });
  // With --debug the CLI prints the stack, and the cause is lost.
  if (error instanceof Error) wrapped.stack = redactText(`${message}\n${error.stack ?? ''}`);
  return wrapped;
}
