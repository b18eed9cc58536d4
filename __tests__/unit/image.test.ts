import { parseImage, withDigest } from '../../src/image';

const digest = `sha256:${'a'.repeat(64)}`;

test.each<[string, ReturnType<typeof parseImage>]>([
  ['node', { registry: 'docker.io', repository: 'library/node', tag: undefined, digest: undefined }],
  ['me/hello:v1', { registry: 'docker.io', repository: 'me/hello', tag: 'v1', digest: undefined }],
  ['index.docker.io/me/hello', { registry: 'docker.io', repository: 'me/hello', tag: undefined, digest: undefined }],
  ['localhost/hello', { registry: 'localhost', repository: 'hello', tag: undefined, digest: undefined }],
  ['localhost:5000/hello', { registry: 'localhost:5000', repository: 'hello', tag: undefined, digest: undefined }],
  ['ghcr.io/me/a/b:v1', { registry: 'ghcr.io', repository: 'me/a/b', tag: 'v1', digest: undefined }],
  [`ghcr.io/me/hello@${digest}`, { registry: 'ghcr.io', repository: 'me/hello', tag: undefined, digest }],
  [`ghcr.io/me/hello:v1@${digest}`, { registry: 'ghcr.io', repository: 'me/hello', tag: 'v1', digest }],
  ['me:hunter2@ghcr.io/me/hello:v1', { registry: 'ghcr.io', repository: 'me/hello', tag: 'v1', digest: undefined }],
  ['', { registry: 'docker.io', repository: 'library/', tag: undefined, digest: undefined }],
])('the parts of %j', (image, parts) => {
  expect(parseImage(image)).toEqual(parts);
});

test('a digest takes the place of another one', () => {
  expect(withDigest('ghcr.io/me/hello:v1', digest)).toBe(`ghcr.io/me/hello:v1@${digest}`);
  expect(withDigest(`hello@sha256:${'b'.repeat(64)}`, digest)).toBe(`hello@${digest}`);
});
