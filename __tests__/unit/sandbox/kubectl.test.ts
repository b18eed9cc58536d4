import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Sandbox } from '../../../sandbox';
import { temporaryFolder } from '../../support/files';
import { deployerOf, rbacObjects } from '../../support/rights';
import { repository } from '../../support/s';
import { masked, specs, start } from './support/cluster';

const hasKubectl = spawnSync('kubectl', ['version', '--client', '--output=json']).status === 0;
if (!hasKubectl) console.warn('SKIPPED: there is no kubectl on PATH; the sandbox is not tested with it.');
const testKubectl = hasKubectl ? test : test.skip;

let sandbox: Sandbox;
let folder: string;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  if (!hasKubectl) return;
  sandbox = await start({ openfunction: '1.2' });
  folder = temporaryFolder({ kubeconfig: sandbox.kubeconfig });
});

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

/** What a kubectl printed, and how it ended. */
interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

interface Kubectl {
  child: ChildProcess;
  /** Waits until the standard output so far fits. @throws Error when kubectl ends before. */
  until: (fits: (stdout: string) => boolean) => Promise<void>;
  end: Promise<Run>;
}

/** Starts kubectl with a home of its own; it is stopped after 30 seconds. */
function begin(...args: string[]): Kubectl {
  const child = spawn('kubectl', [`--cache-dir=${path.join(folder, 'cache')}`, ...args], {
    env: { PATH: process.env['PATH'], HOME: folder, KUBECONFIG: path.join(folder, 'kubeconfig') },
    timeout: 30_000,
  });
  children.add(child);
  const run: Run = { code: null, stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  child.stdout.on('data', (chunk: Buffer) => {
    run.stdout += chunk.toString();
    listeners.forEach((listener) => listener());
  });
  child.stderr.on('data', (chunk: Buffer) => (run.stderr += chunk.toString()));
  return {
    child,
    until: (fits) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (fits(run.stdout)) resolve();
        };
        listeners.add(look);
        child.on('close', () => reject(new Error(`kubectl has ended: ${run.stdout}${run.stderr}`)));
        look();
      }),
    end: new Promise((resolve) =>
      child.on('close', (code) => {
        children.delete(child);
        resolve({ ...run, code });
      }),
    ),
  };
}

/** The standard output of a kubectl that must succeed. */
async function kubectl(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await begin(...args).end;
  expect([code, stderr]).toEqual([0, expect.not.stringContaining('rror')]);
  return stdout;
}

/** A file with the function, and with changes of its spec. */
function manifest(name: string, changes: object = {}): string {
  const file = path.join(folder, `${name}.json`);
  const spec = { ...specs.http, ...changes };
  writeFileSync(
    file,
    JSON.stringify({ apiVersion: 'core.openfunction.io/v1beta2', kind: 'Function', metadata: { name }, spec }),
  );
  return file;
}

/** Applies a function and waits until it runs. */
async function deploy(name: string): Promise<void> {
  await kubectl('apply', '--server-side', '-f', manifest(name));
  await kubectl('wait', '--for=jsonpath={.status.serving.state}=Running', `fn/${name}`, '--timeout=20s');
}

/** The cells of a table, row by row. */
function table(text: string): string[][] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.trim().split(/\s{2,}/));
}

testKubectl('version', async () => {
  const { serverVersion } = JSON.parse(await kubectl('version', '--output=json')) as { serverVersion: object };
  expect(serverVersion).toMatchObject({ major: '1', minor: '27' });
});

testKubectl('api-resources', async () => {
  const rows = table(await kubectl('api-resources', '--api-group=core.openfunction.io'));
  expect(rows).toEqual([
    ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND'],
    ['builders', 'fb', 'core.openfunction.io/v1beta2', 'true', 'Builder'],
    ['functions', 'fn', 'core.openfunction.io/v1beta2', 'true', 'Function'],
    ['servings', 'core.openfunction.io/v1beta2', 'true', 'Serving'],
  ]);
});

testKubectl('apply --server-side, wait, and get', async () => {
  expect(await kubectl('apply', '--server-side', '-f', manifest('applied'))).toBe(
    'function.core.openfunction.io/applied serverside-applied\n',
  );
  expect(await kubectl('wait', '--for=jsonpath={.status.serving.state}=Running', 'fn/applied', '--timeout=20s')).toBe(
    'function.core.openfunction.io/applied condition met\n',
  );
  const [head, row = []] = table(await kubectl('get', 'fn', 'applied'));
  expect(head).toEqual(['NAME', 'BUILDSTATE', 'SERVINGSTATE', 'BUILDER', 'SERVING', 'ADDRESS', 'AGE']);
  expect(row.map(masked).slice(0, -1)).toEqual([
    'applied',
    'Skipped',
    'Running',
    'serving-xxxxx',
    'http://applied.default.svc.cluster.local/',
  ]);
  expect(await kubectl('get', 'fn', 'applied', '-o', 'jsonpath={.spec.image}')).toBe('example.com/f:v1');
});

testKubectl('apply --server-side of what is not allowed', async () => {
  const file = manifest('refused', { serving: { scaleOptions: { minReplicas: 11 } } });
  const { code, stderr } = await begin('apply', '--server-side', '-f', file).end;
  expect(code).toBe(1);
  expect(stderr).toContain(
    'admission webhook "vfunctions.of.io" denied the request: spec.serving.scaleOptions.minReplicas: Invalid value: 11: cannot be greater than maxReplicas',
  );
});

