import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSandbox } from '../../sandbox';
import type { Fate } from '../../sandbox/scenarios/scenario';
import { toKubeconfig } from '../control-plane/kubeconfig';
import { columns, context, story, sYaml, type Step } from './story';
import { runInTerminal } from './terminal';

/** Where `s` is, the one of this repository before any other. */
const programs = [path.resolve(__dirname, '../../node_modules/.bin'), path.dirname(process.execPath)];

/** Plays the story on a cluster in memory, by the real CLI in a terminal. @returns what each of its steps prints */
export async function perform(): Promise<string[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ofn-picture-'));
  const fates: Record<string, Fate> = {};
  const sandbox = await startSandbox({ openfunction: '1.2', scenario: { fates } });
  const kubeconfig = path.join(folder, 'kubeconfig');
  const { server, ca, tokens } = sandbox;
  const access = toKubeconfig({ server, ca, token: tokens.admin, namespace: 'default', name: context });
  writeFileSync(kubeconfig, JSON.stringify(access), { mode: 0o600 });
  writeFileSync(path.join(folder, 's.yaml'), sYaml);
  const env = {
    PATH: [...programs, process.env['PATH']].join(path.delimiter),
    HOME: folder,
    NODE_ENV: 'test',
    serverless_devs_config_home: path.join(folder, 'serverless-devs'),
    KUBECONFIG: kubeconfig,
  };
  try {
    const outputs: string[] = [];
    for (const step of story) {
      if (step.pods !== undefined) fates['*'] = { pods: step.pods };
      outputs.push(await play(step, folder, env));
    }
    return outputs;
  } finally {
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @throws Error when it ends otherwise than meant */
async function play({ command, exitCode = 0 }: Step, cwd: string, env: Record<string, string>): Promise<string> {
  const run = await runInTerminal(command, { cwd, env, columns });
  if (run.exitCode === exitCode) return run.output;
  throw new Error(`${command} ended with exit code ${String(run.exitCode)}:\n${run.output}`);
}
