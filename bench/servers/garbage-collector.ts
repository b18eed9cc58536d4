import https from 'node:https';
import { createInterface } from 'node:readline';
import { createAdmin } from '../../scripts/control-plane/admin';

const functionsPath = '/apis/core.openfunction.io/v1beta1';
const finalizer = 'foregroundDeletion';

interface WatchEvent {
  object: { metadata: { name: string; namespace: string; deletionTimestamp?: string; finalizers?: string[] } };
}

/**
 * Ends foreground deletions of Functions at once, as the garbage collector of kube-controller-manager does: nothing else
 * runs beside the server. It watches instead of asking again and again, so that it is idle while nothing is deleted.
 * It ends with its process.
 */
export function collectGarbage(access: { server: string; ca: string; token: string }): void {
  const { server, ca, token } = access;
  const admin = createAdmin(access);

  const watch = (): void => {
    const again = (): void => void setTimeout(watch, 100);
    const url = new URL(`${functionsPath}/functions?watch=true`, server);
    const headers = { Authorization: `Bearer ${token}`, 'User-Agent': 'test-admin' };
    const request = https.get(url, { ca, agent: false, headers }, (response) => {
      createInterface({ input: response })
        .on('line', (line) => void collect(line).catch(() => {}))
        .on('error', () => {})
        .on('close', again);
      response.on('error', () => {});
    });
    request.on('error', again);
  };

  const collect = async (line: string): Promise<void> => {
    const { metadata } = (JSON.parse(line) as WatchEvent).object;
    if (metadata.deletionTimestamp === undefined || !metadata.finalizers?.includes(finalizer)) return;
    const finalizers = metadata.finalizers.filter((name) => name !== finalizer);
    const path = `${functionsPath}/namespaces/${metadata.namespace}/functions/${metadata.name}`;
    await admin.request('PATCH', path, { metadata: { finalizers } }, 'application/merge-patch+json');
  };

  watch();
}
