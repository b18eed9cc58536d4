import type { Draft } from '../../../../src/props/draft';
import { usesNode } from '../../../../src/props/rules/language';

test.each<[string, Draft]>([
  ['a builder of a build', { build: { builder: 'openfunction/builder-node:v2-16.15' } }],
  ['a builder of pack', { pack: { builder: 'gcr.io/buildpacks/nodejs' } }],
  ['a builder with a digest', { build: { builder: 'me/node@sha256:0' } }],
  ['the builder alone, whatever the image', { image: 'me/hello-go:v1', build: { builder: 'me/NodeJS' } }],
  ['an image', { image: 'registry.example.com/me/hello-node:v1' }],
  ['an image with digits', { image: 'me/node_16' }],
])('%s tells of Node', (_title, props) => {
  expect(usesNode(props)).toBe(true);
});

test.each<[string, Draft]>([
  ['nothing', {}],
  [
    'another builder, whatever the image',
    { image: 'me/hello-node:v1', build: { builder: 'openfunction/builder-go:v2' } },
  ],
  ['a build without builder, whatever the image', { image: 'me/hello-node:v1', build: { dockerfile: 'Dockerfile' } }],
  ['pack without builder, whatever the image', { image: 'me/hello-node:v1', pack: {} }],
  ['a folder of the registry', { image: 'registry.example.com/node/hello:v1' }],
  ['a word that only contains it', { image: 'me/nodes:v1' }],
  ['an empty image', { image: '' }],
])('%s does not tell of Node', (_title, props) => {
  expect(usesNode(props)).toBe(false);
});
