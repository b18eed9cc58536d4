import type { Logger } from '../inputs/logger';
import { exitCodes } from './exit-codes';

/** Loggers of the commands that run now; the CLI runs several at once where the s.yaml has a flow. */
const running = new Set<{ logger: Logger }>();

function onInterrupt(): void {
  process.exitCode = exitCodes.interrupted;
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
export function failIfCutShort(logger: Logger): () => void {
  if (running.size === 0) process.on('DEVS:SIGINT', onInterrupt).on('beforeExit', onStall);
  const entry = { logger };
  running.add(entry);
  return () => {
    running.delete(entry);
    if (running.size === 0) process.off('DEVS:SIGINT', onInterrupt).off('beforeExit', onStall);
  };
}
