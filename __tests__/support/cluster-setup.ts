import { hasConformance, conformanceFolder } from '../../scripts/control-plane/crds';
import { collectGarbage } from '../../scripts/control-plane/garbage-collector';
import { installOpenFunction } from '../../scripts/control-plane/install';
import { startControlPlane } from '../../scripts/control-plane/start';

/** Starts one control plane with the CRDs of OpenFunction 1.0.0 for all cluster tests. */
export default async function setup(): Promise<void> {
  if (!hasConformance()) throw new Error(`The cluster tests need the CRDs of OpenFunction in ${conformanceFolder}.`);
  const plane = await startControlPlane();
  await installOpenFunction(plane.admin, 'v1.0.0');
  const { server, ca, tokens, auditLog } = plane;
  const stopCollecting = collectGarbage({ server, ca, token: tokens.admin });
  process.env['OFN_TEST_CONTROL_PLANE'] = JSON.stringify({ server, ca, tokens, auditLog });
  (globalThis as { stopControlPlane?: () => Promise<void> }).stopControlPlane = async () => {
    stopCollecting();
    await plane.stop();
  };
}
