import path from 'node:path';
import { startInOwnProcess } from './in-own-process';
import type { Server } from './server';

/** The sandbox of this repository. */
export function startSandboxServer(): Promise<Server> {
  return startInOwnProcess(path.join(__dirname, 'sandbox-process.ts'));
}
