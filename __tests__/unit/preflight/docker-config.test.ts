import { covers, registriesOf, registryOf } from '../../../src/preflight/docker-config';

const encode = (text: string): string => Buffer.from(text).toString('base64');
const modern = (config: unknown): object => ({ data: { '.dockerconfigjson': encode(JSON.stringify(config)) } });
const old = (config: unknown): object => ({ data: { '.dockercfg': encode(JSON.stringify(config)) } });

const login = { auth: encode('me:hunter2'), password: 'hunter2' };

describe('the registries of a Secret', () => {
  test.each<[string, unknown, string[] | undefined]>([
    [
      'of today',
      modern({ auths: { 'https://index.docker.io/v1/': login, 'registry.example.com': login } }),
      ['https://index.docker.io/v1/', 'registry.example.com'],
    ],
    ['of today, without auths', modern({}), []],
    ['of today, with helpers alone', modern({ credHelpers: { 'registry.example.com': 'ecr-login' } }), []],
    ['of today, with auths that are none', modern({ auths: ['registry.example.com'] }), []],
    ['of today, with no auth', modern({ auths: {} }), []],
    [
      'of old',
      old({ 'registry.example.com': login, 'localhost:5000': login }),
      ['registry.example.com', 'localhost:5000'],
    ],
    ['of old, without any', old({}), []],
    [
      'of both forms, of which the new one counts',
      {
        data: {
          '.dockerconfigjson': encode('{"auths":{"a.example.com":{}}}'),
          '.dockercfg': encode('{"b.example.com":{}}'),
        },
      },
      ['a.example.com'],
    ],
    ['that is no base64', { data: { '.dockerconfigjson': '%%%' } }, undefined],
    ['that is no JSON', { data: { '.dockerconfigjson': encode('{"auths":') } }, undefined],
    ['that is JSON, but a list', modern([]), undefined],
    ['that is JSON, but null', modern(null), undefined],
    ['of old that is no JSON', { data: { '.dockercfg': encode('me:hunter2') } }, undefined],
    ['whose data is no text', { data: { '.dockerconfigjson': { auths: {} } } }, undefined],
    ['with other data', { data: { password: encode('hunter2') } }, undefined],
    ['without data', { metadata: { name: 's' } }, undefined],
    ['that is none', undefined, undefined],
  ])('%s', (_title, secret, expected) => {
    expect(registriesOf(secret)).toEqual(expected);
  });

  test('come without passwords', () => {
    const secrets = [modern({ auths: { 'registry.example.com': login } }), old({ 'registry.example.com': login })];
    for (const secret of secrets) {
      expect(JSON.stringify(registriesOf(secret))).toBe('["registry.example.com"]');
    }
  });
});

test.each([
  ['hello', 'docker.io'],
  ['hello:v1', 'docker.io'],
  ['me/hello:v1', 'docker.io'],
  ['docker.io/me/hello', 'docker.io'],
  ['index.docker.io/me/hello', 'docker.io'],
  ['registry-1.docker.io/me/hello', 'docker.io'],
  ['registry.example.com/hello', 'registry.example.com'],
  ['Registry.Example.com/me/hello', 'registry.example.com'],
  ['registry.example.com:5000/me/hello:v1', 'registry.example.com:5000'],
  ['localhost/hello', 'localhost'],
  ['localhost:5000/hello', 'localhost:5000'],
  ['registry:5000/hello', 'registry:5000'],
  ['127.0.0.1:5000/hello', '127.0.0.1:5000'],
  ['registry/hello', 'docker.io'],
  ['me/registry.example.com/hello', 'docker.io'],
  [`me/hello@sha256:${'0'.repeat(64)}`, 'docker.io'],
])('%s is pulled from %s', (image, registry) => {
  expect(registryOf(image)).toBe(registry);
});

const dockerHub = [
  'docker.io',
  'index.docker.io',
  'registry-1.docker.io',
  'Docker.IO',
  'https://docker.io',
  'https://docker.io/',
  'https://index.docker.io',
  'https://index.docker.io/v1/',
  'https://index.docker.io/v1',
  'https://index.docker.io/v2/',
  'https://registry-1.docker.io/v2/',
  'http://index.docker.io/v1/',
];

describe('Docker Hub', () => {
  test.each(dockerHub)('as %s is meant by all images that name no registry, or this one', (written) => {
    for (const image of ['hello', 'me/hello:v1', 'io/hello.docker.io/x']) expect(covers([written], image)).toBe(true);
    for (const host of ['docker.io', 'index.docker.io', 'registry-1.docker.io']) {
      expect(covers([written], `${host}/me/hello`)).toBe(true);
    }
  });

  test.each(dockerHub)('as %s is not meant by other images', (written) => {
    for (const host of ['registry.example.com', 'localhost:5000', 'docker.io.example.com', 'hub.docker.io']) {
      expect(covers([written], `${host}/hello`)).toBe(false);
    }
  });
});

