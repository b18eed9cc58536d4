import path from 'node:path';
import { hasConformance } from '../../scripts/control-plane/crds';
import { startInOwnProcess } from './in-own-process';
import type { Server } from './server';

/** etcd and the real kube-apiserver with OpenFunction's CRDs. @throws Error when they do not start. */
export async function startReal(): Promise<Server> {
  if (!hasConformance()) throw new Error('The CRDs of OpenFunction are not in ../shared/conformance.');
  return startInOwnProcess(path.join(__dirname, 'real-process.ts'));
}
