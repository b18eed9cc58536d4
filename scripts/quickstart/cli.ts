import { spawn } from 'node:child_process';
import { once } from 'node:events';
import readline from 'node:readline';
import { cli, isNoise } from '../serverless-devs';

interface Options {
  cwd: string;
  /** Folder for what the CLI writes of its own. */
  home: string;
  env: Record<string, string>;
  /** Whether it is meant to fail. */
  fails?: boolean;
}

/** Runs the real `s` and prints what it prints, but for lines that say the same every time. @throws Error when it ends otherwise than meant. */
export async function runCli(args: readonly string[], { cwd, home, env, fails = false }: Options): Promise<void> {
  console.log(`$ s ${args.join(' ')}`);
  const child = spawn(process.execPath, [cli, ...args], {
    cwd,
    env: { ...process.env, NODE_ENV: 'test', serverless_devs_config_home: home, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of readline.createInterface({ input: child.stdout })) {
    if (line.trim() !== '' && !isNoise(line)) console.log(line);
  }
  if (child.exitCode === null) await once(child, 'close');
  if ((child.exitCode !== 0) !== fails) {
    throw new Error(`s ${args.join(' ')} ended with exit code ${String(child.exitCode)}`);
  }
}
