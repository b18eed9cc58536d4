import type { LogOutput, Origin } from './output';

/** What keeps logs from being read. When a server is gone, all of them break at once: that is told once. */
export interface Troubles {
  /** @param error undefined where it can be read again */
  tell: (origin: Origin, error: Error | undefined) => void;
  /** It is not read any more. */
  forget: (origin: Origin) => void;
}

export function createTroubles({ note }: Pick<LogOutput, 'note'>): Troubles {
  const inTrouble = new Set<Origin>();
  const told = new Set<string>();
  return {
    tell(origin, error) {
      if (error === undefined) {
        inTrouble.delete(origin);
        if (inTrouble.size === 0 && told.size > 0) note('The logs can be read again.');
        if (inTrouble.size === 0) told.clear();
        return;
      }
      inTrouble.add(origin);
      const [reason = ''] = error.message.split('\n');
      if (!told.has(reason)) note(`The logs cannot be read at the moment, trying again: ${reason}`);
      told.add(reason);
    },
    forget: (origin) => inTrouble.delete(origin),
  };
}
