import { createAdmin } from '../scripts/control-plane/admin';
import type { Server } from './servers/server';
import type { Manifest } from './workload';

/** What is done to the cluster between measurements. */
export interface Cluster {
  createNamespace: (namespace: string) => Promise<void>;
  /** Deletes all functions of a namespace, and waits until they are gone. */
  clear: (namespace: string) => Promise<void>;
  /** Makes these functions all there is in their namespace. */
  fill: (namespace: string, manifests: readonly Manifest[]) => Promise<void>;
}

/** Requests at a time. */
const parallel = 8;

export function openCluster(server: Server): Cluster {
  const admin = createAdmin(server);
  const functionsOf = (namespace: string): string =>
    `/apis/core.openfunction.io/v1beta1/namespaces/${namespace}/functions`;

  const send = async (method: string, path: string, body: object, tolerated: number): Promise<void> => {
    const answer = await admin.request(method, path, body);
    if (answer.status >= 300 && answer.status !== tolerated) {
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
  };

  const clear: Cluster['clear'] = async (namespace) => {
    for (;;) {
      const { body } = await admin.request('GET', functionsOf(namespace));
      const { items } = body as unknown as { items: Manifest[] };
      if (items.length === 0) return;
      await inParallel(items, ({ metadata: { name } }) =>
        send('DELETE', `${functionsOf(namespace)}/${name}`, { propagationPolicy: 'Background' }, 404),
      );
    }
  };

  return {
    createNamespace: (namespace) => send('POST', '/api/v1/namespaces', { metadata: { name: namespace } }, 409),
    clear,
    fill: async (namespace, manifests) => {
      await clear(namespace);
      await inParallel(manifests, (manifest) => send('POST', functionsOf(namespace), manifest, 0));
    },
  };
}

async function inParallel<T>(items: readonly T[], task: (item: T) => Promise<void>): Promise<void> {
  for (let start = 0; start < items.length; start += parallel) {
    await Promise.all(items.slice(start, start + parallel).map(task));
  }
}
