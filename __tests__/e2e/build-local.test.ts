import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { temporaryFolder } from '../support/files';
import { recordingPack, type Behaviour } from '../support/pack';
import { s, sYaml, type Run } from '../support/s';

const image = 'registry.example.com/me/hello:v1';
const builder = 'openfunction/builder-node:v2-16.15';
const digest = `sha256:${'a'.repeat(64)}`;
const source = { 'src/index.mjs': 'export const hello = () => {};\n', 'src/package.json': '{"main":"index.mjs"}' };
const pack = { builder, path: './src', env: { FUNC_NAME: 'hello' }, publish: true };
const serving = { template: { containers: [{ name: 'function' }] }, params: { FUNCTION_TARGET: 'hello' } };

const temporary = temporaryFolder();

/** A folder with an s.yaml whose function is built by the program that stands for pack. */
function project(props: object = {}, behaviour: Behaviour = { digest }) {
  const folder = temporaryFolder({ ...source, 's.yaml': sYaml({ hello: { image, pack, serving, ...props } }) });
  const tool = recordingPack(behaviour);
  tool.env['TMPDIR'] = temporary;
  const run = async (...args: string[]): Promise<Run> => {
    const result = await s(args, { cwd: folder, env: { ...tool.env, KUBECONFIG: '/no/such/file' } });
    return { ...result, output: result.output.replaceAll(folder, '.') };
  };
  return { folder, tool, run };
}

/** What is left of builds in the folder for temporary files, which other tests do not use. */
function leftovers(): string[] {
  return readdirSync(temporary).filter((name) => name.startsWith('ofn-build-'));
}

