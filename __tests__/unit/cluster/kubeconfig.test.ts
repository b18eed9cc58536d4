import { chmodSync } from 'node:fs';
import path from 'node:path';
import { loadKubeconfig } from '../../../src/cluster/kubeconfig';
import { resolveCredentials } from '../../../src/cluster/credentials';
import { temporaryFolder } from '../../support/files';

const config = (name: string, user: object = { token: `token-${name}` }, cluster: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'Config',
  clusters: [{ name, cluster: { server: `https://${name}:6443/`, ...cluster } }],
  users: [{ name, user }],
  contexts: [{ name, context: { cluster: name, user: name, namespace: `ns-${name}` } }],
  'current-context': name,
});

const saved = { KUBECONFIG: process.env['KUBECONFIG'], HOME: process.env['HOME'] };
beforeEach(() => {
  delete process.env['KUBECONFIG'];
});
afterAll(() => {
  Object.assign(process.env, saved);
  if (saved.KUBECONFIG === undefined) delete process.env['KUBECONFIG'];
});

const load = (content: string | object, context?: string): ReturnType<typeof loadKubeconfig> =>
  loadKubeconfig({ kubeconfig: path.join(temporaryFolder({ config: content }), 'config'), context });

describe('which file', () => {
  test('a given file counts more than the variable', () => {
    const folder = temporaryFolder({ a: config('a'), b: config('b') });
    process.env['KUBECONFIG'] = path.join(folder, 'a');
    expect(loadKubeconfig({ kubeconfig: path.join(folder, 'b') }).identity.context).toBe('b');
    expect(loadKubeconfig({}).identity.context).toBe('a');
  });

  test('several files merge; what a file says first wins; missing ones are skipped', () => {
    const other = {
      ...config('b'),
      clusters: [
        { name: 'a', cluster: { server: 'https://other' } },
        { name: 'b', cluster: { server: 'https://b' } },
      ],
    };
    const folder = temporaryFolder({ a: config('a'), b: other });
    process.env['KUBECONFIG'] = ['a', 'none', 'b'].map((file) => path.join(folder, file)).join(path.delimiter);
    expect(loadKubeconfig({}).identity).toMatchObject({ context: 'a', server: 'https://a:6443' });
    expect(loadKubeconfig({ context: 'b' })).toMatchObject({ identity: { server: 'https://b' }, namespace: 'ns-b' });
  });

  test('the file of the home folder is the default', () => {
    process.env['HOME'] = temporaryFolder({ '.kube/config': config('home') });
    expect(loadKubeconfig({}).identity.context).toBe('home');
  });

  test('in a pod without a kubeconfig it is the service account', async () => {
    const account = 'var/run/secrets/kubernetes.io/serviceaccount';
    const root = temporaryFolder({
      [`${account}/token`]: 'pod-token',
      [`${account}/ca.crt`]: 'CA',
      [`${account}/namespace`]: 'team\n',
    });
    Object.assign(process.env, {
      HOME: temporaryFolder(),
      KUBERNETES_SERVICE_HOST: 'fd00::1',
      KUBERNETES_SERVICE_PORT: '443',
    });
    const kubeconfig = loadKubeconfig({}, root);
    delete process.env['KUBERNETES_SERVICE_HOST'];
    expect(kubeconfig).toMatchObject({ identity: { server: 'https://[fd00::1]:443' }, namespace: 'team' });
    const { headers, tls } = await resolveCredentials(kubeconfig);
    expect([headers, String(tls.ca)]).toEqual([{ Authorization: 'Bearer pod-token' }, 'CA']);
  });

  test('an address without a scheme is https, and a password in one is not shown', () => {
    expect(load(config('a', {}, { server: '10.0.0.1:6443' })).cluster.server).toBe('https://10.0.0.1:6443');
    expect(load(config('a', {}, { server: 'https://me:hunter2@h' })).identity.server).toBe('https://<redacted>@h');
  });

  test('a byte order mark is no problem', () => {
    expect(load(`\uFEFF${JSON.stringify(config('a'))}`).identity.context).toBe('a');
  });
});

