import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { s, type Run } from './s';

/** A run of `s` that goes on until it is stopped. */
export interface Following {
  /** Everything so far, of both outputs. */
  output(): string;
  /** Waits for this text. @throws Error with the output when it does not come in time */
  until(text: string | RegExp, limit?: number): Promise<void>;
  /** As Ctrl-C. */
  stop(): Promise<Run>;
  /** Resolves when it ends by itself. */
  ended: Promise<Run>;
}

/** Milliseconds that a text may take to come. */
const usualLimit = 30_000;

export function following(args: readonly string[], place: { folder: string; env?: Record<string, string> }): Following {
  let output = '';
  let child: ChildProcess | undefined;
  const ended = s(args, {
    cwd: place.folder,
    env: { KUBECONFIG: `${place.folder}/config`, ...place.env },
    onOutput: (text, process) => {
      output = text;
      child = process;
    },
  });
  return {
    output: () => output,
    async until(text, limit = usualLimit) {
      const hasCome = (): boolean => (typeof text === 'string' ? output.includes(text) : text.test(output));
      const deadline = Date.now() + limit;
      while (!hasCome()) {
        if (Date.now() > deadline) throw new Error(`"${String(text)}" did not come:\n${output}`);
        await pause(20);
      }
    },
    stop() {
      child?.kill('SIGINT');
      return ended;
    },
    ended,
  };
}

/** The lines of a log that a run has printed, as `label | text`. */
export function logLines(output: string): string[] {
  return output.split('\n').filter((line) => / \| /.test(line));
}
