import { toError } from '../errors';
import { linked } from './linked';

/** Something that goes on until it is ended or fails. */
export interface Undertaking {
  signal: AbortSignal;
  end: () => void;
  /** Ends it for this reason; the first counts. */
  fail: (reason: unknown) => void;
  /** @throws Error the reason for which it failed, if it did */
  throwFailure: () => void;
}

/** @param outer ends it, too */
export function undertake(outer: AbortSignal): Undertaking {
  const controller = linked(outer);
  let failure: Error | undefined;
  const end = (): void => controller.abort();
  return {
    signal: controller.signal,
    end,
    fail(reason) {
      failure ??= toError(reason);
      end();
    },
    throwFailure() {
      if (failure) throw failure;
    },
  };
}
