import {
  argumentsOfPack,
  cacheOfPack,
  credentialsInBuiltImage,
  digestOfBuiltImage,
  unpublishedImage,
} from '../../../../src/props/rules/pack';
import { namedCredentials } from '../../../../src/props/rules/build';
import { ask } from './support';

const builder = 'openfunction/builder-node:v2-16.15';

test('the image that is built has no digest yet', () => {
  const image = `hello@sha256:${'a'.repeat(64)}`;
  expect(ask(digestOfBuiltImage, { image, pack: { builder } })).toEqual([
    'error image: names a digest, but the image is built: its digest is not known before. Leave it out.',
  ]);
  expect(ask(digestOfBuiltImage, { image })).toEqual([]);
  expect(ask(digestOfBuiltImage, { image: 'hello:v1', pack: { builder } })).toEqual([]);
});

test('a cache image is kept only where images are pushed', () => {
  expect(ask(cacheOfPack, { pack: { builder, cacheImage: 'hello:cache' } })).toEqual([
    'error pack.cacheImage: needs publish: pack keeps a cache image only where it pushes.',
  ]);
  expect(ask(cacheOfPack, { pack: { builder, cacheImage: 'hello:cache', publish: true } })).toEqual([]);
});

test('arguments that have a prop of their own are told', () => {
  const args = ['--publish', '--run-image', 'run', '-e', 'A=b', '--env=C=d', '--pull-policy=never', undefined];
  expect(ask(argumentsOfPack, { pack: { builder, args } })).toEqual([
    'warning pack.args[0]: --publish has a prop of its own: pack.publish. Use that, so that ofn knows of it.',
    'warning pack.args[3]: -e has a prop of its own: pack.env. Use that, so that ofn knows of it.',
    'warning pack.args[5]: --env has a prop of its own: pack.env. Use that, so that ofn knows of it.',
  ]);
});

test('the image that is built has no login in its name', () => {
  const image = 'me:hunter2@ghcr.io/me/hello';
  const problem = 'error image: holds a login before the registry. Leave it out, and log in with: docker login';
  expect(ask(credentialsInBuiltImage, { image, pack: { builder } })).toEqual([problem]);
  expect(ask(credentialsInBuiltImage, { image, build: { source: './src' } })).toEqual([problem]);
  expect(ask(credentialsInBuiltImage, { image })).toEqual([]);
  expect(ask(credentialsInBuiltImage, { image: 'ghcr.io/me/hello', pack: { builder } })).toEqual([]);
});

test('an image that is not pushed is only here', () => {
  const serving = {};
  expect(ask(unpublishedImage, { image: 'hello:v1', pack: { builder }, serving })).toEqual([
    'warning pack.publish: is off: hello:v1 stays in the Docker of this machine. The nodes of a cluster elsewhere cannot pull it, and do not notice when it is built anew. For a cluster on this machine bring it in yourself, for instance with kind load docker-image, then: s deploy --no-build --force-rollout',
  ]);
  expect(ask(unpublishedImage, { image: 'hello:v1', pack: { builder } })).toEqual([]);
  expect(ask(unpublishedImage, { image: 'hello:v1', pack: { builder, publish: true }, serving })).toEqual([]);
});

test('a Secret that deploy makes has a name', () => {
  const problem = 'error imageCredentials.name: is required: the name of a Secret. Example: name: push-secret';
  expect(ask(namedCredentials, { imageCredentials: { fromDocker: true } })).toEqual([problem]);
  expect(ask(namedCredentials, { imageCredentials: { name: 'push', fromDocker: true } })).toEqual([]);
});
