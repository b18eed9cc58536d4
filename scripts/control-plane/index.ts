import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installOpenFunction } from './install';
import { toKubeconfig } from './kubeconfig';
import { startControlPlane } from './start';

/** Runs a control plane with the CRDs of OpenFunction until Ctrl-C, and prints the KUBECONFIG for it. */
async function main(): Promise<void> {
  const [release = 'v1.0.0'] = process.argv.slice(2);
  const plane = await startControlPlane();
  const uninstall = await installOpenFunction(plane.admin, release);
  const folder = await mkdtemp(path.join(tmpdir(), 'kubeconfig-'));
  const file = path.join(folder, 'config');
  await writeFile(file, JSON.stringify(toKubeconfig({ ...plane, token: plane.tokens.admin })), { mode: 0o600 });
  console.log(
    `kube-apiserver with the CRDs of OpenFunction ${release} is ready. In another terminal:\n  export KUBECONFIG=${file}\nCtrl-C ends it.`,
  );

  process.once('SIGINT', () => {
    void Promise.all([uninstall(), plane.stop(), rm(folder, { recursive: true })]);
  });
}

void main();
