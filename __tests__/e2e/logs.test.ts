import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { load } from 'js-yaml';
import { following, logLines } from '../support/following';
import { makeSecrets } from '../support/functions';
import { cli, type Run } from '../support/s';
import { newSandboxProject, told, type SandboxProject } from '../support/sandbox';

const template = { containers: [{ name: 'function' }] };
const http = { image: 'registry.example.com/me/hello:v1', serving: { runtime: 'knative', template } };
const async = (mode?: 'sidecar') => ({
  ...http,
  serving: {
    runtime: 'async',
    template,
    annotations: { 'dapr.io/app-protocol': 'http', ...(mode && { 'openfunction.io/dapr-service-mode': mode }) },
    inputs: [{ name: 'in', component: 'in' }],
    bindings: { in: { type: 'bindings.cron', version: 'v1', metadata: [{ name: 'schedule', value: '@every 9s' }] } },
  },
});

interface Pod {
  metadata: { name: string; uid: string; labels?: Record<string, string> };
  status?: { containerStatuses?: { state?: { running?: object } }[] };
}

function podsOf({ sandbox }: SandboxProject, label = 'openfunction.io/serving'): Pod[] {
  const all = sandbox.state.store.list('pods.') as unknown as Pod[];
  return all.filter(({ metadata }) => metadata.labels?.[label] !== undefined);
}

/** Waits for a pod whose containers run. */
async function runningPod(project: SandboxProject, label?: string): Promise<Pod> {
  for (let turn = 0; turn < 500; turn += 1) {
    const pod = podsOf(project, label).find(({ status }) => status?.containerStatuses?.[0]?.state?.running);
    if (pod) return pod;
    await pause(20);
  }
  throw new Error('no pod runs');
}

/** A sandbox in which the function "hello" runs. */
async function newRunning(props: object = http, options: Parameters<typeof newSandboxProject>[1] = {}) {
  const project = await newSandboxProject({ hello: props }, options);
  await project.s('deploy', '--no-wait', '--no-preflight');
  const pod = await runningPod(project);
  project.requests();
  const write = (...lines: string[]): void => {
    for (const line of lines) project.sandbox.logs.write(pod.metadata.uid, 'function', line);
  };
  return { ...project, project, pod, write };
}

/** The texts of log lines, without their prefix. */
const texts = (run: Pick<Run, 'stdout'>): string[] => logLines(run.stdout).map((line) => line.replace(/^.*? \| /, ''));

const started = ['Function server starting', 'Listening on port 8080'];

describe('what is printed', () => {
  test('lines behind the end of the name of their pod; which pod that is, is told beside them', async () => {
    const { s, pod } = await newRunning();
    const run = await s('logs');
    const short = pod.metadata.name.slice(-5);
    expect(logLines(run.stdout)).toEqual(started.map((line) => `${short} | ${line}`));
    expect(run.stderr).toBe(`${short}: container function of pod ${pod.metadata.name}\n`);
  });

  test('a part of it, in the form that is wanted', async () => {
    const { s, write, pod } = await newRunning();
    write('ERROR: no', 'error: zwölf 函数', '{"level":"warn","msg":"slow","ms":7}');
    expect(texts(await s('logs', '--tail=1'))).toEqual(['{"level":"warn","msg":"slow","ms":7}']);
    expect(texts(await s('logs', '--grep=(?i)^error'))).toEqual(['ERROR: no', 'error: zwölf 函数']);
    expect(texts(await s('logs', '--grep=(?i)error|port', '--invert', '--tail=4'))).toEqual([
      '{"level":"warn","msg":"slow","ms":7}',
    ]);
    expect(texts(await s('logs', '--pretty', '--tail=1'))).toEqual(['WARN  slow ms=7']);
    expect(texts(await s('logs', '--since=1h'))).toHaveLength(5);
    expect(texts(await s('logs', '--since=2999-01-01T00:00:00Z'))).toEqual([]);
    expect(texts(await s('logs', '--timestamps', '--tail=2'))[0]).toMatch(
      /^\d{4}-\d\d-\d\dT[\d:]+\.\d{9}Z error: zwölf/,
    );
    const json = (await s('logs', '--json', '--tail=2')).stdout.split('\n').filter((line) => line.startsWith('{'));
    expect(json.map((line) => JSON.parse(line) as object)).toEqual([
      {
        time: expect.any(String) as string,
        pod: pod.metadata.name,
        container: 'function',
        message: 'error: zwölf 函数',
      },
      expect.objectContaining({ message: '{"level":"warn","msg":"slow","ms":7}' }),
    ]);
  });

  test('nothing with --silent', async () => {
    const { s } = await newRunning();
    const run = await s('logs', '--silent');
    expect([run.stdout, run.stderr, run.exitCode]).toEqual(['', '', 0]);
  });

  test.each([
    [['--tail=x'], '--tail=x is no number of at least 0.\nWhat to do: Write a whole number, for instance --tail=100.'],
    [['--max-streams=0'], '--max-streams=0 is no number of at least 1.'],
    [['--since=yesterday'], '--since=yesterday is not a duration.'],
    [['--since=2026-13-01T00:00:00Z'], '--since=2026-13-01T00:00:00Z is no time.'],
    [['--grep=('], '--grep=( is no regular expression.'],
    [['--invert'], '--invert needs --grep.'],
    [['--json', '--pretty'], '--json and --pretty exclude each other.'],
    [['--build', '--proxy'], '--build and --proxy exclude each other.'],
  ])('but an error for %j', async (flags, message) => {
    const { s } = await newSandboxProject({ hello: http });
    const run = await s('logs', ...flags);
    expect(told(run)).toContain(message);
    expect(run.exitCode).toBe(101);
  });
});

