import type { Bench } from '../bench';
import { createKubectl, findKubectl, type Kubectl } from './kubectl';
import { createPlace } from './place';

/** The kubectl to compare with, when there is one that works on this server, and what the report says of it. */
export async function findUsableKubectl(bench: Bench): Promise<{ kubectl: Kubectl | undefined; note: string }> {
  const kubectl = findKubectl();
  if (!kubectl) return { kubectl, note: 'is absent: not compared' };
  const tool = createKubectl(kubectl, await createPlace(bench, 'kubectl', bench.server.server));
  await tool.write(1, 0);
  try {
    for (const action of ['deploy', 'plan', 'remove'] as const) await tool.run(action);
    return { kubectl, note: kubectl.version };
  } catch (error) {
    bench.signal.throwIfAborted();
    bench.progress(`kubectl is not compared: ${String(error)}`);
    return { kubectl: undefined, note: `${kubectl.version} does not work on this server: not compared` };
  }
}
