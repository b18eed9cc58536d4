import type { SecretNeed, SecretUse } from '../../../src/preflight/needs';
import { judgeSecret } from '../../../src/preflight/secrets';
import { formatPath } from '../../../src/path';
import type { JsonRecord } from '../../../src/record';

const encode = (text: string): string => Buffer.from(text).toString('base64');
const password = encode('hunter2');

const pushing: SecretNeed = {
  name: 'push-secret',
  path: ['imageCredentials', 'name'],
  use: { kind: 'registry', image: 'registry.example.com/me/hello:v1' },
  forBuild: true,
};
const reading: SecretNeed = {
  name: 'git-secret',
  path: ['build', 'srcRepo', 'credentials', 'name'],
  use: { kind: 'git', url: 'https://example.com/me/f.git' },
  forBuild: true,
};
const pulling: SecretNeed = {
  name: 'pull-secret',
  path: ['serving', 'template', 'imagePullSecrets', 0, 'name'],
  use: { kind: 'registry', image: undefined },
  forBuild: false,
};
const using: SecretNeed = {
  name: 'kafka',
  path: ['serving', 'bindings', 'b', 'metadata', 0, 'secretKeyRef', 'name'],
  use: { kind: 'value', key: 'sasl-password' },
  forBuild: false,
};

function dockerConfig(...registries: string[]): JsonRecord {
  const auths = Object.fromEntries(registries.map((registry) => [registry, { password: 'hunter2', auth: password }]));
  return {
    type: 'kubernetes.io/dockerconfigjson',
    data: { '.dockerconfigjson': encode(JSON.stringify({ auths })) },
  };
}

const place = { namespace: 'team', createsNamespace: false };

/** What is said of a Secret for a use of it, as lines. */
function judge(need: SecretNeed, secret: JsonRecord | undefined): string[] {
  return judgeSecret([need], secret, place).map(
    ({ severity, path, message }) => `${severity} ${formatPath(path)}: ${message}`,
  );
}

const withUse = (need: SecretNeed, use: SecretUse): SecretNeed => ({ ...need, use });

describe('a Secret that does not exist', () => {
  test.each<[string, SecretNeed, string]>([
    [
      'for pushing',
      pushing,
      'error imageCredentials.name: The Secret "push-secret" does not exist in namespace "team", and the build would fail for good: creating it later does not help. Create it with: kubectl create secret -n team docker-registry push-secret --docker-server=registry.example.com --docker-username=USER --docker-password=PASSWORD',
    ],
    [
      'for pushing to Docker Hub',
      withUse(pushing, { kind: 'registry', image: 'me/hello:v1' }),
      'error imageCredentials.name: The Secret "push-secret" does not exist in namespace "team", and the build would fail for good: creating it later does not help. Create it with: kubectl create secret -n team docker-registry push-secret --docker-server=https://index.docker.io/v1/ --docker-username=USER --docker-password=PASSWORD',
    ],
    [
      'for a registry with a port',
      withUse(pushing, { kind: 'registry', image: 'localhost:5000/hello' }),
      'error imageCredentials.name: The Secret "push-secret" does not exist in namespace "team", and the build would fail for good: creating it later does not help. Create it with: kubectl create secret -n team docker-registry push-secret --docker-server=localhost:5000 --docker-username=USER --docker-password=PASSWORD',
    ],
    [
      'for pulling, wherever from',
      pulling,
      'warning serving.template.imagePullSecrets[0].name: The Secret "pull-secret" does not exist in namespace "team"; the function does not start without it. Create it with: kubectl create secret -n team docker-registry pull-secret --docker-server=REGISTRY --docker-username=USER --docker-password=PASSWORD',
    ],
    [
      'for a repository',
      reading,
      'error build.srcRepo.credentials.name: The Secret "git-secret" does not exist in namespace "team", and the build would fail for good: creating it later does not help. Create it with: kubectl create secret -n team generic git-secret --type=kubernetes.io/basic-auth --from-literal=username=USER --from-literal=password=TOKEN',
    ],
    [
      'for a repository that is not known yet',
      withUse(reading, { kind: 'git', url: undefined }),
      'error build.srcRepo.credentials.name: The Secret "git-secret" does not exist in namespace "team", and the build would fail for good: creating it later does not help. Create it with: kubectl create secret -n team generic git-secret --type=kubernetes.io/basic-auth --from-literal=username=USER --from-literal=password=TOKEN',
    ],
    [
      'for a repository over SSH',
      withUse(reading, { kind: 'git', url: 'git@example.com:me/f.git' }),
      'error build.srcRepo.credentials.name: The Secret "git-secret" does not exist in namespace "team", and the build would fail for good: creating it later does not help. Create it with: kubectl create secret -n team generic git-secret --type=kubernetes.io/ssh-auth --from-file=ssh-privatekey=FILE',
    ],
    [
      'for a value',
      using,
      'warning serving.bindings.b.metadata[0].secretKeyRef.name: The Secret "kafka" does not exist in namespace "team"; the function does not start without it. Create it with: kubectl create secret -n team generic kafka --from-literal=sasl-password=VALUE',
    ],
    [
      'for all values',
      withUse(using, { kind: 'value', key: undefined }),
      'warning serving.bindings.b.metadata[0].secretKeyRef.name: The Secret "kafka" does not exist in namespace "team"; the function does not start without it. Create it with: kubectl create secret -n team generic kafka --from-literal=KEY=VALUE',
    ],
  ])('%s', (_title, need, expected) => {
    expect(judge(need, undefined)).toEqual([expected]);
  });
});

