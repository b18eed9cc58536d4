/** A value that changes, and those who wait for that. */
export interface Feed<T> {
  current(): T;
  set(value: T): void;
  /** Resolves with the next change, or with the signal. */
  next(signal: AbortSignal): Promise<void>;
}

export function createFeed<T>(initial: T): Feed<T> {
  let value = initial;
  const waiting = new Set<() => void>();
  return {
    current: () => value,
    set(changed) {
      value = changed;
      for (const wake of [...waiting]) wake();
    },
    next: (signal) =>
      new Promise((resolve) => {
        const wake = (): void => {
          waiting.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        if (signal.aborted) return resolve();
        waiting.add(wake);
        signal.addEventListener('abort', wake);
      }),
  };
}
