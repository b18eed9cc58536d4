import { spawn } from 'node:child_process';

export interface RunOptions {
  cwd: string;
  env: Record<string, string>;
  /** Kills the process when the user ends the benchmarks. */
  signal: AbortSignal;
  /** Exit codes that count as success; 0 by default. */
  exitCodes?: readonly number[];
}

export interface Finished {
  /** Wall time from the start of the process until its end, in milliseconds. */
  milliseconds: number;
  stdout: string;
}

/** Milliseconds after which a process is taken for hung. */
const limit = 300_000;

/** Runs a process to its end. @throws Error with its whole output when it fails. */
export function run(
  program: string,
  args: readonly string[],
  { cwd, env, signal, exitCodes = [0] }: RunOptions,
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(program, args, {
      cwd,
      env,
      signal,
      killSignal: 'SIGKILL',
      timeout: limit,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let milliseconds = 0;
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
    child.once('error', reject);
    child.once('exit', () => (milliseconds = performance.now() - start));
    child.once('close', (code, ending) => {
      if (code !== null && exitCodes.includes(code)) return resolve({ milliseconds, stdout: output.stdout });
      const command = [program, ...args].join(' ');
      reject(new Error(`${command}\nended with ${ending ?? code}:\n${output.stdout}${output.stderr}`));
    });
  });
}