describe('what is wrong is said', () => {
  test('no kubeconfig anywhere', () => {
    process.env['HOME'] = temporaryFolder();
    expect(() => loadKubeconfig({})).toThrow('No cluster is configured.');
  });
  test('a given file that is missing', () => {
    expect(() => loadKubeconfig({ kubeconfig: '/none' })).toThrow('The kubeconfig file /none does not exist.');
  });
  test('a context without any kubeconfig', () => {
    process.env['HOME'] = temporaryFolder();
    expect(() => loadKubeconfig({ context: 'staging' })).toThrow(
      'There is no context "staging": no kubeconfig was found.',
    );
  });
  test('an address that is none', () => {
    expect(() => load(config('a', {}, { server: 'https://h:99999' }))).toThrow('has no valid address');
  });
  test('a variable whose files are all missing', () => {
    process.env['KUBECONFIG'] = '/none';
    expect(() => loadKubeconfig({})).toThrow('None of the files in the variable KUBECONFIG exists: /none.');
  });
  test.each([
    [
      'broken YAML, without its secrets',
      'users:\n- token: "hunter2\n  x: y',
      undefined,
      /^(?![^]*hunter2)[^]*not valid YAML: .* at line \d+, column \d+\./,
    ],
    ['an empty file', '', undefined, 'It is empty or not a map.'],
    [
      'an unknown context',
      config('staging'),
      'stagin',
      'has no context "stagin".\nWhy: Contexts here: staging.\nWhat to do: Did you mean "staging"?',
    ],
    ['no current context', { ...config('a'), 'current-context': '' }, undefined, 'has no current context.'],
    [
      'a missing cluster',
      { ...config('a'), clusters: [] },
      undefined,
      'refers to the cluster "a", which the kubeconfig does not have.',
    ],
    [
      'a missing user',
      { ...config('a'), users: [] },
      undefined,
      'refers to the user "a", which the kubeconfig does not have.',
    ],
  ])('%s', (_title, content, context, message) => {
    expect(() => load(content, context)).toThrow(message);
  });
});

describe('credentials', () => {
  const headersOf = async (user: object, files: Record<string, string> = {}): Promise<object> => {
    const folder = temporaryFolder({ config: config('a', user), ...files });
    return (await resolveCredentials(loadKubeconfig({ kubeconfig: path.join(folder, 'config') }))).headers;
  };

  test('a token', async () => {
    expect(await headersOf({ token: 't' })).toEqual({ Authorization: 'Bearer t' });
  });
  test('a token file, relative to the kubeconfig; it counts more than a token', async () => {
    expect(await headersOf({ token: 'old', tokenFile: 'token' }, { token: 'from-file\n' })).toEqual({
      Authorization: 'Bearer from-file',
    });
  });
  test('basic authentication', async () => {
    expect(await headersOf({ username: 'u', password: 'p' })).toEqual({ Authorization: 'Basic dTpw' });
  });
  test('an OIDC token that is still valid', async () => {
    const payload = Buffer.from(JSON.stringify({ exp: Date.now() / 1000 + 3600 })).toString('base64url');
    const idToken = `${Buffer.from('{}').toString('base64url')}.${payload}.x`;
    expect(await headersOf({ 'auth-provider': { name: 'oidc', config: { 'id-token': idToken } } })).toEqual({
      Authorization: `Bearer ${idToken}`,
    });
  });
  test('impersonation in full', async () => {
    expect(
      await headersOf({ as: 'jane', 'as-uid': '7', 'as-groups': ['dev', 'ops'], 'as-user-extra': { team: ['blue'] } }),
    ).toEqual({
      'Impersonate-User': 'jane',
      'Impersonate-Uid': '7',
      'Impersonate-Group': ['dev', 'ops'],
      'Impersonate-Extra-team': ['blue'],
    });
  });
  test('a client certificate and a CA, relative to the kubeconfig, and the name of the server', async () => {
    const folder = temporaryFolder({
      config: config(
        'a',
        { 'client-certificate': 'c.pem', 'client-key': 'k.pem' },
        { 'certificate-authority': 'ca.pem', 'tls-server-name': 'kube' },
      ),
      'c.pem': 'CERT',
      'k.pem': 'KEY',
      'ca.pem': 'CA',
    });
    const { tls } = await resolveCredentials(loadKubeconfig({ kubeconfig: path.join(folder, 'config') }));
    expect({
      cert: String(tls.cert),
      key: String(tls.key as Buffer),
      ca: String(tls.ca),
      servername: tls.servername,
    }).toEqual({
      cert: 'CERT',
      key: 'KEY',
      ca: 'CA',
      servername: 'kube',
    });
  });
  test('a plain http server, as of kubectl proxy', async () => {
    const folder = temporaryFolder({ config: config('a', {}, { server: 'http://127.0.0.1:8001' }) });
    await expect(
      resolveCredentials(loadKubeconfig({ kubeconfig: path.join(folder, 'config') })),
    ).resolves.toBeDefined();
  });
  test('a certificate file that is missing is named', async () => {
    await expect(headersOf({ 'client-certificate': 'none.pem' })).rejects.toThrow(
      /Cannot use the credentials of user "a" \(context "a"\)[^]*none\.pem/,
    );
  });
});

