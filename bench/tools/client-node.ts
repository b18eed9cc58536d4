import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../harness/run';
import { toManifests } from '../workload';
import type { Place } from './place';
import type { Tool } from './tool';

/** The way of the earlier component: the generated API classes of @kubernetes/client-node, in a Node process. */
export function createClientNode({ folder, namespace, env, signal }: Place): Tool {
  const file = path.join(folder, 'functions.json');
  return {
    namespace,
    write: (functions, revision) => writeFile(file, JSON.stringify(toManifests(namespace, functions, revision))),
    run: (action) => {
      if (action !== 'deploy') throw new Error(`The script cannot ${action}.`);
      return run(process.execPath, [path.join(__dirname, 'client-node-deploy.mjs'), file], {
        cwd: folder,
        env,
        signal,
      });
    },
  };
}

/** Milliseconds of a Node process that does nothing. */
export async function runBareNode({ folder, env, signal }: Place): Promise<number> {
  return (await run(process.execPath, ['-e', '0'], { cwd: folder, env, signal })).milliseconds;
}
