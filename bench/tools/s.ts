import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cli } from '../../scripts/serverless-devs';
import type { Component } from '../component';
import { run, type Finished } from '../harness/run';
import { toSYaml } from '../workload';
import type { Place } from './place';
import type { Action, Tool } from './tool';

/** How the Node process of the CLI is started, to look into it. */
interface Probe {
  nodeArguments: readonly string[];
  env: Record<string, string>;
}

export interface S extends Tool {
  run: (action: Action, probe?: Probe) => Promise<Finished>;
}

/** The real `s` with a component. */
export function createS({ folder, namespace, env, signal }: Place, component: Component): S {
  return {
    namespace,
    write: (functions, revision) =>
      writeFile(path.join(folder, 's.yaml'), toSYaml(component.path, namespace, functions, revision)),
    run: (action, { nodeArguments, env: more } = { nodeArguments: [], env: {} }) => {
      const flags = action === 'deploy' ? component.deployFlags : [];
      return run(process.execPath, [...nodeArguments, cli, action, '-y', ...flags], {
        cwd: folder,
        env: { ...env, NODE_ENV: 'test', FORCE_COLOR: '0', serverless_devs_config_home: `${folder}/s-home`, ...more },
        signal,
      });
    },
  };
}
