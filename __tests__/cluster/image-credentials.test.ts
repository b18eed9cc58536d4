import { valueAt } from '../../src/record';
import { admin, hello, newProject, type Project } from '../support/cluster';

const registry = 'registry.example.com';
const name = 'push-secret';
const env = {
  DOCKER_AUTH_CONFIG: JSON.stringify({ auths: { [registry]: { auth: Buffer.from('me:hunter2').toString('base64') } } }),
};
const props = hello({ imageCredentials: { name, fromDocker: true } });

async function secretOf({ namespace }: Project): Promise<Record<string, unknown>> {
  return (await admin.request('GET', `/api/v1/namespaces/${namespace}/secrets/${name}`)).body;
}

function configIn(secret: unknown): unknown {
  return JSON.parse(Buffer.from(String(valueAt(secret, ['data', '.dockerconfigjson'])), 'base64').toString());
}

describe('the Secret that deploy makes of a Docker login', () => {
  test('is there before the function, and changed with the login', async () => {
    const project = await newProject({ hello: props }, { env });
    const run = await project.s('deploy', '--no-wait');
    expect(run.exitCode).toBe(0);
    expect(run.output).toContain(`Secret "${name}" created: the login for ${registry} of DOCKER_AUTH_CONFIG.`);
    expect(run.output).not.toContain('hunter2');
    expect(run.output.indexOf('Secret "')).toBeLessThan(run.output.indexOf('Function "hello" created'));

    const secret = await secretOf(project);
    expect(secret).toMatchObject({
      type: 'kubernetes.io/dockerconfigjson',
      metadata: { annotations: { 'build.shipwright.io/referenced.secret': 'true' } },
    });
    expect(configIn(secret)).toMatchObject({ auths: { [registry]: { username: 'me', password: 'hunter2' } } });
    expect((await project.live('hello')).spec['imageCredentials']).toEqual({ name });

    env.DOCKER_AUTH_CONFIG = JSON.stringify({ auths: { [registry]: { username: 'you', password: 'new' } } });
    const again = await newProject({ hello: props }, { env });
    expect((await again.s('deploy', '--no-wait')).output).toContain(`Secret "${name}" created`);
    expect((await again.s('deploy', '--no-wait')).output).toContain(`Secret "${name}" unchanged`);
    expect(configIn(await secretOf(again))).toMatchObject({ auths: { [registry]: { username: 'you' } } });
  });

  test('is made in a namespace that deploy creates', async () => {
    const project = await newProject({ hello: { ...props, createNamespace: true } }, { env, createNamespace: false });
    expect((await project.s('deploy', '--no-wait')).exitCode).toBe(0);
    expect((await secretOf(project))['kind']).toBe('Secret');
  });

  test('does not take the place of one that somebody else keeps', async () => {
    const project = await newProject({ hello: props }, { env });
    const theirs = { '.dockerconfigjson': Buffer.from('{"auths":{}}').toString('base64') };
    const secret = { metadata: { name }, type: 'kubernetes.io/dockerconfigjson', data: theirs };
    await admin.request('POST', `/api/v1/namespaces/${project.namespace}/secrets?fieldManager=terraform`, secret);
    const run = await project.s('deploy', '--no-wait');
    expect(run.exitCode).toBe(101);
    expect(run.output).toContain('What it holds was put there by "terraform".');
    expect((await secretOf(project))['data']).toEqual(theirs);
    expect((await project.s('deploy', '--no-wait', '--force-conflicts')).exitCode).toBe(0);
    expect(configIn(await secretOf(project))).toMatchObject({ auths: { [registry]: {} } });
  });

  test('is none where there is one of another type', async () => {
    const project = await newProject({ hello: props }, { env });
    const secret = { metadata: { name }, type: 'Opaque', stringData: { password: 'theirs' } };
    await admin.request('POST', `/api/v1/namespaces/${project.namespace}/secrets`, secret);
    const run = await project.s('deploy', '--no-wait');
    expect(run.exitCode).toBe(101);
    expect(run.output).toContain('A Secret never changes its type');
    expect(run.output).not.toContain('theirs');
  });

  test('is told in plan, and not made', async () => {
    const project = await newProject({ hello: props }, { env });
    const run = await project.s('plan');
    expect(run.output).toContain(`Secret "${name}" would be created: the login for ${registry} of DOCKER_AUTH_CONFIG.`);
    expect((await secretOf(project))['reason']).toBe('NotFound');
    await project.s('deploy', '--no-wait');
    expect((await project.s('plan')).output).not.toContain('Secret "');
    const type = 'kubernetes.io/dockerconfigjson';
    await admin.request(
      'PATCH',
      `/api/v1/namespaces/${project.namespace}/secrets/${name}?fieldManager=serverless-devs-ofn&force=true`,
      { apiVersion: 'v1', kind: 'Secret', metadata: { name }, type, data: { '.dockerconfigjson': 'e30=' } },
      'application/apply-patch+yaml',
    );
    expect((await project.s('plan')).output).toContain(`Secret "${name}" would be updated`);
  });
});