describe('s build with pack', () => {
  test('builds the image, pushes it and tells its digest; no cluster is asked', async () => {
    const { folder, tool, run } = project({}, { digest, stdout: '===> DETECTING\n===> BUILDING\n' });
    const { output, exitCode } = await run('build');
    expect(exitCode).toBe(0);
    expect(output).toContain(`[INFO][hello] Building ${image} with pack: 2 files, 51 bytes.
===> DETECTING
===> BUILDING
[INFO][hello] Built ${image}@${digest}.`);
    expect(output).toMatch(new RegExp(`image: +${image}\ndigest: +${digest}\n`));
    const [call] = tool.calls();
    expect(call).toMatchObject({
      args: ['build', image, '--builder', builder, '--path', `${folder}/src`, '--env', 'FUNC_NAME', '--publish', '--report-output-dir', expect.stringContaining('ofn-build-')], // prettier-ignore
      cwd: folder,
      env: { FUNC_NAME: 'hello' },
      source: ['index.mjs', 'package.json'],
    });
    expect(leftovers()).toEqual([]);
  });

  test('builds nothing again while the source is the same, whatever its times; --force does', async () => {
    const { folder, tool, run } = project();
    await run('build');
    utimesSync(`${folder}/src/index.mjs`, new Date(0), new Date(0));
    const { output } = await run('build');
    expect(output).toContain(`The source of ${image} has not changed; it is not built again.`);
    expect(output).toContain(digest);
    expect(tool.calls()).toHaveLength(1);

    await run('build', '--force');
    expect(tool.calls()).toHaveLength(2);
    writeFileSync(`${folder}/src/index.mjs`, 'export const hello = () => 2;\n');
    await run('build');
    expect(tool.calls()).toHaveLength(3);
  });

  test('builds again when a build input changes', async () => {
    const { folder, tool, run } = project();
    await run('build');
    const other = { ...pack, env: { FUNC_NAME: 'bye' } };
    writeFileSync(`${folder}/s.yaml`, sYaml({ hello: { image, pack: other, serving } }));
    await run('build');
    expect(tool.calls().map(({ env }) => env['FUNC_NAME'])).toEqual(['hello', 'bye']);
  });

  test('builds again when another input changes', async () => {
    const { folder, tool, run } = project({ pack: { ...pack, buildpacks: ['./mine'], args: ['--env-file', 'vars'] } });
    mkdirSync(`${folder}/mine`);
    writeFileSync(`${folder}/vars`, '');
    for (const file of ['mine/buildpack.toml', 'vars', 'mine/buildpack.toml']) {
      await run('build');
      writeFileSync(`${folder}/${file}`, `${file} ${tool.calls().length}`);
    }
    await run('build');
    await run('build');
    expect(tool.calls()).toHaveLength(4);
  });

  test('leaves out what Git ignores, and tells pack and the user so', async () => {
    const { folder, tool, run } = project();
    const files = { 'src/.gitignore': 'node_modules/\n*.log\n!keep.log\n', 'src/node_modules/a/index.js': '', 'src/debug (1).log': '', 'src/keep.log': '' }; // prettier-ignore
    for (const [name, content] of Object.entries(files)) {
      spawnSync('mkdir', ['-p', `${folder}/${name}/..`.replace(/[^/]*\/\.\.$/, '')]);
      writeFileSync(`${folder}/${name}`, content);
    }
    const { output } = await run('build');
    expect(output).toContain('; left out by .gitignore: debug (1).log, node_modules/.');
    expect(tool.calls()[0]?.descriptor).toBe(
      '[_]\nschema-version = "0.2"\n\n[io.buildpacks]\nexclude = [\n  "/debug \\\\(1\\\\).log",\n  "/node_modules/",\n]\n',
    );
    writeFileSync(`${folder}/src/node_modules/a/index.js`, 'changed');
    expect((await run('build')).output).toContain('has not changed');
    writeFileSync(`${folder}/src/keep.log`, 'changed');
    expect((await run('build')).output).toContain('Building');
  });

  test('refuses a link that leads out of the source', async () => {
    const { folder, tool, run } = project();
    symlinkSync('../s.yaml', `${folder}/src/settings.yaml`);
    const { output, exitCode } = await run('build');
    expect(exitCode).toBe(101);
    expect(output).toContain('The link settings.yaml leads out of the source folder, to ../s.yaml.');
    expect(tool.calls()).toEqual([]);
  });

  test('keeps values of variables out of the arguments', async () => {
    const { tool, run } = project({ pack: { ...pack, env: { FUNC_NAME: 'hello', NPM_TOKEN: 'hunter2' } } });
    const { output } = await run('build');
    const [call] = tool.calls();
    expect(call?.env).toEqual({ FUNC_NAME: 'hello', NPM_TOKEN: 'hunter2' });
    expect(call?.args.join(' ')).not.toContain('hunter2');
    expect(output).not.toContain('hunter2');
  });

  test('lets pack have the proxies of the environment', async () => {
    const { folder, tool } = project();
    await s(['build'], { cwd: folder, env: { ...tool.env, HTTPS_PROXY: 'http://proxy.example.com:3128' } });
    expect(tool.calls()).toMatchObject([{ proxy: 'http://proxy.example.com:3128' }]);
  });

  test('does without flags that an older pack does not know', async () => {
    const { tool, run } = project({ pack: { ...pack, publish: false } }, { unknown: ['--report-output-dir'] });
    const { output, exitCode } = await run('build');
    expect({ exitCode, calls: tool.calls().length }).toEqual({ exitCode: 0, calls: 1 });
    expect(tool.calls()[0]?.args).not.toContain('--report-output-dir');
    expect(output).not.toContain('unknown flag');
  });

  test.each<[NodeJS.Signals, string, number]>([
    ['SIGINT', 'Ctrl-C', 130],
    ['SIGTERM', 'the end of a job', 143],
  ])('ends pack on %s, %s, and leaves no file', async (signal, _title, expected) => {
    const { folder, tool } = project({}, { hangs: true });
    let isTold = false;
    const { exitCode } = await s(['build'], {
      cwd: folder,
      env: { ...tool.env, KUBECONFIG: '/no/such/file' },
      onOutput: (output, child) => {
        if (isTold || !output.includes('===> BUILDING')) return;
        isTold = true;
        child.kill(signal);
      },
    });
    expect(exitCode).toBe(expected);
    await pause(500);
    expect(tool.calls()).toMatchObject([{ signal: 'SIGINT' }]);
    expect(leftovers()).toEqual([]);
  });

  test('remembers nothing of a build that failed', async () => {
    const { tool, run } = project({}, { exitCode: 1, stderr: 'ERROR: failed to build: no space left on device\n' });
    expect((await run('build')).exitCode).toBe(101);
    tool.behave({ digest });
    expect((await run('build')).output).toContain(`Built ${image}@${digest}.`);
  });
});