testKubectl('apply in three ways: create, nothing, change', async () => {
  const results: string[] = [];
  for (const changes of [{}, {}, { image: 'example.com/f:v2' }]) {
    results.push(await kubectl('apply', '-f', manifest('merged', changes)));
  }
  expect(results).toEqual(
    ['created', 'unchanged', 'configured'].map((word) => `function.core.openfunction.io/merged ${word}\n`),
  );
});

testKubectl('diff --server-side', async () => {
  await kubectl('apply', '--server-side', '-f', manifest('compared'));
  expect(await kubectl('diff', '--server-side', '-f', manifest('compared'))).toBe('');
  const { code, stdout } = await begin(
    ...['diff', '--server-side', '-f', manifest('compared', { image: 'example.com/f:v2' })],
  ).end;
  expect(code).toBe(1);
  expect(stdout).toMatch(/^- {2}image: example.com\/f:v1\n\+ {2}image: example.com\/f:v2$/m);
});

testKubectl('describe, with events', async () => {
  await deploy('described');
  const text = await kubectl('describe', 'fn', 'described');
  expect(text).toMatch(/^Name: +described$/m);
  expect(text).toMatch(/^ +Value: +http:\/\/described\.default\.svc\.cluster\.local\/$/m);
  const [, events = ''] = text.split('Events:\n');
  expect(events).toMatch(/^ +Normal +Starting +\S+ +openfunction +Serving serving-\w{5} is Starting$/m);
  expect(events).toMatch(/^ +Normal +Running +\S+ +openfunction +Serving serving-\w{5} is Running$/m);
});

testKubectl('explain', async () => {
  const text = await kubectl('explain', 'fn.spec.serving.triggers.http');
  expect(text).toMatch(/^KIND: +Function$/m);
  expect(text).toMatch(/^VERSION: +v1beta2$/m);
  expect(text).toMatch(/^ +port\t<integer>$/m);
});

testKubectl('get of the pods that run a function, and their logs', async () => {
  await deploy('logging');
  const serving = await kubectl('get', 'fn', 'logging', '-o', 'jsonpath={.status.serving.resourceRef}');
  const [head, row = []] = table(await kubectl('get', 'pods', '-l', `openfunction.io/serving=${serving}`));
  expect(head).toEqual(['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE']);
  expect(row.slice(1, -1)).toEqual(['1/1', 'Running', '0']);
  const [pod = ''] = row;
  expect(await kubectl('logs', pod, '--tail=1')).toBe('Listening on port 8080\n');

  const following = begin('logs', '-f', pod);
  await following.until((text) => text.includes('Listening'));
  await kubectl('delete', 'pod', pod);
  expect(await following.end).toMatchObject({ code: 0, stdout: 'Function server starting\nListening on port 8080\n' });
});

testKubectl('label and annotate', async () => {
  await kubectl('apply', '--server-side', '-f', manifest('marked'));
  expect(await kubectl('label', 'fn', 'marked', 'team=a')).toContain('labeled');
  expect(await kubectl('annotate', 'fn', 'marked', 'note=n')).toContain('annotate');
  expect(await kubectl('get', 'fn', '-l', 'team=a', '-o', 'name')).toBe('function.core.openfunction.io/marked\n');
  expect(await kubectl('get', 'fn', 'marked', '-o', 'jsonpath={.metadata.annotations.note}')).toBe('n');
});

testKubectl('get -w and delete in the foreground', async () => {
  await deploy('watched');
  const watching = begin('get', 'fn', '--field-selector=metadata.name=watched', '-w', '--output-watch-events');
  await watching.until((text) => text.includes('ADDED'));
  expect(await kubectl('delete', 'fn', 'watched', '--cascade=foreground')).toBe(
    'function.core.openfunction.io "watched" deleted\n',
  );
  await watching.until((text) => text.includes('DELETED'));
  watching.child.kill();
  const { stdout } = await watching.end;
  expect(table(stdout).map(([event, name]) => [event, name])).toEqual([
    ['EVENT', 'NAME'],
    ['ADDED', 'watched'],
    ['MODIFIED', 'watched'],
    ['DELETED', 'watched'],
  ]);
  const { code, stderr } = await begin('get', 'fn', 'watched').end;
  expect([code, stderr]).toEqual([
    1,
    'Error from server (NotFound): functions.core.openfunction.io "watched" not found\n',
  ]);
});

testKubectl('auth can-i', async () => {
  expect(await kubectl('auth', 'can-i', 'create', 'functions')).toBe('yes\n');
  const { code, stdout } = await begin('auth', 'can-i', 'create', 'functions', '--as=nobody').end;
  expect([code, stdout]).toEqual([1, 'no\n']);
});

testKubectl('apply of docs/rbac.yaml in a namespace gives the rights to its deployer', async () => {
  const made = await kubectl('apply', '-n', 'default', '-f', path.join(repository, 'docs/rbac.yaml'));
  expect(made.match(/created$/gm)).toHaveLength(rbacObjects.length);
  const ask = (verb: string, what: string) =>
    begin('auth', 'can-i', verb, what, '--as', deployerOf('default'), '-n', 'default').end;
  expect((await ask('patch', 'functions.core.openfunction.io')).stdout).toBe('yes\n');
  expect((await ask('delete', 'secrets')).stdout).toBe('no\n');
});