describe('credentials are used', () => {
  test.each([
    ['registry.example.com', 'registry.example.com/hello'],
    ['registry.example.com', 'registry.example.com/me/deep/hello:v1'],
    ['http://registry.example.com', 'registry.example.com/hello'],
    ['https://registry.example.com', 'registry.example.com/hello'],
    ['https://registry.example.com/', 'registry.example.com/hello'],
    ['https://registry.example.com/v1/', 'registry.example.com/hello'],
    ['https://registry.example.com/v2/', 'registry.example.com/hello'],
    ['registry.example.com/v2', 'registry.example.com/hello'],
    ['Registry.Example.com', 'registry.example.com/hello'],
    ['registry.example.com', 'Registry.Example.com/hello'],
    ['registry.example.com:5000', 'registry.example.com:5000/hello'],
    ['localhost:5000', 'localhost:5000/hello'],
    ['localhost', 'localhost/hello'],
    ['*.example.com', 'registry.example.com/hello'],
    ['*.example.com:5000', 'registry.example.com:5000/hello'],
    ['*.*.example.com', 'a.b.example.com/hello'],
    ['registry-*.example.com', 'registry-1.example.com/hello'],
    ['registry.example.com/team', 'registry.example.com/team/hello'],
    ['registry.example.com/team/', 'registry.example.com/team/hello'],
    ['registry.example.com/team', 'registry.example.com/team/deep/hello:v1'],
    ['registry.example.com/team/hello', 'registry.example.com/team/hello:v1'],
    ['Registry.Example.com/team', 'registry.example.com/team/hello'],
    ['*.example.com/team', 'registry.example.com/team/hello'],
    ['docker.io/me', 'me/hello'],
    ['https://index.docker.io/me', 'docker.io/me/hello'],
  ])('of %s for %s', (written, image) => {
    expect(covers([written], image)).toBe(true);
    expect(covers(['other.example.org', written], image)).toBe(true);
  });

  test.each([
    ['registry.example.com', 'hello'],
    ['registry.example.com', 'other.example.com/hello'],
    ['example.com', 'registry.example.com/hello'],
    ['registry.example.com', 'registry.example.com.example.org/hello'],
    ['registry.example.com', 'registryXexample.com/hello'],
    ['registry.example.com', 'registry.example.com:5000/hello'],
    ['registry.example.com:5000', 'registry.example.com/hello'],
    ['registry.example.com:5000', 'registry.example.com:5001/hello'],
    ['*.example.com', 'example.com/hello'],
    ['*.example.com', 'a.b.example.com/hello'],
    ['*.example.com', 'registry.example.com:5000/hello'],
    ['*.example.com', 'registry.example.org/hello'],
    ['registry.example.com/team', 'registry.example.com/other/hello'],
    ['registry.example.com/team', 'registry.example.com/other/team/hello'],
    ['registry.example.com/team', 'registry.example.com/Team/hello'],
    ['registry.example.com/team/hello', 'registry.example.com/team/other'],
    ['docker.io/me', 'you/hello'],
    ['docker.io/me', 'you/docker.io/me'],
    ['registry.example.com', 'me/registry.example.com/hello'],
    ['', 'hello'],
  ])('of %s not for %s', (written, image) => {
    expect(covers([written], image)).toBe(false);
  });

  test('not for any image where there are none', () => {
    expect(covers([], 'hello')).toBe(false);
  });
});

describe('spellings', () => {
  // As the kubelet does: it compares the beginning of the path, not its parts.
  test.each([
    ['registry.example.com/team', 'registry.example.com/teammate/x'],
    ['docker.io/me', 'merlin/hello'],
  ])('credentials of %s are used for %s, too', (written, image) => {
    expect(covers([written], image)).toBe(true);
  });

  test.each([
    ['INDEX.DOCKER.IO', 'hello'],
    ['https://Index.Docker.io/v1/', 'me/hello'],
    ['docker.io/me', 'index.docker.io/me/hello'],
    ['docker.io/library', 'hello'],
    ['registry.example.com/team', 'Registry.Example.com/team/hello'],
    ['https://registry.example.com/v2/team', 'registry.example.com/team/hello'],
  ])('credentials of %s are used for %s', (written, image) => {
    expect(covers([written], image)).toBe(true);
  });
});
