import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from './files';

/** How the program behaves that stands for pack. */
export interface Behaviour {
  exitCode?: number;
  stdout?: string;
  stderr?: string;
  /** What its report tells of a pushed image. */
  digest?: string;
  /** Flags that this release does not know. */
  unknown?: string[];
  /** Whether it goes on until it is interrupted. */
  hangs?: boolean;
}

/** How it was called. */
export interface PackCall {
  args: string[];
  cwd: string;
  /** Values of the variables that were given by name alone. */
  env: Record<string, string>;
  /** Content of the project descriptor. */
  descriptor?: string;
  source?: string[];
  proxy?: string;
  signal?: string;
}

/** A program called `pack` that notes its calls (recording-pack.mjs), and what a process needs to find it. */
export function recordingPack(behaviour: Behaviour = {}) {
  const folder = temporaryFolder();
  const record = path.join(folder, 'calls');
  const script = path.join(folder, 'pack');
  const program = path.join(__dirname, 'recording-pack.mjs');
  writeFileSync(script, `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
  chmodSync(script, 0o755);
  const env: Record<string, string> = {
    PATH: `${folder}${path.delimiter}${process.env['PATH'] ?? ''}`,
    RECORD: record,
    BEHAVIOUR: JSON.stringify(behaviour),
  };
  return {
    env,
    script,
    /** The program behaves in another way from now on. */
    behave: (next: Behaviour): void => void (env['BEHAVIOUR'] = JSON.stringify(next)),
    calls: (): PackCall[] =>
      existsSync(record)
        ? readFileSync(record, 'utf8')
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as PackCall)
        : [],
  };
}
