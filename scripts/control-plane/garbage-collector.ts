import type { Admin } from './admin';

interface FunctionList {
  items?: { metadata: { name: string; namespace: string; deletionTimestamp?: string; finalizers?: string[] } }[];
}

const functionsPath = '/apis/core.openfunction.io/v1beta1';
const finalizer = 'foregroundDeletion';

/**
 * Does for Functions what the garbage collector of kube-controller-manager does at the end of a foreground deletion:
 * takes the finalizer away. Without controllers nothing ever would.
 * @returns a function that stops it and resolves when it is done.
 */
export function collectGarbage(admin: Admin, interval = 300): () => Promise<void> {
  let stopped = false;
  const loop = async (): Promise<void> => {
    while (!stopped) {
      // The server may be stopping.
      await collect(admin).catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, interval));
    }
  };
  const done = loop();
  return () => {
    stopped = true;
    return done;
  };
}

async function collect(admin: Admin): Promise<void> {
  const { body } = await admin.request('GET', `${functionsPath}/functions`);
  for (const { metadata } of (body as FunctionList).items ?? []) {
    if (metadata.deletionTimestamp === undefined || !metadata.finalizers?.includes(finalizer)) continue;
    const finalizers = metadata.finalizers.filter((name) => name !== finalizer);
    const path = `${functionsPath}/namespaces/${metadata.namespace}/functions/${metadata.name}`;
    await admin.request('PATCH', path, { metadata: { finalizers } }, 'application/merge-patch+json');
  }
}
