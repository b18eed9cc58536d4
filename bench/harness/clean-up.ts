/** What is to be undone at the end, last first. */
const tasks: (() => Promise<void>)[] = [];

/** Has this run at the end, whatever happens. */
export function atEnd(task: () => Promise<void>): void {
  tasks.push(task);
}

/** Undoes everything; a failure is shown and does not keep the rest from being undone. */
export async function cleanUp(): Promise<void> {
  for (const task of tasks.splice(0).reverse()) {
    await task().catch((error: unknown) => console.error('Could not clean up:', error));
  }
}

/** Milliseconds in which signals are one: npm and tsx pass on to their child what the terminal has sent it already. */
const oneKeystroke = 1000;

/** A signal that aborts when the user presses Ctrl-C or the process is told to end; the second time it ends at once. */
export function endOfUser(): AbortSignal {
  const controller = new AbortController();
  // Nobody reads any more, as in `npm run bench | head`.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => controller.abort());
  let first: number | undefined;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      first ??= performance.now();
      if (performance.now() - first > oneKeystroke) process.exit(130);
      if (!controller.signal.aborted) console.error('Cleaning up.');
      controller.abort(new Error('Ended by the user.'));
    });
  }
  return controller.signal;
}
