import { mkdirSync, writeFileSync } from 'node:fs';
import { valueAt } from '../../src/record';
import { makeSecrets } from '../support/functions';
import { recordingPack, type Behaviour } from '../support/pack';
import { newSandboxProject, told } from '../support/sandbox';

const image = 'registry.example.com/me/hello:v1';
const pack = {
  builder: 'openfunction/builder-node:v2-16.15',
  path: './src',
  env: { FUNC_NAME: 'hello' },
  publish: true,
};
const serving = { template: { containers: [{ name: 'function' }] }, params: { FUNCTION_TARGET: 'hello' } };
const digest = `sha256:${'a'.repeat(64)}`;
const functionPath = '/apis/core.openfunction.io/v1beta1/namespaces/default/functions/hello';

/** A function on a sandbox that is built by the program that stands for pack. */
async function project(
  props: object = {},
  behaviour: Behaviour = { digest },
  options: Parameters<typeof newSandboxProject>[1] = {},
) {
  const made = await newSandboxProject({ hello: { image, pack, serving, ...props } }, options);
  const tool = recordingPack(behaviour);
  Object.assign(made.env, tool.env);
  mkdirSync(`${made.folder}/src`);
  writeFileSync(`${made.folder}/src/index.mjs`, 'export const hello = () => {};\n');
  const imageOf = async (): Promise<unknown> =>
    valueAt((await made.admin.request('GET', functionPath)).body, ['spec', 'image']);
  const change = (): void => writeFileSync(`${made.folder}/src/index.mjs`, 'export const hello = () => 2;\n');
  const behave = (next: Behaviour): void => {
    tool.behave(next);
    Object.assign(made.env, tool.env);
  };
  return { ...made, tool, imageOf, change, behave };
}

describe('s deploy with pack', () => {
  test('builds, and deploys exactly that image', async () => {
    const { s, imageOf } = await project();
    const run = await s('deploy');
    expect(told(run)).toContain(`Building ${image} with pack: 1 file, 31 bytes.`);
    expect(told(run)).toContain('Function "hello" runs');
    expect(await imageOf()).toBe(`${image}@${digest}`);
  });

  test('builds nothing and changes nothing while the source is the same', async () => {
    const { s, tool, requests } = await project();
    await s('deploy', '--no-wait');
    requests();
    const run = await s('deploy', '--no-wait');
    expect(told(run)).toContain('Function "hello" unchanged');
    expect(tool.calls()).toHaveLength(1);
    expect(requests()).toEqual(['patch v1beta1 hello']);
  });

  test('rolls out a changed source under the same tag', async () => {
    const { s, change, behave, imageOf } = await project();
    await s('deploy');
    change();
    const next = `sha256:${'b'.repeat(64)}`;
    behave({ digest: next });
    expect(told(await s('plan'))).toContain(
      `First, deploy builds ${image} with pack: it was not built from here yet as it is now. Its digest is not known before.`,
    );
    expect(told(await s('deploy'))).toContain('Function "hello" updated');
    expect(await imageOf()).toBe(`${image}@${next}`);
  });

  test('shows in plan and render what is built already, pinned', async () => {
    const { s, tool } = await project();
    await s('build');
    expect((await s('plan')).output).toContain(`${image}@${digest}`);
    expect((await s('render')).output).toContain(`${image}@${digest}`);
    expect(tool.calls()).toHaveLength(1);
  });

  test('builds nothing when something else is wrong', async () => {
    const { s, tool } = await project({ imageCredentials: { name: '' } });
    expect((await s('deploy')).exitCode).toBe(101);
    expect(tool.calls()).toEqual([]);
  });

  test('changes nothing when the build fails', async () => {
    const { s, requests } = await project({}, { exitCode: 1, stderr: 'ERROR: no space left on device' });
    requests();
    expect((await s('deploy')).exitCode).toBe(101);
    expect(requests().filter((request) => request.startsWith('patch'))).toEqual(['patch v1beta1 hello (dry run)']);
  });

  test('deploys the image as it is with --no-build: what was built last, else the tag', async () => {
    const { s, tool, imageOf, change } = await project();
    expect(told(await s('deploy', '--no-build', '--no-wait'))).toContain(`${image} is deployed by its tag`);
    expect(await imageOf()).toBe(image);
    expect(tool.calls()).toEqual([]);
    await s('build');
    change();
    await s('deploy', '--no-build', '--no-wait');
    expect(await imageOf()).toBe(`${image}@${digest}`);
    expect(tool.calls()).toHaveLength(1);
  });

  test('does not build for a namespace that is not there', async () => {
    const { s, tool } = await project({ namespace: 'nowhere' }, { digest }, { rights: 'everywhere' });
    expect(told(await s('deploy'))).toContain('The namespace "nowhere" does not exist.');
    expect(tool.calls()).toEqual([]);
  });

  test('does not build for a namespace in which it may not deploy', async () => {
    const { s, tool } = await project({ namespace: 'nowhere' });
    expect(told(await s('deploy'))).toContain('Not allowed to patch functions in namespace "nowhere".');
    expect(tool.calls()).toEqual([]);
  });

  test('builds where a webhook of others keeps the cluster from foreseeing what comes of it', async () => {
    const on = { verb: 'patch', resource: 'functions' } as const;
    const answer = { status: 400, reason: 'BadRequest', message: 'admission webhook "x" does not support dry run' };
    const { s, tool } = await project({}, { digest }, { scenario: { faults: [{ on, times: 1, answer }] } });
    expect(told(await s('deploy', '--no-wait'))).toContain('Function "hello" created');
    expect(tool.calls()).toHaveLength(1);
  });

  test('does not build what would be run with the digest of a build in the cluster', async () => {
    const { s, tool, write, admin } = await project();
    await makeSecrets(admin);
    const build = { builder: pack.builder, env: pack.env, srcRepo: { url: 'https://github.com/me/fn.git' } };
    write({ hello: { image, imageCredentials: { name: 'push-secret' }, build, serving } });
    await s('deploy');
    write({ hello: { image, pack, serving } });
    const refused = 'The function "hello" was built in the cluster before, and is not any more.';
    expect(told(await s('deploy'))).toContain(refused);
    expect(tool.calls()).toEqual([]);
    await s('build');
    const plan = await s('plan');
    expect(plan.exitCode).toBe(101);
    expect(told(plan)).toContain(refused);
  });

  test('says what it means that an image was not pushed', async () => {
    const { s, imageOf } = await project({ pack: { ...pack, publish: false } });
    const run = await s('deploy', '--no-wait');
    expect(told(run)).toContain(`hello.props.pack.publish: is off: ${image} stays in the Docker of this machine.`);
    expect((await s('deploy', '--no-wait', '--strict')).exitCode).toBe(101);
    expect(await imageOf()).toBe(image);
  });

  test('builds anew with --force-rollout', async () => {
    const { s, tool } = await project();
    await s('deploy', '--no-wait');
    await s('deploy', '--no-wait', '--force-rollout');
    expect(tool.calls()).toHaveLength(2);
  });
});
