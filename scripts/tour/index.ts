import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSandbox } from '../../sandbox';
import { scenarios, type ScenarioName } from '../../sandbox/scenarios';
import type { Scenario } from '../../sandbox/scenarios/scenario';
import { createAdmin } from '../control-plane/admin';
import { runCli } from '../quickstart/cli';
import { makePushSecret, toSYaml } from './function';

/** Ten ways to fail, from the build to the pod. */
const failures: readonly ScenarioName[] = [
  'build-step-fails',
  'build-push-refused',
  'build-times-out',
  'build-push-secret-missing',
  'image-pull',
  'crash',
  'out-of-memory',
  'wrong-architecture',
  'secret-missing',
  'no-controller',
];

/** Deploys a function into ten clusters in memory, each with another trouble, by the real CLI. Ends by itself. */
async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ofn-tour-'));
  try {
    for (const [index, name] of failures.entries()) await show(folder, index + 1, name);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function show(folder: string, step: number, name: ScenarioName): Promise<void> {
  const scenario: Scenario = scenarios[name];
  console.log(`\n── ${step}/${failures.length}  ${scenario.description}`);
  const sandbox = await startSandbox({ openfunction: '1.2', scenario });
  try {
    const isBuilt = name.startsWith('build');
    if (isBuilt) await makePushSecret(createAdmin({ ...sandbox, token: sandbox.tokens.admin }));
    const kubeconfig = path.join(folder, 'kubeconfig');
    writeFileSync(kubeconfig, JSON.stringify(sandbox.kubeconfig), { mode: 0o600 });
    writeFileSync(path.join(folder, 's.yaml'), toSYaml(isBuilt));
    await runCli(['deploy'], { cwd: folder, home: folder, env: { KUBECONFIG: kubeconfig }, fails: true });
  } finally {
    await sandbox.stop();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
