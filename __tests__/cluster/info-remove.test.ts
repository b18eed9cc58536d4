import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { functionPath, hello, newProject, openfunction } from '../support/cluster';
import { cli, repository, s } from '../support/s';

describe('info', () => {
  test('tells states, addresses and image as they are', async () => {
    const project = await newProject({ hello: hello() });
    await project.s('deploy', '--no-wait');
    const isOld = openfunction === 'v0.6.0';
    const status = {
      build: { state: 'Skipped' },
      serving: { state: 'Running', resourceRef: 'serving-abcde' },
      ...(isOld
        ? { url: 'http://hello.ofn.io/' }
        : {
            addresses: [{ type: 'External', value: 'http://hello.ofn.io/' }],
            revision: { imageDigest: 'sha256:1' },
          }),
    };
    await project.patch('hello', { status }, '/status');
    project.requests();
    expect(await project.result('info')).toMatchObject({
      name: 'hello',
      image: 'registry.example.com/me/hello:v1',
      ...(!isOld && { imageDigest: 'sha256:1' }),
      build: { state: 'Skipped' },
      serving: { state: 'Running', resource: 'serving-abcde' },
      addresses: { http: { external: 'http://hello.ofn.io/' } },
    });
    expect(project.requests().length).toBeLessThanOrEqual(2);
    expect(project.connections()).toBeLessThanOrEqual(2);
  });

  test('of a function that does not exist is an error', async () => {
    const project = await newProject({ hello: hello() });
    const { exitCode, output } = await project.s('info');
    expect(exitCode).toBe(101);
    expect(output).toContain(`The function "hello" does not exist in namespace "${project.namespace}"`);
  });

  test('works for other resources during any command, with the flags of that command', async () => {
    const project = await newProject({ first: hello() });
    await project.s('deploy', '--no-wait');
    project.write({ first: hello(), second: hello({ image: '${resources.first.info.image}' }) });
    const { exitCode, output } = await project.s('second', 'deploy', '--no-wait', '--force-conflicts');
    expect(output).toContain('"second" created');
    expect(exitCode).toBe(0);
    expect((await project.s('second', 'plan')).exitCode).toBe(0);
  });

  test('is remembered while all resources are removed, of which one refers to another', async () => {
    const project = await newProject({ first: hello() });
    await project.s('deploy', '--no-wait');
    project.write({ first: hello(), second: hello({ image: '${resources.first.info.image}' }) });
    await project.s('deploy', '--no-wait');
    const { exitCode, output } = await project.s('remove', '-y');
    expect(output).toMatch(/"first" removed[^]*"second" removed/);
    expect(exitCode).toBe(0);
  });

  test('works without an s.yaml', async () => {
    const project = await newProject({ hello: hello() });
    await project.s('deploy', '--no-wait');
    const props = JSON.stringify({ name: 'hello', namespace: project.namespace });
    const { exitCode, output } = await s(['cli', repository, 'info', '-p', props], {
      cwd: '/',
      env: { KUBECONFIG: `${project.folder}/config` },
    });
    expect(exitCode).toBe(0);
    expect(output).toContain('registry.example.com/me/hello:v1');
  });
});