describe('other containers and pods', () => {
  test('Dapr beside the function, or all containers', async () => {
    const { s, pod } = await newRunning(async('sidecar'));
    const short = pod.metadata.name.slice(-5);
    expect(logLines((await s('logs', '--container=daprd')).stdout)).toEqual([
      expect.stringMatching(new RegExp(`^${short} daprd \\| .*dapr initialized`)),
    ]);
    const all = logLines((await s('logs', '--container=all')).stdout).map((line) => line.split(' | ')[0]);
    expect(new Set(all)).toEqual(new Set([`${short} function`, `${short} daprd`]));
    const run = await s('logs', '--container=sidecar');
    expect(told(run)).toContain('No pod of "hello" has a container "sidecar".\nWhy: They have function, daprd.');
    expect(run.exitCode).toBe(101);
  });

  test('Dapr in pods of its own is found there', async () => {
    const project = await newRunning(async());
    const proxy = await runningPod(project.project, 'openfunction.io/proxy');
    const run = await project.s('logs', '--container=daprd');
    expect(run.stderr).toContain('Dapr runs in pods of its own for "hello": these are their logs.');
    expect(logLines(run.stdout)[0]).toContain(`${proxy.metadata.name.slice(-5)} daprd | `);
    project.sandbox.logs.write(proxy.metadata.uid, 'dapr-proxy', 'passed on');
    expect(texts(await project.s('logs', '--proxy'))).toContain('passed on');
  });
});

describe('a build', () => {
  const build = {
    builder: 'openfunction/builder-node:v2-16.15',
    env: { FUNC_NAME: 'hello' },
    srcRepo: { url: 'https://github.com/me/functions.git' },
  };
  const built = { ...http, imageCredentials: { name: 'push-secret' }, build };

  test('is followed step by step to its end', async () => {
    // It is kept, so that a slow machine may come late.
    const project = await newSandboxProject({
      hello: { ...built, build: { ...build, successfulBuildsHistoryLimit: 1 } },
    });
    await makeSecrets(project.admin);
    await project.s('deploy', '--no-wait');
    const run = await project.s('logs', '--build', '-f');
    expect(logLines(run.stdout).slice(0, 3)).toEqual([
      'step-source-default | Cloning the source',
      'step-source-default | Checked out main',
      'step-prepare | Preparing the environment of the build',
    ]);
    expect(logLines(run.stdout).at(-1)).toBe('step-results | Image pushed');
    expect(run.exitCode).toBe(0);
  });

  test('that has been kept can be read later, one that was deleted says why not', async () => {
    const kept = { ...built, build: { ...build, failedBuildsHistoryLimit: 1 } };
    const failed = await newSandboxProject({ hello: kept }, { scenario: 'build-step-fails' });
    await makeSecrets(failed.admin);
    expect((await failed.s('deploy')).exitCode).toBe(101);
    expect(logLines((await failed.s('logs', '--build')).stdout).at(-1)).toBe(
      'step-create | ERROR: failed to build: exit status 1',
    );

    const gone = await newSandboxProject({ hello: built });
    await makeSecrets(gone.admin);
    expect((await gone.s('deploy')).exitCode).toBe(0);
    const run = await gone.s('logs', '--build');
    expect(told(run)).toMatch(
      /The log of the last build \(builder-\w+\) is gone\.\nWhy: .*build\.successfulBuildsHistoryLimit is 0.*\nWhat to do: Write build\.successfulBuildsHistoryLimit: 1/,
    );
    expect(run.exitCode).toBe(101);
  });

  test('that there is none of is an error', async () => {
    const { s } = await newRunning();
    const run = await s('logs', '--build');
    expect(told(run)).toContain('"hello" is not built in the cluster: there is no log of a build.');
    expect(run.exitCode).toBe(101);
  });
});

