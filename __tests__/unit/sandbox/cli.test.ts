import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { scenarios } from '../../../sandbox/scenarios';

const root = path.resolve(__dirname, '../../..');
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the command; `ready` is called once with what it has printed when it is ready. */
async function sandboxCommand(args: string[], ready?: (child: ChildProcess, stdout: string) => void): Promise<Run> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/cli.ts', ...args], { cwd: root, timeout: 60_000 });
  children.push(child);
  const run: Run = { code: null, stdout: '', stderr: '' };
  let isReady = false;
  child.stdout.on('data', (chunk: Buffer) => {
    run.stdout += chunk.toString();
    if (isReady || !run.stdout.includes('Ctrl-C')) return;
    isReady = true;
    ready?.(child, run.stdout);
  });
  child.stderr.on('data', (chunk: Buffer) => (run.stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { ...run, code };
}

test('it says which scenarios there are', async () => {
  const { code, stdout } = await sandboxCommand(['--help']);
  expect(code).toBe(0);
  for (const [name, { description }] of Object.entries(scenarios)) {
    expect(stdout).toMatch(new RegExp(`^  ${name} +${description}$`, 'm'));
  }
});

test('a scenario that does not exist', async () => {
  const { code, stdout, stderr } = await sandboxCommand(['--scenario', 'normall']);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^--scenario normall: there is no such one\. Known: normal, slow, /);
});

test('it runs until Ctrl-C, and leaves nothing behind', async () => {
  let kubeconfig = '';
  const { code, stdout } = await sandboxCommand(['--openfunction', '1.0', '--scenario', 'slow'], (child, text) => {
    kubeconfig = /KUBECONFIG=(.+)$/m.exec(text)?.[1] ?? '';
    expect(existsSync(kubeconfig)).toBe(true);
    child.kill('SIGINT');
  });
  expect(code).toBe(0);
  expect(stdout).toContain('The sandbox is ready: OpenFunction 1.0; every answer is half a second late.');
  expect([kubeconfig === '', existsSync(kubeconfig)]).toEqual([false, false]);
});
