import { spawn } from 'node:child_process';
import { once } from 'node:events';

interface Options {
  cwd: string;
  env: Record<string, string>;
  columns: number;
}

/** Milliseconds after which a command is taken for hung. */
const limit = 120_000;

/**
 * Runs a command line in a pseudo terminal, which Node has none of: `script` of util-linux lends its own.
 * @returns the exit code, and every byte written to the terminal
 */
export async function runInTerminal(
  command: string,
  { cwd, env, columns }: Options,
): Promise<{ exitCode: number | null; output: string }> {
  // `script` of macOS and of the BSDs takes other arguments.
  if (process.platform !== 'linux') {
    throw new Error('The picture can be made on Linux only, with "script" of util-linux.');
  }
  const child = spawn('script', ['-qec', `stty cols ${columns} rows 40 && ${command}`, '/dev/null'], {
    cwd,
    env: { SHELL: '/bin/sh', TERM: 'xterm-256color', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
    signal: AbortSignal.timeout(limit),
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  try {
    await once(child, 'close');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new Error('The picture is made with "script" of util-linux, which is not there.', { cause: error });
  }
  return { exitCode: child.exitCode, output };
}