describe('what goes wrong with pack is told with its remedy', () => {
  test.each<[string, string, string[]]>([
    [
      'no Docker',
      "ERROR: failed to build: failed to fetch builder image 'index.docker.io/openfunction/builder-node:v2-16.15': Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
      ['Docker does not run, and pack builds in its containers.', 'sudo systemctl start docker'],
    ],
    [
      'no right to use Docker',
      'ERROR: failed to build: permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock',
      ['You may not use Docker on this machine.', 'usermod -aG docker'],
    ],
    [
      'a builder for other machines',
      '[detector] exec /cnb/lifecycle/detector: exec format error\nERROR: failed to build: executing lifecycle: failed with status code: 1',
      ['The builder is for machines of another kind.', 'Set pack.platform'],
    ],
    [
      'a registry that does not let in',
      '[exporter] ERROR: failed to export: failed to write image to the following tags: [registry.example.com/me/hello:v1: POST https://registry.example.com/v2/me/hello/blobs/uploads/: UNAUTHORIZED: authentication required]\nERROR: failed to build: executing lifecycle: failed with status code: 62',
      ['The registry does not let you in.', 'docker login registry.example.com'],
    ],
    [
      'a full disk',
      'ERROR: failed to build: write /tmp/x: no space left on device',
      ['The disk is full.', 'docker system prune'],
    ],
    [
      'no buildpack',
      'ERROR: No buildpack groups passed detection.\nERROR: failed to build: executing lifecycle: failed with status code: 20',
      ['No buildpack of the builder knows what to do with the source.', 'pack.env.FUNC_NAME'],
    ],
    [
      'a private package, which is none of the registry',
      '[builder] npm ERR! code E401\n[builder] npm ERR! 401 Unauthorized - GET https://npm.example.com/a\nERROR: failed to build: executing lifecycle: failed with status code: 51',
      ['npm ERR! 401 Unauthorized', '[--verbose]'],
    ],
    [
      'something else',
      '[builder] npm ERR! oh\nERROR: failed to build: status code: 51',
      ['status code: 51', '[--verbose]'],
    ],
  ])('%s', async (_title, stderr, expected) => {
    const { run } = project({}, { exitCode: 1, stderr: `${stderr}\n` });
    const { output, exitCode } = await run('build');
    expect(exitCode).toBe(101);
    expect(output).toContain('pack could not build the image (1).');
    for (const words of expected) expect(output).toContain(words);
  });

  test('no pack', async () => {
    const { run } = project({ pack: { ...pack, command: 'pack-of-another-name' } });
    const { output, exitCode } = await run('build');
    expect(exitCode).toBe(101);
    expect(output).toContain('The command pack-of-another-name was not found.');
    expect(output).toContain('https://github.com/buildpacks/pack/releases');
  });

  test('a wrong path of pack', async () => {
    const { run } = project({ pack: { ...pack, command: './tools/pack' } });
    const { output } = await run('build');
    expect(output).toContain('The command ./tools/pack was not found.\nWhat to do: Correct pack.command');
  });

  test('a file that may be a secret', async () => {
    const { folder, run } = project();
    writeFileSync(`${folder}/src/.env`, 'PASSWORD=hunter2');
    expect((await run('build')).output).toContain('[WARN][hello] The source holds .env, which may be secrets');
    writeFileSync(`${folder}/.gitignore`, '.env');
    expect((await run('build')).output).not.toContain('WARN');
  });

  test('no source', async () => {
    const { folder, run } = project();
    rmSync(`${folder}/src`, { recursive: true });
    const { output } = await run('build');
    expect(output).toContain('The source folder ./src does not exist.');
  });
});

const hasPack = spawnSync('pack', ['version']).status === 0 && spawnSync('docker', ['info']).status === 0;
const why = hasPack ? '' : ' (skipped: pack or a Docker daemon is not here)';

(hasPack ? describe : describe.skip)(`the real pack${why}`, () => {
  test('builds an image from the example', async () => {
    const folder = temporaryFolder({
      ...source,
      's.yaml': sYaml({ hello: { image: 'ofn-test/hello:v1', pack: { ...pack, publish: false }, serving } }),
    });
    const { output, exitCode } = await s(['build'], { cwd: folder, env: { HOME: process.env['HOME'] } });
    expect(output).toContain('Built ofn-test/hello:v1.');
    expect(exitCode).toBe(0);
    expect(spawnSync('docker', ['image', 'inspect', 'ofn-test/hello:v1']).status).toBe(0);
  });
});
