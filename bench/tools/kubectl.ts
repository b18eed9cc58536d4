import { spawnSync } from 'node:child_process';
import { readdirSync, realpathSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../harness/run';
import { toManifests } from '../workload';
import type { Place } from './place';
import type { Action, Tool } from './tool';

export interface Kubectl {
  program: string;
  version: string;
}

/**
 * `kubectl` on PATH. Some distributions put a dispatcher there, which asks the server for its version and then runs one of
 * the versions beside it; that request would be unfair, so the newest of them is used.
 * @returns undefined when there is none
 */
export function findKubectl(): Kubectl | undefined {
  const onPath = (process.env['PATH'] ?? '').split(path.delimiter).map((folder) => path.join(folder, 'kubectl'));
  for (const program of onPath) {
    const version = versionOf(program);
    if (version === undefined) continue;
    if (!version.includes('dispatcher')) return { program, version };
    const folder = path.dirname(realpathSync(program));
    const newest = readdirSync(folder)
      .filter((name) => /^kubectl\.\d+\.\d+$/.test(name))
      .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
      .at(-1);
    const direct = newest && path.join(folder, newest);
    return direct ? { program: direct, version: versionOf(direct) ?? 'unknown' } : { program, version };
  }
  return undefined;
}

function versionOf(program: string): string | undefined {
  const { stdout, status } = spawnSync(program, ['version', '--client'], { encoding: 'utf8' });
  return status === 0 ? /Client Version: (\S+)/.exec(stdout)?.[1] : undefined;
}

const commands: Partial<Record<Action, readonly string[]>> = {
  deploy: ['apply', '--server-side'],
  plan: ['diff', '--server-side'],
  // Foreground, as ofn deletes: both wait until everything that belongs to the function is gone.
  remove: ['delete', '--cascade=foreground'],
};

/** `kubectl` with one file for all functions; it keeps what it has discovered of the server. */
export function createKubectl({ program }: Kubectl, { folder, namespace, env, signal }: Place): Tool {
  const file = path.join(folder, 'functions.yaml');
  return {
    namespace,
    write: (functions, revision) =>
      writeFile(
        file,
        toManifests(namespace, functions, revision)
          .map((manifest) => JSON.stringify(manifest))
          .join('\n---\n'),
      ),
    run: (action) => {
      const command = commands[action];
      if (!command) throw new Error(`kubectl has nothing like ${action}.`);
      return run(program, [...command, `--cache-dir=${path.join(folder, 'cache')}`, '-f', file], {
        cwd: folder,
        env,
        signal,
        // 1 tells that there is a difference.
        exitCodes: action === 'plan' ? [0, 1] : [0],
      });
    },
  };
}
