import { startSandbox } from '../../sandbox';
import { createAdmin, type Admin } from '../../scripts/control-plane/admin';
import { startControlPlane } from '../../scripts/control-plane/start';

/** An API server for one test file, without OpenFunction. */
export interface OtherPlane {
  server: string;
  ca: string;
  tokens: { admin: string; nobody: string };
  admin: Admin;
  stop: () => Promise<void>;
}

/** Starts another server of the kind that the tests run on. */
export function startOtherPlane(): Promise<OtherPlane> {
  return process.env['OFN_TEST_SERVER'] === 'sandbox' ? startOtherSandbox() : startControlPlane();
}

/** As old as the real server of the tests. */
async function startOtherSandbox(): Promise<OtherPlane> {
  const { server, ca, tokens, stop } = await startSandbox({ kubernetes: '1.20', controllers: false });
  return { server, ca, tokens, admin: createAdmin({ server, ca, token: tokens.admin }), stop };
}
