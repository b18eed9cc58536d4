/** Ends with another one, or by itself. */
export function linked(signal: AbortSignal): AbortController {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort);
  controller.signal.addEventListener('abort', () => signal.removeEventListener('abort', abort));
  return controller;
}
