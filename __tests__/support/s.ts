import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cli, isNoise } from '../../scripts/serverless-devs';

export { cli };

export const repository = path.resolve(__dirname, '../..');

/** Milliseconds after which a run is taken for hung. */
const limit = 250_000;

export interface Run {
  exitCode: number | null;
  stdout: string;
  stderr: string;
  /** Both, without what the CLI adds to each run. */
  output: string;
}

export interface RunOptions {
  cwd: string;
  env?: Record<string, string | undefined>;
  /** Told all of the output so far whenever there is more. */
  onOutput?: (output: string, process: ChildProcess) => void;
  /** The program of Node to run it with; default: that of the tests. */
  node?: string;
  /** The program of the CLI; default: that of the repository. */
  program?: string;
  /** The folder of what the CLI keeps from run to run; default: a new one. */
  home?: string;
}

/** Runs the real `s` to its end, without a terminal. */
export function s(args: readonly string[], options: RunOptions): Promise<Run> {
  const { cwd, env = {}, onOutput = () => {}, node = process.execPath, program = cli } = options;
  const home = options.home ?? mkdtempSync(path.join(tmpdir(), 'ofn-test-s-'));
  return new Promise((resolve, reject) => {
    const child = spawn(node, [program, ...args], {
      cwd,
      env: {
        PATH: process.env['PATH'],
        HOME: path.join(tmpdir(), 'no-such-home'),
        NODE_ENV: 'test',
        FORCE_COLOR: '0',
        serverless_devs_config_home: home,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: limit,
    });
    const chunks = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        chunks[name] += text;
        onOutput(chunks.stdout + chunks.stderr, child);
      });
    }
    child.on('error', reject);
    child.on('close', (exitCode) => {
      if (options.home === undefined) rmSync(home, { recursive: true, force: true });
      resolve({ exitCode, ...chunks, output: withoutNoise(chunks.stdout + chunks.stderr) });
    });
  });
}

/** Files that are one line, as sYaml() makes them, have columns that depend on where the repository is. */
const columnInOneLine = / \(\S+\.yaml:1:\d+\)/g;

function withoutNoise(text: string): string {
  return text
    .replace(columnInOneLine, '')
    .split('\n')
    .filter((line) => !isNoise(line))
    .map((line) => line.replace(/^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\]/, '').replace(/\(\d+(\.\d+)?s\)/, '(…s)'))
    .join('\n');
}

/** An s.yaml with these resources, each with its props. */
export function sYaml(resources: Record<string, object>): string {
  return JSON.stringify({
    edition: '3.0.0',
    name: 'test',
    resources: Object.fromEntries(
      Object.entries(resources).map(([name, props]) => [name, { component: repository, props }]),
    ),
  });
}
