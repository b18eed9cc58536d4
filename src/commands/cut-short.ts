import type { Logger } from '../inputs/logger';
import { exitCodes } from './exit-codes';

/** An end from outside, as by Ctrl-C. */
export interface Interruption {
  /** What the command has to tell then. */
  tell?: (() => string) | undefined;
  /** Told at once, before the CLI exits: who starts a process or leaves a file ends or removes it here, without waiting. */
  signal: AbortSignal;
}

/** An interruption that has not come yet, and what brings it about. */
export interface Interruptible {
  interruption: Interruption;
  interrupt: () => void;
}

export function interruptible(): Interruptible {
  const controller = new AbortController();
  return { interruption: { signal: controller.signal }, interrupt: () => controller.abort() };
}

/** The commands that run now; the CLI runs several at once where the s.yaml has a flow. */
const running = new Set<Interruptible & { logger: Logger }>();

/** The CLI exits as soon as this returns. */
function onInterrupt(): void {
  process.exitCode = exitCodes.interrupted;
  for (const { logger, interruption, interrupt } of running) {
    interrupt();
    if (interruption.tell) logger.warn(interruption.tell());
  }
}

/** The CLI leaves SIGTERM, with which CI systems cancel a job, to Node, which dies of it without a word. */
function onTerminate(): void {
  onInterrupt();
  process.exit(exitCodes.terminated);
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
export function failIfCutShort(logger: Logger, end: Interruptible): () => void {
  if (running.size === 0) {
    process.on('DEVS:SIGINT', onInterrupt).on('SIGTERM', onTerminate).on('beforeExit', onStall);
  }
  const entry = { logger, ...end };
  running.add(entry);
  return () => {
    running.delete(entry);
    if (running.size === 0) {
      process.off('DEVS:SIGINT', onInterrupt).off('SIGTERM', onTerminate).off('beforeExit', onStall);
    }
  };
}
