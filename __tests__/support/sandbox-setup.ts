import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSandbox } from '../../sandbox';
import { collectGarbage } from '../../scripts/control-plane/garbage-collector';

/** That of the sandbox: 1.0, or 1.2 with OPENFUNCTION=v1.2.0. */
const release = process.env['OPENFUNCTION'] === 'v1.2.0' ? '1.2' : '1.0';

/**
 * Starts one sandbox with OpenFunction for all tests that run on the real API server, too.
 * As there, no controllers work, so that each test decides what happens to its objects.
 */
export default async function setup(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ofn-test-sandbox-'));
  const auditLog = path.join(folder, 'audit.log');
  const sandbox = await startSandbox({ openfunction: release, controllers: false, auditLog });
  const { server, ca, tokens } = sandbox;
  const stopCollecting = collectGarbage({ server, ca, token: tokens.admin }, release === '1.2' ? 'v1beta2' : 'v1beta1');
  process.env['OFN_TEST_SERVER'] = 'sandbox';
  process.env['OFN_TEST_CONTROL_PLANE'] = JSON.stringify({ server, ca, tokens, auditLog });
  (globalThis as { stopControlPlane?: () => Promise<void> }).stopControlPlane = async () => {
    stopCollecting();
    await sandbox.stop();
    rmSync(folder, { recursive: true });
  };
}