describe('credential plugins', () => {
  const plugin = (script: string, more: object = {}): ReturnType<typeof loadKubeconfig> => {
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: './plugin',
      interactiveMode: 'Never',
      ...more,
    };
    const folder = temporaryFolder({ config: config('a', { exec }), plugin: `#!/bin/sh\n${script}\n` });
    chmodSync(path.join(folder, 'plugin'), 0o755);
    return loadKubeconfig({ kubeconfig: path.join(folder, 'config') });
  };
  const credential = (status: object): string => `echo '${JSON.stringify({ kind: 'ExecCredential', status })}'`;

  test('its token is used', async () => {
    const { headers } = await resolveCredentials(plugin(credential({ token: 'from-plugin' })));
    expect(headers).toEqual({ Authorization: 'Bearer from-plugin' });
  });
  test('its certificate is used', async () => {
    const { tls } = await resolveCredentials(
      plugin(credential({ clientCertificateData: 'CERT', clientKeyData: 'KEY' })),
    );
    expect([String(tls.cert), String(tls.key as Buffer)]).toEqual(['CERT', 'KEY']);
  });
  test('it is told about the cluster and gets its variables and arguments', async () => {
    const script = `echo "{\\"status\\":{\\"token\\":\\"$A-$1-$(echo "$KUBERNETES_EXEC_INFO" | grep -o 'https://a:6443')\\"}}"`;
    const kubeconfig = plugin(script, { provideClusterInfo: true, env: [{ name: 'A', value: 'x' }], args: ['y'] });
    expect((await resolveCredentials(kubeconfig)).headers).toEqual({ Authorization: 'Bearer x-y-https://a:6443' });
  });
  test.each([
    ['fails', 'exit 3', {}, 'It ended with exit code 3'],
    [
      'is stopped by a signal',
      'echo my-secret-token; kill -9 $$',
      {},
      /^(?![^]*my-secret-token)[^]*It was stopped by SIGKILL/,
    ],
    [
      'cannot be run',
      '',
      { command: '/etc/passwd', args: ['--secret=x1y2'] },
      /^(?![^]*x1y2)[^]*could not be started \(EACCES\)/,
    ],
    ['prints no JSON', 'echo hello', {}, 'its output is not JSON.'],
    ['gives nothing', credential({}), {}, 'it gave neither a token nor a client certificate.'],
    [
      'gives an expired credential',
      credential({ token: 't', expirationTimestamp: '2020-01-01T00:00:00Z' }),
      {},
      'expired at 2020-01-01T00:00:00Z',
    ],
    [
      'is missing',
      '',
      { command: 'no-such-plugin', installHint: 'Install it from here.' },
      'not installed, or not on the PATH.\nWhat to do: Install it from here.',
    ],
    ['needs a terminal', '', { interactiveMode: 'Always' }, 'needs a terminal, and there is none.'],
  ])('one that %s is explained', async (_title, script, more, message) => {
    await expect(resolveCredentials(plugin(script, more))).rejects.toThrow(message);
  });
});
