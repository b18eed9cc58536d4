import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSandbox } from '../../sandbox';
import { serveParent } from './in-own-process';

const openfunction = '1.0';

serveParent(async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ofn-bench-sandbox-'));
  const auditLog = path.join(folder, 'audit.log');
  // OpenFunction's controller would compete with what is measured; what is deleted must go.
  const sandbox = await startSandbox({ openfunction, auditLog, scenario: { openfunctionWorks: false } });
  const { server, ca, tokens } = sandbox;
  return {
    facts: { name: `sandbox with OpenFunction ${openfunction}`, server, ca, token: tokens.admin, auditLog },
    stop: async () => {
      await sandbox.stop();
      rmSync(folder, { recursive: true });
    },
  };
});