describe('remove', () => {
  test('of a function that does not exist succeeds with one request', async () => {
    const project = await newProject({ hello: hello() });
    const { exitCode, output } = await project.s('remove', '-y');
    expect(exitCode).toBe(0);
    expect(output).toContain('nothing to remove');
    expect(project.requests()).toEqual([`get ${functionPath(project.namespace, 'hello')}`]);
    expect(project.connections()).toBe(1);
  });

  test('without a terminal needs -y, and removes nothing', async () => {
    const project = await newProject({ hello: hello() });
    await project.s('deploy', '--no-wait');
    const { exitCode, output } = await project.s('remove');
    expect(exitCode).toBe(101);
    expect(output).toContain('Run it with -y');
    expect((await project.live('hello')).metadata['name']).toBe('hello');
  });

  test('lists what goes and waits until it is gone', async () => {
    const project = await newProject({ hello: hello() });
    await project.s('deploy', '--no-wait');
    const status = {
      build: { state: 'Succeeded', resourceRef: 'builder-abcde' },
      serving: { state: 'Running', resourceRef: 'serving-abcde' },
    };
    await project.patch('hello', { status }, '/status');
    const { exitCode, output } = await project.s('remove', '-y');
    expect(output).toMatch(/To be removed[^]*Function hello[^]*Builder builder-abcde[^]*Serving serving-abcde/);
    expect(output).toContain('Waiting until everything that belongs to it is gone (finalizers: foregroundDeletion).');
    expect(output).toContain(`Function "hello" removed in namespace "${project.namespace}"`);
    expect(exitCode).toBe(0);
    expect((await project.live('hello'))['reason']).toBe('NotFound');
  });

  test('that is held by a finalizer ends in time, names it, and leaves it', async () => {
    const project = await newProject({ hello: hello() });
    await project.s('deploy', '--no-wait');
    await project.patch('hello', { metadata: { finalizers: ['example.com/hold'] } });
    const { exitCode, output } = await project.s('remove', '-y', '--timeout=2s');
    expect(exitCode).toBe(101);
    expect(output).toContain('still being deleted after 2 s');
    expect(output).toContain('example.com/hold');
    expect((await project.live('hello')).metadata['finalizers']).toContain('example.com/hold');
  });

  test('that is interrupted does not look done', async () => {
    const project = await newProject({ hello: hello() });
    await project.s('deploy', '--no-wait');
    await project.patch('hello', { metadata: { finalizers: ['example.com/hold'] } });
    const env = {
      ...process.env,
      KUBECONFIG: `${project.folder}/config`,
      NODE_ENV: 'test',
      serverless_devs_config_home: project.folder,
    };
    const child = spawn(process.execPath, [cli, 'remove', '-y'], { cwd: project.folder, env, timeout: 60_000 });
    child.stdout.on('data', (text: Buffer) => {
      if (text.includes('Waiting until')) child.kill('SIGINT');
    });
    const [exitCode] = (await once(child, 'close')) as [number | null];
    expect(exitCode).toBe(130);
  });

  describe('on a terminal', () => {
    const hasTerminal = spawnSync('script', ['--version']).status === 0;
    if (!hasTerminal) console.warn('SKIPPED: the program "script" is absent; the question of remove is not tested.');

    /** Runs `s remove` on a pseudo terminal and gives this answer to its question. */
    async function answering(folder: string, answer: string): Promise<{ status: number | null; stdout: string }> {
      const command = `${process.execPath} ${cli} remove`;
      const env = {
        ...process.env,
        KUBECONFIG: `${folder}/config`,
        NODE_ENV: 'test',
        serverless_devs_config_home: folder,
      };
      const child = spawn('script', ['-qefc', command, '/dev/null'], { cwd: folder, env, timeout: 60_000 });
      let stdout = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout += text;
        if (text.includes('Remove?')) child.stdin.write(`${answer}\n`);
      });
      const [status] = (await once(child, 'close')) as [number | null];
      return { status, stdout };
    }

    (hasTerminal ? test : test.skip)('it asks; anything but yes removes nothing', async () => {
      const project = await newProject({ hello: hello() });
      await project.s('deploy', '--no-wait');
      const no = await answering(project.folder, 'n');
      expect(no.stdout).toContain('Remove? (y/N)');
      expect(no.stdout).toContain('the answer was no');
      expect(no.status).toBe(101);
      expect((await project.live('hello')).metadata['name']).toBe('hello');
      expect((await answering(project.folder, 'y')).status).toBe(0);
      expect((await project.live('hello'))['reason']).toBe('NotFound');
    });
  });
});
