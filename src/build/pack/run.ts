import { execa } from 'execa';
import { codeOf, messageOf, UserError } from '../../errors';
import { redactText } from '../../redact';
import type { PackArguments } from './arguments';
import { explainPackFailure, type PackFailure } from './causes';
import { missingPack } from './missing';

interface RunOptions extends Omit<PackFailure, 'lines'> {
  /** A name on the PATH, or an absolute path. */
  command: string;
  /** Where pack runs. */
  cwd: string;
  /** Gets each line that pack writes. */
  print: (line: string) => void;
  /** Ends pack as Ctrl-C does. */
  signal: AbortSignal;
}

/** How much of the output is looked at for the cause of a failure. */
const linesKept = 300;

/**
 * Runs pack, without a shell. A flag that this release of pack does not know is left out where the build is the same without it.
 * @throws UserError when pack is missing or fails, with what helps
 */
export async function runPack({ args, optional, env }: PackArguments, options: RunOptions): Promise<void> {
  let flags = optional;
  for (;;) {
    const { exitCode, lines } = await runOnce([...args, ...flags.flat()], env, options);
    if (exitCode === 0) return;
    const unknown = /unknown flag: (--[\w-]+)/.exec(lines.join('\n'))?.[1];
    const known = flags.filter(([name]) => name !== unknown);
    if (known.length === flags.length) throw failure(lines, exitCode, options);
    flags = known;
  }
}

async function runOnce(
  args: readonly string[],
  env: Record<string, string>,
  { command, cwd, print, signal }: RunOptions,
): Promise<{ exitCode: number | string; lines: string[] }> {
  const lines: string[] = [];
  const child = execa(command, args, {
    cwd,
    env,
    stdin: 'ignore',
    all: true,
    buffer: false,
    reject: false,
    // It would kill pack before that has cleaned up.
    cleanup: false,
  });
  const interrupt = (): void => void child.kill('SIGINT');
  signal.addEventListener('abort', interrupt, { once: true });
  try {
    for await (const line of child.iterable({ from: 'all' })) {
      const shown = redactText(line);
      lines.push(shown);
      if (lines.length > linesKept) lines.shift();
      // Before pack has read its flags there is nothing to show but what it does not know.
      if (!/unknown flag: --/.test(shown)) print(shown);
    }
    return { exitCode: exitOf(await child, command), lines };
  } finally {
    signal.removeEventListener('abort', interrupt);
  }
}

/** How a process ended. */
interface Ended {
  exitCode?: number | undefined;
  signal?: string | undefined;
  cause?: unknown;
}

/** @throws UserError when it did not even start */
function exitOf({ exitCode, signal, cause }: Ended, command: string): number | string {
  if (codeOf(cause) === 'ENOENT') throw missingPack(command);
  const end = exitCode ?? signal;
  if (end !== undefined) return end;
  throw new UserError({
    what: `Cannot run ${command}.`,
    why: messageOf(cause),
    remedy: 'Look whether it is a program that you may run.',
  });
}

function failure(lines: readonly string[], exitCode: number | string, options: RunOptions): UserError {
  return new UserError(explainPackFailure({ ...options, lines: lines.map(withoutColour) }, exitCode));
}

function withoutColour(line: string): string {
  // eslint-disable-next-line no-control-regex
  return line.replace(/\u001b\[[\d;]*m/g, '');
}
