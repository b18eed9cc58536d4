/** Lets so many in at once; the others wait for their turn. */
export interface Slots {
  /** @returns to be called when it is over */
  take(signal: AbortSignal): Promise<() => void>;
}

/** @param onFull told once, when the first has to wait */
export function createSlots(count: number, onFull: () => void): Slots {
  const queue: (() => void)[] = [];
  let free = count;
  let isTold = false;
  const release = (): void => {
    const next = queue.shift();
    if (next) next();
    else free += 1;
  };
  return {
    take: (signal) =>
      new Promise((resolve) => {
        if (free > 0) {
          free -= 1;
          return resolve(release);
        }
        if (!isTold) onFull();
        isTold = true;
        const enter = (): void => {
          signal.removeEventListener('abort', leave);
          resolve(release);
        };
        const leave = (): void => {
          queue.splice(queue.indexOf(enter), 1);
          resolve(() => {});
        };
        queue.push(enter);
        signal.addEventListener('abort', leave, { once: true });
      }),
  };
}
