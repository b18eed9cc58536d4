import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dockerLogin } from '../../../src/registry/docker-login';
import { temporaryFolder } from '../../support/files';

const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

function configure(config: object | string): string {
  const folder = temporaryFolder({ 'config.json': config });
  process.env['DOCKER_CONFIG'] = folder;
  return folder;
}

/** A credential helper on the PATH that answers like this. */
function helper(name: string, script: string): void {
  const folder = temporaryFolder();
  const file = path.join(folder, `docker-credential-${name}`);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  process.env['PATH'] = `${folder}:${process.env['PATH'] ?? ''}`;
}

const encode = (text: string): string => Buffer.from(text).toString('base64');
const me = { kind: 'password', username: 'me', password: 'hunter2' };

describe('a login that is written down', () => {
  test.each<[string, object, string, object | undefined]>([
    ['under the name of the registry', { auths: { 'ghcr.io': { auth: encode('me:hunter2') } } }, 'ghcr.io', me],
    ['under an address of it', { auths: { 'https://ghcr.io/v1/': { auth: encode('me:hunter2') } } }, 'ghcr.io', me],
    ['for Docker Hub', { auths: { 'https://index.docker.io/v1/': { auth: encode('me:hunter2') } } }, 'docker.io', me],
    [
      'with a colon in the password',
      { auths: { 'ghcr.io': { auth: encode('me:a:b') } } },
      'ghcr.io',
      { ...me, password: 'a:b' },
    ],
    ['in the clear', { auths: { 'ghcr.io': { username: 'me', password: 'hunter2' } } }, 'ghcr.io', me],
    [
      'as a token',
      { auths: { 'ghcr.io': { auth: encode('0:'), identitytoken: 'abc' } } },
      'ghcr.io',
      { kind: 'token', identityToken: 'abc' },
    ],
    ['for another registry', { auths: { 'ghcr.io': { auth: encode('me:hunter2') } } }, 'quay.io', undefined],
    ['with nothing in it', { auths: { 'ghcr.io': {} } }, 'ghcr.io', undefined],
    ['nowhere', {}, 'ghcr.io', undefined],
  ])('%s', async (_title, config, registry, expected) => {
    const folder = configure(config);
    const found = await dockerLogin(registry);
    expect(found?.login).toEqual(expected);
    if (found) expect(found).toMatchObject({ from: `${folder}/config.json`, isShortLived: false });
  });

  test.each(['AWS', 'oauth2accesstoken', '00000000-0000-0000-0000-000000000000'])(
    'of %s holds for hours',
    async (name) => {
      configure({ auths: { 'ghcr.io': { auth: encode(`${name}:x`) } } });
      expect(await dockerLogin('ghcr.io')).toMatchObject({ isShortLived: true });
    },
  );

  test('in DOCKER_AUTH_CONFIG counts first', async () => {
    configure({ auths: { 'ghcr.io': { auth: encode('other:x') } } });
    process.env['DOCKER_AUTH_CONFIG'] = JSON.stringify({ auths: { 'ghcr.io': { auth: encode('me:hunter2') } } });
    expect(await dockerLogin('ghcr.io')).toEqual({ login: me, from: 'DOCKER_AUTH_CONFIG', isShortLived: false });
  });

  test('is not told when it cannot be read', async () => {
    const folder = configure('{"auths": {"ghcr.io": {"auth": "aHVudGVyMg"');
    await expect(dockerLogin('ghcr.io')).rejects.toThrow(
      `Cannot read the Docker configuration ${folder}/config.json.\nWhy: It is not JSON.`,
    );
    configure('[]');
    await expect(dockerLogin('ghcr.io')).rejects.toThrow('It is JSON, but not an object.');
  });
});

describe('a credential helper', () => {
  test('is asked with the registry on its standard input', async () => {
    configure({ credsStore: 'test' });
    helper(
      'test',
      'read server; echo "{\\"ServerURL\\":\\"$server\\",\\"Username\\":\\"me\\",\\"Secret\\":\\"$1 $server\\"}"',
    );
    expect(await dockerLogin('docker.io')).toEqual({
      login: { kind: 'password', username: 'me', password: 'get https://index.docker.io/v1/' },
      from: 'the credential helper "test"',
      isShortLived: false,
    });
  });

  test('of a registry counts before the store, and those of clouds are known for short-lived logins', async () => {
    configure({ credsStore: 'none', credHelpers: { 'x.dkr.ecr.eu-west-1.amazonaws.com': 'ecr-login' } });
    helper('ecr-login', 'echo \'{"Username":"AWS","Secret":"hunter2"}\'');
    expect(await dockerLogin('x.dkr.ecr.eu-west-1.amazonaws.com')).toMatchObject({
      login: { username: 'AWS' },
      isShortLived: true,
    });
  });

  test('may give a token', async () => {
    configure({ credsStore: 'test' });
    helper('test', 'echo \'{"Username":"<token>","Secret":"abc"}\'');
    expect((await dockerLogin('ghcr.io'))?.login).toEqual({ kind: 'token', identityToken: 'abc' });
  });

  test('without a login leaves what is written down', async () => {
    configure({ credsStore: 'test', auths: { 'ghcr.io': { auth: encode('me:hunter2') } } });
    helper('test', 'echo "credentials not found in native keychain"; exit 1');
    expect((await dockerLogin('ghcr.io'))?.login).toEqual(me);
  });

  test.each<[string, string, string]>([
    ['that fails', 'echo "the keychain is locked" >&2; exit 3', 'failed for ghcr.io.\nWhy: the keychain is locked'],
    ['that says nothing', 'exit 3', 'Why: It said nothing.'],
    ['that gives no JSON', 'echo hello', 'gave no login.'],
    [
      'that fails after it gave a login',
      'echo \'{"Username":"me","Secret":"hunter2"}\'; exit 3',
      'Why: It said nothing.',
    ],
  ])('%s is told', async (_title, script, message) => {
    configure({ credsStore: 'test' });
    helper('test', script);
    await expect(dockerLogin('ghcr.io')).rejects.toThrow(message);
  });

  test('that is missing is told', async () => {
    configure({ credsStore: 'gone' });
    await expect(dockerLogin('ghcr.io')).rejects.toThrow(
      'The credential helper docker-credential-gone is not installed.',
    );
  });
});
