import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Ends a process that has nothing to finish, if it still runs. */
export async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
