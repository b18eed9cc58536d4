import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSandbox } from '../../sandbox';
import { createAdmin, type Admin } from '../control-plane/admin';
import { runCli } from './cli';
import { formatTable, type Table } from './table';

const example = path.resolve(__dirname, '../../examples/mqtt-bindings');
const namespace = 'default';
const steps = 8;

/** Shows on a cluster in memory what ofn does, with the real CLI and an example. Ends by itself. */
async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ofn-quickstart-'));
  const hadState = existsSync(path.join(example, '.s'));
  say(1, 'A Kubernetes cluster with OpenFunction 1.2 starts in memory: no Docker, no network.');
  const sandbox = await startSandbox({ openfunction: '1.2' });
  const admin = createAdmin({ server: sandbox.server, ca: sandbox.ca, token: sandbox.tokens.admin });
  const kubeconfig = path.join(folder, 'kubeconfig');
  writeFileSync(kubeconfig, JSON.stringify(sandbox.kubeconfig), { mode: 0o600 });
  const s = (args: string[], image?: string): Promise<void> =>
    runCli(args, { cwd: example, home: folder, env: { KUBECONFIG: kubeconfig, ...(image && { IMAGE: image }) } });

  try {
    say(
      2,
      'Deploy examples/mqtt-bindings, a function between two MQTT topics, and wait until it runs. --no-build: Docker is not needed here.',
    );
    await s(['deploy', '--no-build']);
    say(3, 'It runs; this is what kubectl shows.');
    await showFunctions(admin);
    const image = 'registry.example.com/me/sample-node-async:v2';
    say(4, `A new image, ${image}: plan shows what would change, and changes nothing.`);
    await s(['plan', '--no-build'], image);
    say(5, 'Deploy it: the same function is updated, and waited for.');
    await s(['deploy', '--no-build'], image);
    say(6, 'Ask how the function is.');
    await s(['info'], image);
    say(7, 'Read what it writes, in all its pods; -f would go on.');
    await s(['logs'], image);
    say(8, 'Remove it, with all that OpenFunction made for it.');
    await s(['remove', '-y'], image);
    await showFunctions(admin);
  } finally {
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
    if (!hadState) rmSync(path.join(example, '.s'), { recursive: true, force: true });
  }
  console.log(`\nThat was all; nothing is left running. Next:
  npm run sandbox      keeps such a cluster running, for your own s.yaml and for kubectl
  README.md            how to use ofn on a real cluster`);
}

function say(step: number, text: string): void {
  console.log(`\n── ${step}/${steps}  ${text}`);
}

const functionsPath = `/apis/core.openfunction.io/v1beta2/namespaces/${namespace}/functions`;

/** Prints the table that the API server makes for `kubectl get`. */
async function showFunctions(admin: Admin): Promise<void> {
  const { body } = await admin.request('GET', functionsPath, undefined, undefined, {
    Accept: 'application/json;as=Table;v=v1;g=meta.k8s.io',
  });
  console.log(`$ kubectl get fn\n${formatTable(body as unknown as Table)}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
