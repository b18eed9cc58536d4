import https from 'node:https';
import { createInterface } from 'node:readline';
import { groupVersion, type ApiVersion } from '../../src/api-version';
import { createAdmin } from './admin';

const finalizer = 'foregroundDeletion';

interface WatchEvent {
  object: { metadata: { name: string; namespace: string; deletionTimestamp?: string; finalizers?: string[] } };
}

/**
 * Does for Functions what the garbage collector of kube-controller-manager does at the end of a foreground deletion:
 * takes the finalizer away. Without controllers nothing ever would. It watches, so that it is idle while nothing is deleted.
 * @param version the newest that the server has: an older one cannot tell of every Function
 * @returns a function that stops it.
 */
export function collectGarbage(
  access: { server: string; ca: string; token: string },
  version: ApiVersion = 'v1beta1',
): () => void {
  const functionsPath = `/apis/${groupVersion(version)}`;
  const { server, ca, token } = access;
  const admin = createAdmin(access);
  const end = new AbortController();

  const watch = (): void => {
    const again = (): void => {
      if (!end.signal.aborted) setTimeout(watch, 100);
    };
    const url = new URL(`${functionsPath}/functions?watch=true`, server);
    const headers = { Authorization: `Bearer ${token}`, 'User-Agent': 'test-admin' };
    const request = https.get(url, { ca, agent: false, headers, signal: end.signal }, (response) => {
      createInterface({ input: response })
        // The server may be stopping.
        .on('line', (line) => void collect(line).catch(() => {}))
        .on('error', () => {});
      response.on('error', () => {});
    });
    request.on('error', () => {}).on('close', again);
  };

  const collect = async (line: string): Promise<void> => {
    const { metadata } = (JSON.parse(line) as WatchEvent).object;
    if (metadata.deletionTimestamp === undefined || !metadata.finalizers?.includes(finalizer)) return;
    const finalizers = metadata.finalizers.filter((name) => name !== finalizer);
    const path = `${functionsPath}/namespaces/${metadata.namespace}/functions/${metadata.name}`;
    await admin.request('PATCH', path, { metadata: { finalizers } }, 'application/merge-patch+json');
  };

  watch();
  return () => end.abort();
}
