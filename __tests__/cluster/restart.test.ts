import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { toKubeconfig } from '../../scripts/control-plane/kubeconfig';
import { installOpenFunction } from '../../scripts/control-plane/install';
import { startControlPlane, type ControlPlane } from '../../scripts/control-plane/start';
import { temporaryFolder } from '../support/files';
import { following, logLines } from '../support/following';
import { functionPath, hello } from '../support/functions';
import { startKubelet } from '../support/kubelet';
import { runningStatus } from '../support/operator';
import { asDeployer, grant, rightsIn } from '../support/rights';
import { s, sYaml } from '../support/s';

/** The sandbox cannot restart; there the same is tested by faults. */
const onRealServer = process.env['OFN_TEST_SERVER'] === 'sandbox' ? test.skip : test;

/** That of the deployer of the namespace "default", who gets his rights by this. */
async function kubeconfigOf({ server, ca, tokens, admin }: ControlPlane): Promise<object> {
  await grant(admin, rightsIn('default'));
  const kubeconfig = toKubeconfig({ server, ca, token: tokens.admin, namespace: 'default' });
  return { ...kubeconfig, users: [{ name: 'test', user: asDeployer(tokens.admin, 'default') }] };
}

onRealServer('an API server that restarts and has forgotten what was missed does not end the wait', async () => {
  const plane = await startControlPlane();
  const { admin, auditLog } = plane;
  const uninstall = await installOpenFunction(admin, 'v1.0.0');
  try {
    const folder = temporaryFolder({ config: await kubeconfigOf(plane) });
    writeFileSync(`${folder}/s.yaml`, sYaml({ hello: hello() }));
    let restarted: Promise<unknown> | undefined;
    const afterRestart = async (): Promise<void> => {
      // The watch is to stand.
      await pause(2000);
      await plane.restart();
      const path = `${functionPath('default', 'hello')}/status`;
      await admin.request('PATCH', path, { status: runningStatus }, 'application/merge-patch+json');
    };
    const run = await s(['deploy', '--timeout=90s'], {
      cwd: folder,
      env: { KUBECONFIG: `${folder}/config` },
      onOutput: (output) => {
        if (output.includes('waiting for OpenFunction')) restarted ??= afterRestart();
      },
    });
    await restarted;
    expect(run.output).toContain('Function "hello" runs: http://hello.ofn.io/');
    expect(run.exitCode).toBe(0);
    // What was missed could not be watched any more: after a watch that was too old, the Function is listed.
    const verbs = readFileSync(auditLog, 'utf8')
      .split('\n')
      .filter((line) => line.includes('"ofn/') && line.includes('/functions'))
      .map((line) => (JSON.parse(line) as { verb: string }).verb);
    expect(verbs.lastIndexOf('list')).toBeGreaterThan(verbs.indexOf('watch'));
  } finally {
    await uninstall();
    await plane.stop();
  }
});

onRealServer('an API server that restarts takes no line from the logs, and adds none', async () => {
  const plane = await startControlPlane();
  const { admin } = plane;
  const kubelet = await startKubelet(admin, 'node');
  const uninstall = await installOpenFunction(admin, 'v1.0.0');
  try {
    const folder = temporaryFolder({ config: await kubeconfigOf(plane) });
    writeFileSync(`${folder}/s.yaml`, sYaml({ hello: hello() }));
    await s(['deploy', '--no-wait'], { cwd: folder, env: { KUBECONFIG: `${folder}/config` } });
    const labels = { 'openfunction.io/serving': runningStatus.serving.resourceRef };
    await kubelet.run('default', 'pod-first', { fn: 'hello', labels });
    kubelet.write('pod-first', 'function', 'before');

    const logs = following(['logs', '-f'], { folder });
    await logs.until('first | before');
    const restarted = plane.restart();
    for (let line = 1; line <= 20; line += 1) {
      kubelet.write('pod-first', 'function', `meanwhile ${line}`);
      await pause(100);
    }
    await restarted;
    await logs.until('first | meanwhile 20', 60_000);
    await kubelet.run('default', 'pod-second', { fn: 'hello', labels });
    kubelet.write('pod-second', 'function', 'after');
    await logs.until('second | after', 60_000);
    const expected = ['first | before', ...Array.from({ length: 20 }, (_, index) => `first | meanwhile ${index + 1}`)];
    expect(logLines((await logs.stop()).stdout)).toEqual([...expected, 'second | after']);
  } finally {
    await kubelet.stop().catch(() => {});
    await uninstall();
    await plane.stop();
  }
});