test('a program that ends again and again has each run printed once, and what it wrote before', async () => {
  const project = await newSandboxProject({ hello: http }, { scenario: 'crash' });
  await project.s('deploy', '--no-wait');
  const logs = following(['logs', '-f'], project);
  await logs.until(/(was started again[^]*){3}/);
  const run = await logs.stop();
  const crash = ["Error: Cannot find module './handler'", expect.stringContaining('MODULE_NOT_FOUND') as string];
  const restarts = run.stderr.match(/was started again after exit code 1, Error/g)?.length ?? 0;
  // Of the first run only as much as there still was; and the program may just have been started once more.
  const found = texts(run).filter((text) => !started.includes(text));
  expect(found.length).toBeGreaterThanOrEqual(2 * restarts);
  expect(found).toEqual(Array.from({ length: found.length / 2 }, () => crash).flat());
  expect(texts(await project.s('logs', '--previous')).slice(-2)).toEqual(crash);
});

describe('what goes wrong on the way', () => {
  test.each(['split-utf8', 'partial-lines'] as const)('%s: every line comes whole, and once', async (scenario) => {
    const { project, write } = await newRunning(http, { scenario });
    const logs = following(['logs', '-f'], project);
    await logs.until('Listening');
    write('zwölf 函数 😀', 'two');
    await logs.until('| two');
    expect(texts(await logs.stop())).toEqual([...started, 'zwölf 函数 😀', 'two']);
  });

  test.each([
    ['ends cleanly', { afterLines: 3, end: 'close' }],
    ['breaks', { afterLines: 3, end: 'reset' }],
  ] as const)('a log that %s again and again goes on where it was', async (_what, stream) => {
    const faults = [{ on: { resource: 'pods/log' }, times: 8, stream }];
    const { project, write } = await newRunning(http, { scenario: { faults } });
    const logs = following(['logs', '-f'], project);
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`);
    for (const line of lines) {
      write(line);
      await pause(30);
    }
    await logs.until('| line 20');
    expect(texts(await logs.stop())).toEqual([...started, ...lines]);
  });

  test('a server that fails is waited for, and said so once', async () => {
    const answer = { status: 500, reason: 'InternalError', message: 'Get "https://node:10250": connection refused' };
    const faults = [{ on: { resource: 'pods/log' }, times: 4, answer }];
    const { project } = await newRunning(http, { scenario: { faults } });
    const logs = following(['logs', '-f'], project);
    await logs.until('Listening');
    const run = await logs.stop();
    expect(run.stderr.match(/cannot be read at the moment/g)).toHaveLength(1);
    expect(run.stderr).toContain('The logs can be read again.');
    expect(texts(run)).toEqual(started);
  });

  test('a log that cannot be read at all is an error, after the others', async () => {
    const answer = { status: 500, reason: 'InternalError', message: 'no route to host' };
    const { s } = await newRunning(http, { scenario: { faults: [{ on: { resource: 'pods/log' }, answer }] } });
    const run = await s('logs');
    expect(told(run)).toContain('no route to host');
    expect(run.exitCode).toBe(101);
  });
});

describe('permissions', () => {
  const rbac = '/apis/rbac.authorization.k8s.io/v1/namespaces/default';

  /** Lets the user "nobody" do what a Role allows. */
  async function grant({ admin }: SandboxProject, role: { metadata: { name: string } }): Promise<void> {
    expect((await admin.request('POST', `${rbac}/roles`, role)).status).toBe(201);
    const { name } = role.metadata;
    await admin.request('POST', `${rbac}/rolebindings`, {
      metadata: { name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'nobody' }],
    });
  }
  function becomeNobody({ sandbox, folder }: SandboxProject): void {
    const users = [{ name: 'sandbox', user: { token: sandbox.tokens.nobody } }];
    writeFileSync(`${folder}/config`, JSON.stringify({ ...sandbox.kubeconfig, users }));
  }

  test('that are missing are named, and the Role that is shown is enough, in the namespace alone', async () => {
    const { project, s, write } = await newRunning();
    becomeNobody(project);
    const refused = await s('logs');
    expect(refused.output).toContain('Not allowed to list pods in namespace "default".');
    expect(refused.exitCode).toBe(101);
    const role = load(/ {2}apiVersion: rbac[^]*?(?=\n *and: )/.exec(refused.output)?.[0] ?? '') as {
      metadata: { name: string };
      rules: { resources: string[] }[];
    };
    expect(role.rules.map(({ resources }) => resources)).toEqual([['pods'], ['pods/log']]);
    await grant(project, { ...role, metadata: { name: 'shown' } });
    expect(texts(await s('logs'))).toEqual(started);

    const functions = {
      apiGroups: ['core.openfunction.io'],
      resources: ['functions'],
      verbs: ['get', 'list', 'watch'],
    };
    await grant(project, { metadata: { name: 'ofn' }, rules: [functions] } as { metadata: { name: string } });
    const logs = following(['logs', '-f'], project);
    await logs.until('Listening');
    write('more');
    await logs.until('| more');
    await logs.stop();
  });

  test('for pods without their logs are told what is missing', async () => {
    const { project, s } = await newRunning();
    becomeNobody(project);
    const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }];
    await grant(project, { metadata: { name: 'pods' }, rules } as { metadata: { name: string } });
    for (const args of [['logs'], ['logs', '-f']]) {
      const run = await s(...args);
      expect(run.output).toContain('Not allowed to get pods/log in namespace "default".');
      expect(run.output).toContain('resources: ["pods/log"]');
      expect(run.exitCode).toBe(101);
    }
  });
});

describe('the end', () => {
  let leftover: ChildProcess | undefined;
  afterEach(() => leftover?.kill('SIGKILL'));

  test.each([
    ['its lines', '{ "$NODE" "$CLI" logs -f; echo "exit code $?" >&2; } | grep -m 1 more'],
    ['anything', '{ "$NODE" "$CLI" logs -f 2>&1; echo "exit code $?" >&3; } 3>&2 | grep -m 1 more'],
  ])('comes quietly when nobody reads %s any more', async (_what, pipe) => {
    const { project, write } = await newRunning();
    const timer = setInterval(() => write('more'), 20);
    const child = spawn('sh', ['-c', pipe], {
      cwd: project.folder,
      env: {
        PATH: process.env['PATH'],
        NODE: process.execPath,
        CLI: cli,
        NODE_ENV: 'test',
        serverless_devs_config_home: project.folder,
        ...project.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    leftover = child;
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
    await new Promise((resolve) => child.on('close', resolve));
    clearInterval(timer);
    expect(output.stdout).toMatch(/^\w+ \| more\n$/);
    expect(output.stderr).toMatch(/(^|\n)exit code 0\n$/);
  });

  test('of who reads too slowly holds nothing in memory, and loses nothing', async () => {
    if (!existsSync('/proc/self/status')) {
      console.warn('SKIPPED: how much memory a process has is read from /proc, which is not here.');
      return;
    }
    const { project, write } = await newRunning();
    const child = spawn(process.execPath, [cli, 'logs', '-f'], {
      cwd: project.folder,
      env: { PATH: process.env['PATH'], NODE_ENV: 'test', serverless_devs_config_home: project.folder, ...project.env },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    leftover = child;
    const memory = (): number =>
      Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8'))?.[1]) / 1000;
    const { stdout } = child;
    stdout.setEncoding('utf8');
    await new Promise<void>((resolve) =>
      stdout.on('data', (text: string) => {
        if (text.includes('Listening')) resolve();
      }),
    );
    stdout.removeAllListeners('data').pause();
    const before = memory();
    const filling = 'x'.repeat(1000);
    const count = 40_000;
    for (let line = 1; line <= count; line += 1) {
      write(`line ${line} ${filling}`);
      if (line % 500 === 0) await pause(5);
    }
    await pause(1000);
    expect(memory() - before).toBeLessThan(25);

    const seen: number[] = [];
    let rest = '';
    await new Promise<void>((resolve) => {
      stdout.on('data', (text: string) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          const number = / line (\d+) /.exec(line)?.[1];
          if (number !== undefined) seen.push(Number(number));
        }
        if (seen.at(-1) === count) resolve();
      });
      stdout.resume();
    });
    child.kill('SIGINT');
    expect(seen).toEqual(Array.from({ length: count }, (_, index) => index + 1));
  });
});
