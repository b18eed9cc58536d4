let closed: AbortSignal | undefined;

/**
 * Aborted when nobody reads the output any more, as after `s logs | head`. From the first call on that is no error:
 * Node would throw it, and the CLI would write it to the same output, again and again.
 */
export function outputClosed(): AbortSignal {
  if (closed) return closed;
  const controller = new AbortController();
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    requireClosed(error);
    controller.abort();
  });
  process.stderr.on('error', requireClosed);
  closed = controller.signal;
  return closed;
}

/** @throws any other error of an output */
function requireClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

let draining: Promise<void> | undefined;

/** Resolves when the output can take more. */
export function outputDrained(): Promise<void> {
  const { stdout } = process;
  if (!stdout.writableNeedDrain || outputClosed().aborted) return Promise.resolve();
  draining ??= new Promise((resolve) => {
    const end = (): void => {
      stdout.off('drain', end).off('error', end).off('close', end);
      draining = undefined;
      resolve();
    };
    stdout.on('drain', end).on('error', end).on('close', end);
  });
  return draining;
}
