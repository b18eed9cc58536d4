import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Server } from './server';

/** What a server's process tells its parent once it is ready. */
export type ServerFacts = Omit<Server, 'stop'>;

/**
 * Starts a server in a process of its own, which ends with this one.
 * @throws Error when it does not start.
 */
export async function startInOwnProcess(program: string): Promise<Server> {
  // Detached, so that Ctrl-C does not reach the servers: their parent ends them in order.
  const child = fork(program, { detached: true });
  const exit = once(child, 'exit');
  const failure = exit.then(() => {
    throw new Error('The server did not start; see above.');
  });
  const [facts] = (await Promise.race([once(child, 'message'), failure])) as [ServerFacts];
  return {
    ...facts,
    stop: async () => {
      if (child.connected) child.disconnect();
      await exit;
    },
  };
}

/** Runs a server for as long as the parent of this process lives, and tells the parent where it is. */
export function serveParent(start: () => Promise<{ facts: ServerFacts; stop: () => Promise<void> }>): void {
  const end = new Promise((resolve) => process.once('disconnect', resolve));
  const run = async (): Promise<void> => {
    const { facts, stop } = await start();
    if (process.connected) process.send?.(facts);
    await end;
    await stop();
  };
  run().then(
    () => process.exit(),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
}
