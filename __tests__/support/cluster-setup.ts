import { hasConformance, conformanceFolder } from '../../scripts/control-plane/crds';
import { collectGarbage } from '../../scripts/control-plane/garbage-collector';
import { installOpenFunction } from '../../scripts/control-plane/install';
import { startControlPlane } from '../../scripts/control-plane/start';

/** The release of OpenFunction whose CRDs and webhooks the server has: v0.6.0, v1.0.0 or v1.2.0. */
const release = process.env['OPENFUNCTION'] || 'v1.0.0';

/** Starts one control plane with OpenFunction for all cluster tests. */
export default async function setup(): Promise<void> {
  if (!hasConformance()) throw new Error(`The cluster tests need the CRDs of OpenFunction in ${conformanceFolder}.`);
  const plane = await startControlPlane();
  const uninstall = await installOpenFunction(plane.admin, release);
  const { server, ca, tokens, auditLog } = plane;
  const stopCollecting = collectGarbage(
    { server, ca, token: tokens.admin },
    release === 'v1.2.0' ? 'v1beta2' : 'v1beta1',
  );
  process.env['OFN_TEST_CONTROL_PLANE'] = JSON.stringify({ server, ca, tokens, auditLog });
  (globalThis as { stopControlPlane?: () => Promise<void> }).stopControlPlane = async () => {
    stopCollecting();
    await uninstall();
    await plane.stop();
  };
}
