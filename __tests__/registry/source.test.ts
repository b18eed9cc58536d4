import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../support/files';
import { describeWithRegistry, startRegistry, user, type TestRegistry } from '../support/registry';
import { recordingPack } from '../support/pack';
import { repository, s, sYaml } from '../support/s';
import { newSandboxProject, told, type SandboxProject } from '../support/sandbox';
import { valueAt } from '../../src/record';
import { pushImage } from '../../src/registry/push';
import { openRegistry } from '../../src/registry/registry';
import { bundleOf } from '../../src/source/bundle';
import { readSource } from '../../src/source/source';

const files = { 'src/index.mjs': 'export const hello = () => {};\n', 'src/package.json': '{"main":"index.mjs"}' };
const builder = 'openfunction/builder-node:v2-16.15';
const serving = { template: { containers: [{ name: 'function' }] }, params: { FUNCTION_TARGET: 'hello' } };

/** A function that the cluster builds from a folder, pushed to a registry. */
async function project(registry: TestRegistry, props: object = {}, openfunction: '1.0' | '1.2' = '1.0') {
  const made = await newSandboxProject({}, { openfunction });
  for (const [name, content] of Object.entries(files)) {
    execFileSync('mkdir', ['-p', `${made.folder}/src`]);
    writeFileSync(`${made.folder}/${name}`, content);
  }
  const image = `${registry.host}/me/hello:v1`;
  const build = { builder, env: { FUNC_NAME: 'hello' }, source: './src' };
  made.write({
    hello: { image, imageCredentials: { name: 'push-secret', fromDocker: true }, build, serving, ...props },
  });
  const auth = Buffer.from(`${user.username}:${user.password}`).toString('base64');
  Object.assign(made.env, {
    DOCKER_CONFIG: temporaryFolder({ 'config.json': { auths: { [registry.host]: { auth } } } }),
  });
  return made;
}

async function live({ admin }: SandboxProject, path: string): Promise<unknown> {
  return (await admin.request('GET', path)).body;
}

const functionPath = '/apis/core.openfunction.io/v1beta1/namespaces/default/functions/hello';
const secretPath = '/api/v1/namespaces/default/secrets/push-secret';

function digestOf(registry: TestRegistry, tag: string): string {
  const out = execFileSync('skopeo', ['inspect', '--tls-verify=false', '--creds', `${user.username}:${user.password}`, `docker://${registry.host}/me/hello:${tag}`], { encoding: 'utf8' }); // prettier-ignore
  return (JSON.parse(out) as { Digest: string }).Digest;
}

describeWithRegistry('an image that pack has pushed without telling its digest', () => {
  test('is asked of the registry', async () => {
    const registry = await startRegistry();
    const image = `${registry.host}/me/hello:v1`;
    // What the real pack would have pushed.
    const folder = temporaryFolder(files);
    const { tree } = await readSource(folder, { followsLinks: true });
    const pushed = await bundleOf(tree);
    const client = openRegistry(registry.host, { login: undefined });
    await pushImage(client, pushed, { repository: 'me/hello', tag: 'v1' });
    client.close();
    const pack = recordingPack({ unknown: ['--report-output-dir'] });
    writeFileSync(
      `${folder}/s.yaml`,
      sYaml({ hello: { image, pack: { builder, path: './src', publish: true }, serving } }),
    );
    const run = await s(['build'], { cwd: folder, env: { ...pack.env, DOCKER_CONFIG: temporaryFolder({}) } });
    expect(told(run)).toContain(`Built ${image}@${pushed.manifest.digest}.`);
    registry.stop();
    const again = await s(['build', '--force'], {
      cwd: folder,
      env: { ...pack.env, DOCKER_CONFIG: temporaryFolder({}) },
    });
    expect(again.exitCode).toBe(101);
    expect(told(again)).toContain(`Cannot reach the registry ${registry.host}.`);
  });
});