describe('a Secret of another type', () => {
  const dockerCommand = (name: string, server: string): string =>
    `Make another one: kubectl create secret -n team docker-registry ${name} --docker-server=${server} --docker-username=USER --docker-password=PASSWORD`;
  const basicCommand =
    'Make another one: kubectl create secret -n team generic git-secret --type=kubernetes.io/basic-auth --from-literal=username=USER --from-literal=password=TOKEN';
  const sshCommand =
    'Make another one: kubectl create secret -n team generic git-secret --type=kubernetes.io/ssh-auth --from-file=ssh-privatekey=FILE';

  test.each<[string, SecretNeed, JsonRecord, string]>([
    [
      'does not push',
      pushing,
      { type: 'Opaque', data: { password } },
      `error imageCredentials.name: The Secret "push-secret" is of type Opaque; needed is kubernetes.io/dockerconfigjson. ${dockerCommand('push-secret', 'registry.example.com')}`,
    ],
    [
      'does not push, whatever its data',
      pushing,
      { ...dockerConfig('registry.example.com'), type: 'Opaque' },
      `error imageCredentials.name: The Secret "push-secret" is of type Opaque; needed is kubernetes.io/dockerconfigjson. ${dockerCommand('push-secret', 'registry.example.com')}`,
    ],
    [
      'does not pull',
      pulling,
      { type: 'kubernetes.io/basic-auth', data: { password } },
      `warning serving.template.imagePullSecrets[0].name: The Secret "pull-secret" is of type kubernetes.io/basic-auth; needed is kubernetes.io/dockerconfigjson. ${dockerCommand('pull-secret', 'REGISTRY')}`,
    ],
    [
      'that is not written does not pull',
      pulling,
      { data: { password } },
      `warning serving.template.imagePullSecrets[0].name: The Secret "pull-secret" is of type Opaque; needed is kubernetes.io/dockerconfigjson. ${dockerCommand('pull-secret', 'REGISTRY')}`,
    ],
    [
      'does not read a repository over HTTPS',
      reading,
      { type: 'kubernetes.io/ssh-auth', data: { 'ssh-privatekey': password } },
      `error build.srcRepo.credentials.name: The Secret "git-secret" is of type kubernetes.io/ssh-auth; needed is kubernetes.io/basic-auth. ${basicCommand}`,
    ],
    [
      'does not read a repository over SSH',
      withUse(reading, { kind: 'git', url: 'ssh://git@example.com/me/f.git' }),
      { type: 'kubernetes.io/basic-auth', data: { password } },
      `error build.srcRepo.credentials.name: The Secret "git-secret" is of type kubernetes.io/basic-auth; needed is kubernetes.io/ssh-auth. ${sshCommand}`,
    ],
    [
      'does not read a repository that is not known yet',
      withUse(reading, { kind: 'git', url: undefined }),
      dockerConfig('example.com'),
      `error build.srcRepo.credentials.name: The Secret "git-secret" is of type kubernetes.io/dockerconfigjson; needed is kubernetes.io/basic-auth or kubernetes.io/ssh-auth. ${basicCommand}`,
    ],
  ])('%s', (_title, need, secret, expected) => {
    expect(judge(need, secret)).toEqual([expected]);
  });
});

