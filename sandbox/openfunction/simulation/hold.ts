import type { Client } from '../../controllers/client';
import type { Controller } from '../../controllers/controller';
import { functions } from './kinds';

/** Somebody who puts finalizers on each new Function and never takes them away. */
export function holdFunctions(client: Client, finalizers: readonly string[]): Controller {
  return {
    watches: (kind) => kind === functions,
    react({ type, object }) {
      if (type !== 'ADDED') return;
      const live = client.get(functions, object.metadata.namespace ?? '', object.metadata.name);
      if (live) client.update({ ...live, metadata: { ...live.metadata, finalizers: [...finalizers] } });
    },
  };
}
