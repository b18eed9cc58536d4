import { setTimeout as pause } from 'node:timers/promises';

/** Waits so many milliseconds, or until the signal. */
export async function pauseFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  await pause(milliseconds, undefined, { signal }).catch(() => {});
}