describeWithRegistry('a build in the cluster from a folder of this machine', () => {
  test('pushes the source, makes the Secret, and builds exactly that', async () => {
    const registry = await startRegistry({ auth: true });
    const made = await project(registry);
    const run = await made.s('build');
    expect(run.exitCode).toBe(0);
    expect(told(run)).toContain(`Pushed the source to ${registry.host}/me/hello:source-`);
    expect(told(run)).toContain(`Secret "push-secret" created: the login for ${registry.host} of`);
    expect(run.output).not.toContain(user.password);

    const fn = await live(made, functionPath);
    const bundle = String(valueAt(fn, ['spec', 'build', 'srcRepo', 'bundleContainer', 'image']));
    const [, tag = '', digest = ''] = /me\/hello:(source-[0-9a-f]{12})@(sha256:.*)$/.exec(bundle) ?? [];
    expect(digestOf(registry, tag)).toBe(digest);
    expect(digest).toContain(tag.slice('source-'.length));
    expect(valueAt(fn, ['spec', 'build', 'srcRepo', 'credentials'])).toEqual({ name: 'push-secret' });
    const secret = await live(made, secretPath);
    expect(secret).toMatchObject({
      type: 'kubernetes.io/dockerconfigjson',
      metadata: { annotations: { 'build.shipwright.io/referenced.secret': 'true' } },
    });
    const config = Buffer.from(String(valueAt(secret, ['data', '.dockerconfigjson'])), 'base64').toString();
    expect(JSON.parse(config)).toMatchObject({ auths: { [registry.host]: user } });
  });

  test('sends nothing while the source is the same, and builds anew when it changes', async () => {
    const registry = await startRegistry({ auth: true });
    const made = await project(registry);
    await made.s('deploy');
    const before = valueAt(await live(made, functionPath), ['spec', 'build', 'srcRepo', 'bundleContainer', 'image']);
    await registry.requests();
    expect(told(await made.s('deploy'))).toContain('Function "hello" unchanged');
    expect(await registry.requests()).toEqual([]);

    writeFileSync(`${made.folder}/src/index.mjs`, 'export const hello = () => 2;\n');
    const plan = await made.s('plan');
    expect(told(plan)).toContain(`First, deploy pushes the source to ${registry.host}/me/hello:source-`);
    expect(await registry.requests()).toEqual([]);
    expect(told(await made.s('deploy'))).toContain('Function "hello" updated');
    const after = valueAt(await live(made, functionPath), ['spec', 'build', 'srcRepo', 'bundleContainer', 'image']);
    expect(after).not.toBe(before);
    // The plan told what was going to be pushed, without pushing it.
    expect(plan.output).toContain(String(after));
  });

  test.each(['mqtt-bindings', 'mqtt-pubsub', 'http-hello'])(
    'is what examples/%s shows as its other way',
    async (example) => {
      const registry = await startRegistry({ auth: true });
      const made = await project(registry);
      const text = readFileSync(path.join(repository, 'examples', example, 's.yaml'), 'utf8');
      const otherWay = text
        .replace("${path('../..')}", repository)
        .replace(/ {6}pack:\n(?: {8}.*\n)+/, '')
        .replace(/^ {6}# (imageCredentials:|build:| {2}.*)$/gm, '      $1');
      expect(otherWay).toContain('      build:\n        builder: openfunction/builder-node');
      writeFileSync(`${made.folder}/s.yaml`, otherWay);
      cpSync(path.join(repository, 'examples', example, 'src'), `${made.folder}/src`, { recursive: true });
      Object.assign(made.env, { IMAGE: `${registry.host}/me/sample:v1` });
      const run = await made.s('deploy', '--build-logs');
      expect(told(run)).toContain(`Pushed the source to ${registry.host}/me/sample:source-`);
      expect(told(run)).toMatch(/Function "[\w-]+" runs/);
    },
  );

  test('is applied as v1beta2 where OpenFunction 1.2 would crash over v1beta1', async () => {
    const registry = await startRegistry({ auth: true });
    const made = await project(registry, {}, '1.2');
    const run = await made.s('deploy');
    expect(told(run)).toContain('of v1beta1, OpenFunction 1.1 and later would lose build.srcRepo.bundleContainer.');
    expect(told(run)).toMatch(/Function "[\w-]+" runs/);
    expect(run.exitCode).toBe(0);
  });

  test('is refused before anything is sent where v1beta1 is insisted on', async () => {
    const registry = await startRegistry({ auth: true });
    const made = await project(registry, { apiVersion: 'core.openfunction.io/v1beta1' }, '1.2');
    const run = await made.s('deploy');
    expect(run.exitCode).toBe(101);
    expect(told(run)).toContain(
      'With OpenFunction 1.1 and later, which this cluster runs, the cluster refuses a source image: OpenFunction crashes over it.',
    );
    expect(await registry.requests()).toEqual([]);
    expect(made.requests().filter((request) => request.startsWith('patch'))).toEqual([]);
  });

  test('is what was pushed last with --no-build', async () => {
    const registry = await startRegistry({ auth: true });
    const made = await project(registry);
    const refused = await made.s('deploy', '--no-build');
    expect(refused.exitCode).toBe(101);
    expect(told(refused)).toContain('The source ./src was never pushed from here.');
    await made.s('deploy', '--no-wait');
    writeFileSync(`${made.folder}/src/index.mjs`, 'export const hello = () => 2;\n');
    expect(told(await made.s('deploy', '--no-build', '--no-wait'))).toContain('Function "hello" unchanged');
  });

  test('is of its own function, also where two have their images in one repository', async () => {
    const registry = await startRegistry({ auth: true });
    const made = await project(registry);
    execFileSync('cp', ['-r', `${made.folder}/src`, `${made.folder}/other`]);
    writeFileSync(`${made.folder}/other/index.mjs`, 'export const hello = () => 2;\n');
    const resource = (tag: string, source: string): object => ({
      image: `${registry.host}/me/hello:${tag}`,
      imageCredentials: { name: 'push-secret', fromDocker: true },
      build: { builder, env: { FUNC_NAME: 'hello' }, source },
      serving,
    });
    made.write({ hello: resource('a', './src'), bye: resource('b', './other') });
    await made.s('deploy', '--no-wait');
    const again = await made.s('deploy', '--no-wait', '--no-build');
    expect(told(again)).toMatch(/Function "hello" unchanged[^]*Function "bye" unchanged/);
  });

  test('says what stays when the function is removed', async () => {
    const registry = await startRegistry({ auth: true });
    const made = await project(registry);
    await made.s('deploy', '--no-wait');
    const run = await made.s('remove', '-y');
    expect(told(run)).toContain('What stays: your login in the Secret; kubectl delete secret push-secret -n default');
    expect(told(run)).toContain('What stays: the source images in the registry, with tags source-…');
  });

  test('does not put a login into the cluster that the registry does not take', async () => {
    const registry = await startRegistry({ auth: true });
    const made = await project(registry);
    await made.s('deploy', '--no-wait');
    const before = await live(made, secretPath);
    const auth = Buffer.from('me:hunter3').toString('base64');
    Object.assign(made.env, {
      DOCKER_CONFIG: temporaryFolder({ 'config.json': { auths: { [registry.host]: { auth } } } }),
    });
    for (const command of ['deploy', 'plan']) {
      const run = await made.s(command);
      expect(run.exitCode).toBe(101);
      expect(told(run)).toContain(
        `The registry ${registry.host} does not take the login that is to go into the cluster.`,
      );
    }
    expect(await live(made, secretPath)).toEqual(before);
  });

  test('tells when there is no login for the registry', async () => {
    const registry = await startRegistry({ auth: true });
    const made = await project(registry);
    Object.assign(made.env, { DOCKER_CONFIG: temporaryFolder({}) });
    const run = await made.s('deploy');
    expect(told(run)).toContain(
      `There is no login for ${registry.host}, which imageCredentials.fromDocker is to bring into the cluster.`,
    );
    expect((await made.s('plan')).exitCode).toBe(101);
    expect(await registry.requests()).toEqual([]);
  });

  test('leaves a Secret alone that somebody else keeps', async () => {
    const registry = await startRegistry({ auth: true });
    const made = await project(registry);
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'push-secret' },
      type: 'kubernetes.io/dockerconfigjson',
      data: { '.dockerconfigjson': Buffer.from('{"auths":{}}').toString('base64') },
    };
    await made.admin.request('POST', '/api/v1/namespaces/default/secrets?fieldManager=terraform', secret);
    const run = await made.s('deploy');
    expect(told(run)).toContain(
      [
        'The Secret "push-secret" in namespace "default" cannot hold the login.',
        'Why: What it holds was put there by "terraform".',
      ].join('\n'),
    );
    expect(run.output).not.toContain(Buffer.from(user.password).toString('base64').replace(/=+$/, ''));
    expect((await made.s('deploy', '--force-conflicts', '--no-wait')).exitCode).toBe(0);
  });
});
