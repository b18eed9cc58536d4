import { toDockerSecret } from '../../../src/function/docker-secret';
import { withProducts } from '../../../src/function/products';
import { bundleImage, toFunction } from '../../../src/function/manifest';
import type { Props } from '../../../src/props/generated/types';

const digest = `sha256:${'a'.repeat(64)}`;
const image = 'registry.example.com/me/hello:v1';
const builder = 'openfunction/builder-node:v2-16.15';

function specOf(props: Props, products = {}): Record<string, unknown> {
  return toFunction(withProducts(props, products), { name: 'hello' }).spec;
}

test('an image that was built here is pinned', () => {
  const props: Props = { image, pack: { builder } };
  expect(specOf(props, { digest })).toEqual({ image: `${image}@${digest}` });
  expect(specOf(props)).toEqual({ image });
});

test('a folder becomes a source image beside the image, with the same login', () => {
  const props: Props = {
    image,
    imageCredentials: { name: 'push', fromDocker: true },
    build: { builder, source: './src' },
  };
  expect(specOf(props)).toEqual({
    image,
    imageCredentials: { name: 'push' },
    build: {
      builder,
      srcRepo: {
        bundleContainer: { image: 'registry.example.com/me/hello:source' },
        credentials: { name: 'push' },
      },
    },
  });
  expect(specOf(props, { bundle: digest })).toMatchObject({
    build: { srcRepo: { bundleContainer: { image: `registry.example.com/me/hello:source-aaaaaaaaaaaa@${digest}` } } },
  });
});

test('the props may name another place for the source, with a login of its own', () => {
  const srcRepo = { bundleContainer: { image: 'ghcr.io/me/source:a' }, sourceSubPath: 'fn' };
  const props: Props = { image, imageCredentials: { name: 'push' }, build: { builder, source: './src', srcRepo } };
  expect(specOf(props, { bundle: digest })['build']).toEqual({
    builder,
    srcRepo: { bundleContainer: { image: `ghcr.io/me/source:a@${digest}` }, sourceSubPath: 'fn' },
  });
  const credentials = { name: 'pull' };
  expect(
    specOf({ ...props, build: { builder, source: './src', srcRepo: { ...srcRepo, credentials } } })['build'],
  ).toMatchObject({ srcRepo: { credentials } });
});

test('a revision is pinned', () => {
  const props: Props = { image, build: { builder, srcRepo: { url: 'u', revision: 'main' } } };
  expect(specOf(props, { revision: 'c0ffee' })['build']).toEqual({
    builder,
    srcRepo: { url: 'u', revision: 'c0ffee' },
  });
});

test.each([
  ['hello', 'hello:source'],
  ['localhost:5000/hello', 'localhost:5000/hello:source'],
  [`ghcr.io/me/hello:v1@${digest}`, 'ghcr.io/me/hello:source'],
])('the source of %s goes to %s', (name, expected) => {
  expect(bundleImage({ image: name })).toBe(expected);
});

test('a Docker login as a Secret', () => {
  const key = { name: 'push', namespace: 'default' };
  const secret = toDockerSecret(key, { registry: 'https://index.docker.io/v1/', username: 'me', password: 'p:w' });
  const config: unknown = JSON.parse(Buffer.from(secret.data['.dockerconfigjson'] ?? '', 'base64').toString());
  expect(config).toEqual({
    auths: {
      'https://index.docker.io/v1/': {
        username: 'me',
        password: 'p:w',
        auth: Buffer.from('me:p:w').toString('base64'),
      },
    },
  });
});

test('logins for other registries stay in it', () => {
  const key = { name: 'push', namespace: 'default' };
  const first = toDockerSecret(key, { registry: 'ghcr.io', username: 'me', password: 'x' });
  const second = toDockerSecret(key, { registry: 'quay.io', username: 'you', password: 'y' }, first);
  const config = JSON.parse(Buffer.from(second.data['.dockerconfigjson'] ?? '', 'base64').toString()) as {
    auths: object;
  };
  expect(Object.keys(config.auths)).toEqual(['ghcr.io', 'quay.io']);
  expect(toDockerSecret(key, { registry: 'ghcr.io', username: 'me', password: 'x' }, first)).toEqual(first);
  expect(
    toDockerSecret(key, { registry: 'ghcr.io', username: 'me', password: 'x' }, { data: { '.dockerconfigjson': '%' } }),
  ).toEqual(first);
});