describe('a Secret with Docker credentials', () => {
  test.each<[string, SecretNeed, JsonRecord, string]>([
    [
      'of other registries',
      pushing,
      dockerConfig('https://index.docker.io/v1/', 'other.example.com'),
      'warning imageCredentials.name: The Secret "push-secret" has no credentials for registry.example.com, the registry of registry.example.com/me/hello:v1; it has them for docker.io, other.example.com. Add them, or name another Secret.',
    ],
    [
      'of no registry',
      pushing,
      dockerConfig(),
      'warning imageCredentials.name: The Secret "push-secret" has no credentials for registry.example.com, the registry of registry.example.com/me/hello:v1; it has them for none. Add them, or name another Secret.',
    ],
    [
      'that lacks Docker Hub',
      withUse(pushing, { kind: 'registry', image: 'me/hello:v1' }),
      dockerConfig('registry.example.com'),
      'warning imageCredentials.name: The Secret "push-secret" has no credentials for docker.io, the registry of me/hello:v1; it has them for registry.example.com. Add them, or name another Secret.',
    ],
    [
      'in the old form, of another registry',
      withUse(pulling, { kind: 'registry', image: 'registry.example.com/hello' }),
      {
        type: 'kubernetes.io/dockercfg',
        data: { '.dockercfg': encode(JSON.stringify({ 'other.example.com': { password: 'hunter2' } })) },
      },
      'warning serving.template.imagePullSecrets[0].name: The Secret "pull-secret" has no credentials for registry.example.com, the registry of registry.example.com/hello; it has them for other.example.com. Add them, or name another Secret.',
    ],
  ])('%s is told, and never worse than a warning', (_title, need, secret, expected) => {
    expect(judge(need, secret)).toEqual([expected]);
  });

  test.each<[string, SecretNeed, JsonRecord]>([
    ['of the registry', pushing, dockerConfig('other.example.com', 'registry.example.com')],
    [
      'of Docker Hub',
      withUse(pushing, { kind: 'registry', image: 'hello' }),
      dockerConfig('https://index.docker.io/v1/'),
    ],
    [
      'in the old form',
      pushing,
      { type: 'kubernetes.io/dockercfg', data: { '.dockercfg': encode('{"registry.example.com":{}}') } },
    ],
    ['for an image that is not known', pulling, dockerConfig('other.example.com')],
    ['that cannot be read', pushing, { type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': '%%%' } }],
    ['without data', pushing, { type: 'kubernetes.io/dockerconfigjson' }],
  ])('%s is fine', (_title, need, secret) => {
    expect(judge(need, secret)).toEqual([]);
  });
});

describe('a Secret for a repository', () => {
  test.each<[string | undefined, string]>([
    ['https://example.com/me/f.git', 'kubernetes.io/basic-auth'],
    ['http://example.com/me/f.git', 'kubernetes.io/basic-auth'],
    ['https://me@example.com/me/f.git', 'kubernetes.io/basic-auth'],
    ['git@example.com:me/f.git', 'kubernetes.io/ssh-auth'],
    ['me.too@git-host.example.com:f.git', 'kubernetes.io/ssh-auth'],
    ['ssh://git@example.com:2222/me/f.git', 'kubernetes.io/ssh-auth'],
    [undefined, 'kubernetes.io/basic-auth'],
    [undefined, 'kubernetes.io/ssh-auth'],
  ])('%s is of type %s', (url, type) => {
    expect(judge(withUse(reading, { kind: 'git', url }), { type, data: {} })).toEqual([]);
  });
});

describe('a Secret with values', () => {
  const data = { 'sasl-username': encode('me'), 'sasl-pasword': password };

  test.each<[string, string, unknown, string]>([
    [
      'a slip',
      'sasl-password',
      data,
      'has no key "sasl-password"; the function does not start without it. Did you mean "sasl-pasword"?',
    ],
    [
      'far from all',
      'url',
      data,
      'has no key "url"; the function does not start without it. It has sasl-username, sasl-pasword.',
    ],
    ['of no data', 'url', {}, 'has no key "url"; the function does not start without it. It has none.'],
    [
      'while data is left out',
      'url',
      undefined,
      'has no key "url"; the function does not start without it. It has none.',
    ],
    [
      'that every object knows',
      'toString',
      { url: password },
      'has no key "toString"; the function does not start without it. It has url.',
    ],
  ])('lacks a key: %s', (_title, key, given, message) => {
    expect(judge(withUse(using, { kind: 'value', key }), { type: 'Opaque', data: given })).toEqual([
      `warning serving.bindings.b.metadata[0].secretKeyRef.key: The Secret "kafka" in namespace "team" ${message}`,
    ]);
  });

  test.each<[string, string | undefined, JsonRecord]>([
    ['has the key', 'sasl-pasword', { type: 'Opaque', data }],
    ['has the key, of whatever type', 'password', { type: 'kubernetes.io/basic-auth', data: { password } }],
    ['has the key, with an empty value', 'url', { data: { url: '' } }],
    ['is used as a whole', undefined, { data }],
    ['is used as a whole, and empty', undefined, {}],
  ])('%s', (_title, key, secret) => {
    expect(judge(withUse(using, { kind: 'value', key }), secret)).toEqual([]);
  });
});

test('no password is ever shown', () => {
  const secrets: JsonRecord[] = [
    dockerConfig('other.example.com'),
    { ...dockerConfig('other.example.com'), type: 'Opaque' },
    { type: 'kubernetes.io/dockercfg', data: { '.dockercfg': encode('{"other.example.com":{"password":"hunter2"}}') } },
    { type: 'Opaque', data: { password }, stringData: { password: 'hunter2' } },
    { type: 'kubernetes.io/basic-auth', data: { password } },
    { type: 'kubernetes.io/ssh-auth', data: { 'ssh-privatekey': password } },
  ];
  const said = secrets.flatMap((secret) =>
    [pushing, reading, pulling, using].flatMap((need) => judgeSecret([need], secret, place)),
  );
  expect(said.length).toBeGreaterThan(10);
  expect(JSON.stringify(said)).not.toContain('hunter2');
  expect(JSON.stringify(said)).not.toContain(password);
  expect(JSON.stringify(said)).not.toContain(encode('{"auths"').slice(0, 8));
});

test.each([undefined, dockerConfig('other.example.com')])('no password of an image is ever shown (%#)', (secret) => {
  const need = withUse(pushing, { kind: 'registry', image: 'me:hunter2@registry.example.com/hello:v1' });
  expect(JSON.stringify(judgeSecret([need], secret, place))).not.toContain('hunter2');
});

test('what a build needs is an error, and anything else a warning', () => {
  const severities = [pushing, reading, pulling, using].map((need) => [
    need.forBuild,
    ...judgeSecret([need], undefined, place).map(({ severity }) => severity),
  ]);
  expect(severities).toEqual([
    [true, 'error'],
    [true, 'error'],
    [false, 'warning'],
    [false, 'warning'],
  ]);
});
