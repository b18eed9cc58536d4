/** Time for everything in the sandbox, so that tests can turn it themselves. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `action` after so many milliseconds. Returns a function that calls it off. */
  after(milliseconds: number, action: () => void): () => void;
}

/** Node calls at once what is to come later than that. */
const longestTimer = 2 ** 31 - 1;

/** The real time; controllers may run `speed` times as fast. */
export function realClock(speed = 1): Clock {
  return {
    now: Date.now,
    after(milliseconds, action) {
      const timer = setTimeout(action, Math.min(milliseconds / speed, longestTimer));
      return () => clearTimeout(timer);
    },
  };
}

/** A clock whose pending actions can be called off all at once, after which it calls no more. */
export function stoppableClock(clock: Clock): Clock & { stop(): void } {
  const pending = new Set<() => void>();
  let stopped = false;
  return {
    now: () => clock.now(),
    after(milliseconds, action) {
      if (stopped) return () => undefined;
      const callOff = clock.after(milliseconds, () => {
        pending.delete(callOff);
        action();
      });
      pending.add(callOff);
      return () => {
        pending.delete(callOff);
        callOff();
      };
    },
    stop() {
      stopped = true;
      for (const callOff of pending) callOff();
      pending.clear();
    },
  };
}

export interface ManualClock extends Clock {
  /** Lets time pass and runs what falls due, in its order. */
  advance(milliseconds: number): void;
}

/** Stands still until it is advanced. */
export function manualClock(start = Date.UTC(2026, 0, 1)): ManualClock {
  let time = start;
  let due: { at: number; action: () => void }[] = [];
  return {
    now: () => time,
    after(milliseconds, action) {
      const entry = { at: time + milliseconds, action };
      due.push(entry);
      return () => (due = due.filter((other) => other !== entry));
    },
    advance(milliseconds) {
      const end = time + milliseconds;
      for (;;) {
        const next = due.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        due = due.filter((entry) => entry !== next);
        time = next.at;
        next.action();
      }
      time = end;
    },
  };
}

/** As Kubernetes writes times: RFC 3339 with whole seconds. */
export function timestamp(clock: Clock): string {
  return new Date(clock.now()).toISOString().replace(/\.\d+Z$/, 'Z');
}
