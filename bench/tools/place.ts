import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { toKubeconfig } from '../../scripts/control-plane/kubeconfig';
import type { Bench } from '../bench';

/** Where a tool works: a folder and a namespace of its own, and the cluster by KUBECONFIG. */
export interface Place {
  folder: string;
  namespace: string;
  env: Record<string, string>;
  signal: AbortSignal;
}

/** @param url the server, or a relay before it */
export async function createPlace(
  { folder: parent, server, cluster, signal }: Bench,
  name: string,
  url: string,
): Promise<Place> {
  const namespace = `bench-${name}`;
  const folder = path.join(parent, `${name}-${new URL(url).port}`);
  const config = path.join(folder, 'kubeconfig');
  await mkdir(folder, { recursive: true });
  await writeFile(config, JSON.stringify(toKubeconfig({ ...server, server: url, namespace })), { mode: 0o600 });
  await cluster.createNamespace(namespace);
  const env = { PATH: process.env['PATH'] ?? '', HOME: path.join(folder, 'home'), KUBECONFIG: config };
  return { folder, namespace, env, signal };
}
