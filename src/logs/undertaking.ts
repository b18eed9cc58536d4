import { toError } from '../errors';
import { pauseFor } from '../pause';
import { linked } from './linked';

/** Something that goes on until it is ended or fails. */
export interface Undertaking {
  signal: AbortSignal;
  /** Ends it for this reason; the first counts. */
  fail: (reason: unknown) => void;
  /** Ends it when this is done, or after so many milliseconds. */
  endAfter: (last: Promise<void>, limit: number) => Promise<void>;
  /** Does the work, and ends it. @throws Error the first reason for which it failed */
  run: (work: () => Promise<void>) => Promise<void>;
}

/** @param outer ends it, too */
export function undertake(outer: AbortSignal): Undertaking {
  const controller = linked(outer);
  const { signal } = controller;
  let failure: Error | undefined;
  const fail = (reason: unknown): void => {
    failure ??= toError(reason);
    controller.abort();
  };
  return {
    signal,
    fail,
    async endAfter(last, limit) {
      await Promise.race([last.catch(fail), pauseFor(limit, signal)]);
      controller.abort();
    },
    async run(work) {
      await work().catch(fail);
      controller.abort();
      if (failure) throw failure;
    },
  };
}
