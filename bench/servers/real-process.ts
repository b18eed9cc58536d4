import { readCrds } from '../../scripts/control-plane/crds';
import { collectGarbage } from '../../scripts/control-plane/garbage-collector';
import { startControlPlane } from '../../scripts/control-plane/start';
import { serveParent } from './in-own-process';

const release = 'v1.0.0';

serveParent(async () => {
  const plane = await startControlPlane();
  try {
    const { server, ca, tokens, admin, auditLog, stop } = plane;
    await admin.installCrds(readCrds(release));
    const { body } = await admin.request('GET', '/version');
    collectGarbage({ server, ca, token: tokens.admin });
    const name = `kube-apiserver ${String(body['gitVersion'])} with the CRDs of OpenFunction ${release}`;
    return { facts: { name, server, ca, token: tokens.admin, auditLog }, stop };
  } catch (error) {
    await plane.stop();
    throw error;
  }
});
