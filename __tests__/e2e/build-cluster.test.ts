import { execFileSync } from 'node:child_process';
import { temporaryFolder } from '../support/files';
import { makeSecrets } from '../support/functions';
import { newSandboxProject, told } from '../support/sandbox';
import { valueAt } from '../../src/record';

const builder = 'openfunction/builder-node:v2-16.15';
const srcRepo = { url: 'https://github.com/me/functions.git', revision: 'main' };
const serving = { template: { containers: [{ name: 'function' }] }, params: { FUNCTION_TARGET: 'hello' } };
const props = {
  image: 'registry.example.com/me/hello:v1',
  imageCredentials: { name: 'push-secret' },
  build: { builder, env: { FUNC_NAME: 'hello' }, srcRepo },
  serving,
};

const functionPath = '/apis/core.openfunction.io/v1beta1/namespaces/default/functions/hello';

/** A Git repository with a commit on main and an annotated tag v1 of it. */
function repository() {
  const folder = temporaryFolder({ 'index.mjs': '' });
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=me', '-c', 'user.email=me@example.com', ...args], { encoding: 'utf8' }).trim(); // prettier-ignore
  git('init', '-q', '-b', 'main');
  const commit = (): string => {
    git('add', '.');
    git('commit', '-q', '--allow-empty', '-m', 'change');
    return git('rev-parse', 'HEAD');
  };
  const first = commit();
  git('tag', '-a', 'v1', '-m', 'first');
  return { url: `file://${folder}`, first, commit };
}

async function withSecret(resources: Record<string, object>, options: Parameters<typeof newSandboxProject>[1] = {}) {
  const made = await newSandboxProject(resources, options);
  await makeSecrets(made.admin);
  return made;
}

describe('s build in the cluster', () => {
  test('prints what each step writes and ends with the digest, although the build is deleted at once', async () => {
    const { s, result, admin } = await withSecret({ hello: props });
    const run = await s('build');
    expect(run.exitCode).toBe(0);
    const lines = run.output.split('\n').flatMap((line) => /^\[INFO\]\[hello\] {3}(step.*)/.exec(line)?.[1] ?? []);
    expect(lines).toEqual([
      'step-source-default | Cloning the source',
      'step-source-default | Checked out main',
      'step-prepare | Preparing the environment of the build',
      'step-create | ===> DETECTING',
      'step-create | functions-framework-nodejs',
      'step-create | ===> BUILDING',
      'step-create | added 58 packages in 4s',
      'step-create | ===> EXPORTING',
      'step-create | Adding layer app',
      'step-results | Image pushed',
    ]);
    const { body } = await admin.request('GET', '/apis/core.openfunction.io/v1beta1/namespaces/default/builders');
    expect(valueAt(body, ['items'])).toEqual([]);
    expect(run.stderr).not.toContain('Warning');
    expect(told(run)).toMatch(/Function "hello" is built: registry\.example\.com\/me\/hello:v1@sha256:[0-9a-f]{64}/);
    expect(await result('build')).toMatchObject({
      image: props.image,
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string,
    });
  });

  test('ends with the step that failed, its last lines and what helps', async () => {
    const { s } = await withSecret({ hello: props }, { scenario: 'build-step-fails' });
    const run = await s('build');
    expect(run.exitCode).toBe(101);
    expect(run.output).toContain('step-create | npm ERR! code ENOTFOUND');
    expect(told(run)).toContain(
      [
        'The image of the function "hello" in namespace "default" (context "sandbox") was not built.',
        'Why: The npm registry cannot be reached from the build.',
      ].join('\n'),
    );
    expect(told(run)).toContain('  | ERROR: failed to build: exit status 1');
  });

  test('builds an unchanged function again with --force alone', async () => {
    const { s, admin } = await withSecret({ hello: props });
    await s('deploy');
    const builderOf = async (): Promise<unknown> =>
      valueAt((await admin.request('GET', functionPath)).body, ['status', 'build', 'resourceRef']);
    const first = await builderOf();
    const again = await s('build');
    expect(told(again)).toContain(
      'Nothing changed: the source at "main" is not built again, even if it has moved on. --force does that.',
    );
    expect(await builderOf()).toBe(first);
    expect((await s('build', '--force')).exitCode).toBe(0);
    expect(await builderOf()).not.toBe(first);
  });

  test('has nothing to do for an image that is there already', async () => {
    const { s } = await newSandboxProject({ hello: { image: 'hello:v1', serving } });
    const run = await s('build');
    expect(run.exitCode).toBe(0);
    expect(told(run)).toBe(
      'There is nothing to build: the function runs hello:v1 as it is. Add pack or build to the props.',
    );
  });
});

describe('--pin-revision', () => {
  test.each(['main', 'v1', undefined])('builds the commit that %s stands for now', async (revision) => {
    const git = repository();
    const build = { ...props.build, srcRepo: { url: git.url, ...(revision && { revision }) } };
    const { s, admin, write } = await withSecret({ hello: { ...props, build } });
    write({ hello: { ...props, build } });
    const run = await s('deploy', '--pin-revision', '--no-wait');
    expect(told(run)).toContain(`Building ${revision ?? 'the default branch'} as it is now: commit ${git.first}.`);
    const fn = (await admin.request('GET', functionPath)).body;
    expect(valueAt(fn, ['spec', 'build', 'srcRepo', 'revision'])).toBe(git.first);
    const second = git.commit();
    const plan = await s('plan', '--pin-revision');
    expect(told(plan)).toContain(revision === 'v1' ? 'would stay as it is' : 'would be updated');
    if (revision !== 'v1') expect(plan.output).toContain(second);
  });

  test('tells that there is no such branch', async () => {
    const git = repository();
    const build = { ...props.build, srcRepo: { url: git.url, revision: git.first.slice(0, 7) } };
    const { s, requests } = await withSecret({ hello: { ...props, build } });
    requests();
    const run = await s('deploy', '--pin-revision');
    expect(run.exitCode).toBe(101);
    expect(told(run)).toContain(`has no branch or tag "${git.first.slice(0, 7)}".`);
    expect(told(run)).toContain('It may be the beginning of a commit');
    expect(requests().filter((request) => request.startsWith('patch'))).toEqual([]);
  });

  test('tells why a repository cannot be read, without its password', async () => {
    const url = 'http://me:hunter2@127.0.0.1:9/none.git';
    const build = { ...props.build, srcRepo: { url, revision: 'main' } };
    const { s } = await withSecret({ hello: { ...props, build } });
    const run = await s('deploy', '--pin-revision');
    expect(run.exitCode).toBe(101);
    expect(told(run)).toContain('Cannot list the branches of');
    expect(run.output).not.toContain('hunter2');
  });
});
