import type { LogOutput, Origin } from './output';

/** When a server is gone, all logs break at once: that is told once. */
export function createTroubles({ note }: Pick<LogOutput, 'note'>): {
  tell: (origin: Origin, error: Error | undefined) => void;
} {
  const inTrouble = new Set<string>();
  let told = '';
  return {
    tell({ pod, container }, error) {
      const key = `${pod}/${container}`;
      if (error === undefined) {
        inTrouble.delete(key);
        if (inTrouble.size === 0 && told !== '') note('The logs can be read again.');
        if (inTrouble.size === 0) told = '';
        return;
      }
      inTrouble.add(key);
      const [reason = ''] = error.message.split('\n');
      if (reason !== told) note(`The logs cannot be read at the moment, trying again: ${reason}`);
      told = reason;
    },
  };
}
