import { setTimeout as pause } from 'node:timers/promises';
import { admin, functionPath } from './cluster';

/** What a controller of OpenFunction reports of a function that runs. */
export const runningStatus = {
  build: { state: 'Skipped', resourceHash: '1' },
  serving: { state: 'Running', resourceRef: 'serving-abcde', resourceHash: '2' },
  addresses: [{ type: 'External', value: 'http://hello.ofn.io/' }],
};

interface Reported {
  metadata?: { uid?: string; deletionTimestamp?: string };
  status?: { serving?: object };
}

/** Plays the controller of OpenFunction: gives this state to a Function that has none, until stopped. */
export function playController(namespace: string, name: string, status: object = runningStatus): () => Promise<void> {
  const over = new AbortController();
  const playing = (async () => {
    while (!over.signal.aborted) {
      const { body } = await admin.request('GET', functionPath(namespace, name));
      const { metadata = {}, status: reported } = body as Reported;
      if (metadata.uid !== undefined && metadata.deletionTimestamp === undefined && !reported?.serving) {
        const path = `${functionPath(namespace, name)}/status`;
        await admin.request('PATCH', path, { status }, 'application/merge-patch+json');
      }
      await pause(100);
    }
  })();
  return () => {
    over.abort();
    return playing;
  };
}
