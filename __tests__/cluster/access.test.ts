import { chmodSync, writeFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { admin, hello, newProject, plane, reconfigure, type Project } from '../support/cluster';
import { deployerOf } from '../support/rights';
import { playController } from '../support/operator';
import { startHttpProxy, startSocksProxy } from '../support/proxies';

/** Lets the user "nobody" do what these rules allow. */
async function allowNobody({ namespace }: Project, rules: readonly object[]): Promise<void> {
  const rbac = `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}`;
  const metadata = { name: 'nobody' };
  const role = await admin.request('POST', `${rbac}/roles`, { metadata, rules });
  const binding = await admin.request('POST', `${rbac}/rolebindings`, {
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'nobody' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'nobody' }],
  });
  expect([role.status, binding.status]).toEqual([201, 201]);
}

describe('a user without permission', () => {
  test.each([
    ['deploy', 'patch'],
    ['plan', '(get|patch)'],
    ['info', 'get'],
    ['remove', 'get'],
  ])('s %s says who may not %s, and which Role would allow it', async (command, verb) => {
    const project = await newProject({ hello: hello() });
    reconfigure(project, { user: { token: plane.tokens.nobody } });
    for (const format of [[], ['-o', 'json']]) {
      const { exitCode, output } = await project.s(command, '-y', ...format);
      expect(exitCode).toBe(101);
      expect(output).toMatch(new RegExp(`Not allowed to ${verb} functions in namespace "${project.namespace}"`));
      expect(output).toContain('The cluster knows you as "nobody"');
      expect(output).not.toContain(plane.tokens.nobody);
    }
  });

  test('is told of the right to create, which an apply needs, too', async () => {
    const project = await newProject({ hello: hello() });
    reconfigure(project, { user: { token: plane.tokens.nobody } });
    await allowNobody(project, [{ apiGroups: ['core.openfunction.io'], resources: ['functions'], verbs: ['patch'] }]);
    const { exitCode, output } = await project.s('deploy', '--no-wait');
    expect(exitCode).toBe(101);
    expect(output).toContain(`Not allowed to create functions in namespace "${project.namespace}".`);
  });

  test('gets along with exactly that Role', async () => {
    const project = await newProject({ hello: hello() });
    reconfigure(project, { user: { token: plane.tokens.nobody } });
    const { output } = await project.s('deploy', '--no-wait');
    const role = load(/ {2}apiVersion: rbac[^]*?(?=\n *and: )/.exec(output)?.[0] ?? '') as { rules: object[] };
    await allowNobody(project, role.rules);
    const stop = playController(project.namespace, 'hello');
    for (const command of ['deploy', 'plan', 'info', 'remove']) {
      expect(await project.s(command, '-y')).toMatchObject({ exitCode: 0 });
    }
    await stop();
  });
});

describe('ways to log in', () => {
  test('a token file', async () => {
    const project = await newProject({ hello: hello() });
    writeFileSync(`${project.folder}/token`, plane.tokens.admin);
    reconfigure(project, { user: { tokenFile: 'token', as: deployerOf(project.namespace) } });
    expect((await project.s('deploy', '--no-wait')).exitCode).toBe(0);
  });

  test('a credential plugin, run once for all resources, its words shown', async () => {
    const project = await newProject({ first: hello(), second: hello() });
    const credential = JSON.stringify({ kind: 'ExecCredential', status: { token: plane.tokens.admin } });
    writeFileSync(
      `${project.folder}/plugin`,
      `#!/bin/sh\necho run >> runs\necho "open the browser" >&2\necho '${credential}'\n`,
    );
    chmodSync(`${project.folder}/plugin`, 0o755);
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: './plugin' };
    reconfigure(project, { user: { exec, as: deployerOf(project.namespace) } });
    const { exitCode, output } = await project.s('deploy', '--no-wait');
    expect(output).toMatch(/"first" created[^]*"second" created/);
    expect(exitCode).toBe(0);
    expect(output.match(/open the browser/g)).toHaveLength(1);
    expect(output).not.toContain(plane.tokens.admin);
  });

  test('a credential plugin that fails is explained', async () => {
    const project = await newProject({ hello: hello() });
    reconfigure(project, {
      user: { exec: { command: 'no-such-plugin', installHint: 'Install it with: brew install it' } },
    });
    const { exitCode, output } = await project.s('deploy', '--no-wait');
    expect(exitCode).toBe(101);
    expect(output).toContain('Cannot log in: the credential plugin "no-such-plugin" of the kubeconfig failed.');
    expect(output).toContain('What to do: Install it with: brew install it');
  });
});

describe('proxies', () => {
  const target = new URL(plane.server).host;

  test('an HTTP proxy of the kubeconfig, with a login', async () => {
    const proxy = await startHttpProxy('user:hunter2');
    const project = await newProject({ hello: hello() });
    reconfigure(project, { cluster: { 'proxy-url': `http://user:hunter2@127.0.0.1:${proxy.port}` } });
    expect((await project.s('deploy', '--no-wait')).exitCode).toBe(0);
    expect(proxy.tunnels).toEqual([target]);

    reconfigure(project, { cluster: { 'proxy-url': `http://user:hunter3@127.0.0.1:${proxy.port}` } });
    const { exitCode, output } = await project.s('deploy', '--no-wait');
    expect(exitCode).toBe(101);
    expect(output).toContain('the proxy answered 407');
    expect(output).toContain('The proxy wants a login');
    expect(output).not.toContain('hunter');
  });

  test('a SOCKS proxy of the kubeconfig', async () => {
    const proxy = await startSocksProxy();
    const project = await newProject({ first: hello(), second: hello() });
    reconfigure(project, { cluster: { 'proxy-url': `socks5://127.0.0.1:${proxy.port}` } });
    expect((await project.s('deploy', '--no-wait')).exitCode).toBe(0);
    expect(proxy.tunnels).toEqual([target]);
  });

  test('a proxy that is not there', async () => {
    const project = await newProject({ hello: hello() });
    reconfigure(project, { cluster: { 'proxy-url': 'http://127.0.0.1:1' } });
    const { exitCode, output } = await project.s('info');
    expect(exitCode).toBe(101);
    expect(output).toContain('through the proxy http://127.0.0.1:1');
  });
});
