import type { Logger } from '../inputs/logger';
import { exitCodes } from './exit-codes';

/** What a command has to tell when it is interrupted. */
export interface Interruption {
  tell?: (() => string) | undefined;
}

/** The commands that run now; the CLI runs several at once where the s.yaml has a flow. */
const running = new Set<{ logger: Logger; interruption: Interruption }>();

/** The CLI exits as soon as this returns. */
function onInterrupt(): void {
  process.exitCode = exitCodes.interrupted;
  for (const { logger, interruption } of running) {
    if (interruption.tell) logger.warn(interruption.tell());
  }
}

function onStall(): void {
  for (const { logger } of running) logger.error('ofn stopped before the command was done. Please report this.');
  process.exitCode = exitCodes.failed;
}

/**
 * A command that does not come to its end must not look like a success:
 * on Ctrl-C the CLI exits at once with code 0, and so does Node when nothing is left to wait for.
 * @returns to be called when the command is done
 */
export function failIfCutShort(logger: Logger, interruption: Interruption): () => void {
  if (running.size === 0) process.on('DEVS:SIGINT', onInterrupt).on('beforeExit', onStall);
  const entry = { logger, interruption };
  running.add(entry);
  return () => {
    running.delete(entry);
    if (running.size === 0) process.off('DEVS:SIGINT', onInterrupt).off('beforeExit', onStall);
  };
}
