import { setMaxListeners } from 'node:events';

/** Ends with another one, or by itself. Any number may listen to it. */
export function linked(signal: AbortSignal): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  const abort = (): void => controller.abort();
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort);
  controller.signal.addEventListener('abort', () => signal.removeEventListener('abort', abort));
  return controller;
}
