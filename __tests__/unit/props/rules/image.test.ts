import type { Draft } from '../../../../src/props/draft';
import { imageReference, immutableTag } from '../../../../src/props/rules/image';
import { ask } from './support';

const digest = `sha256:${'0'.repeat(64)}`;

describe('a reference to an image', () => {
  test.each([
    'hello',
    'hello:v1',
    'me/hello:v1.0.0-RC_1',
    'registry.example.com/me/deep/hello:v1',
    'Registry.Example.com/hello:v1',
    'localhost:5000/hello',
    '127.0.0.1:5000/hello:v1',
    '[::1]:5000/hello',
    'me/a__b.c-d---e',
    `hello@${digest}`,
    `me/hello:v1@${digest}`,
    `hello:${'t'.repeat(128)}`,
  ])('%s is one', (image) => {
    expect(ask(imageReference, { image })).toEqual([]);
  });

  test.each([
    'Hello:v1',
    'me/Hello',
    'hello:',
    'hello:-v1',
    'hello v1',
    'me//hello',
    '/hello',
    'hello/',
    'a___b',
    'a..b/c..d',
    `hello:${'t'.repeat(129)}`,
    'hello@sha256:123',
    'registry.example.com:port/hello',
  ])('%s is none', (image) => {
    expect(ask(imageReference, { image })).toEqual([
      `warning image: "${image}" is no reference to an image; it cannot be pulled. It looks like registry.example.com/me/hello:v1, in lower-case letters.`,
    ]);
  });

  test.each(['<registry>/hello:v1', 'me/hello:<tag>'])('%s has not been filled in', (image) => {
    expect(ask(imageReference, { image })).toEqual([
      `warning image: "${image}" is no reference to an image; it cannot be pulled. Put your own values in place of <…>.`,
    ]);
  });

  test.each([
    ['https://registry.example.com/me/hello:v1', 'https://'],
    ['docker://me/hello', 'docker://'],
  ])('%s is an address', (image, scheme) => {
    expect(ask(imageReference, { image })).toEqual([
      `warning image: "${image}" is no reference to an image; it cannot be pulled. Leave out "${scheme}".`,
    ]);
  });

  test.each([
    ['me:hunter2@registry.example.com/hello:v1', '<redacted>@registry.example.com/hello:v1'],
    ['me:hunter2@registry.example.com:5000/me/hello', '<redacted>@registry.example.com:5000/me/hello'],
    [`me:hunter2@hello@${digest}`, `<redacted>@hello@${digest}`],
    [`me/Hello:v1@${digest}`, `me/Hello:v1@${digest}`],
  ])('%s is shown without credentials', (image, shown) => {
    expect(ask(imageReference, { image })).toEqual([
      `warning image: "${shown}" is no reference to an image; it cannot be pulled. It looks like registry.example.com/me/hello:v1, in lower-case letters.`,
    ]);
  });

  test('an image is shown without a password that holds "@"', () => {
    expect(ask(imageReference, { image: 'me:hun@ter2@registry.example.com/hello:v1' }).join()).not.toContain('ter2');
  });

  test('an address is shown without credentials', () => {
    const [line = ''] = ask(imageReference, { image: 'https://me:hunter2@registry.example.com/hello:v1' });
    expect(line).toMatch(/<redacted>@registry\.example\.com\/hello:v1" is no reference to an image/);
    expect(line).toMatch(/ it cannot be pulled\. Leave out "https:\/\/"\.$/);
    expect(line).not.toContain('hunter2');
  });

  test.each([undefined, ''])('a missing image (%s) is left to the schema', (image) => {
    expect(ask(imageReference, { image })).toEqual([]);
  });
});

describe('a tag that stays the same', () => {
  test.each(['me/hello', 'localhost:5000/hello'])('%s has none', (image) => {
    expect(ask(immutableTag, { image, serving: {} })).toEqual([
      `warning image: "${image}" has no tag, which means "latest": with new content under the same tag, deploy finds nothing changed, and the old code goes on running. Use a tag of its own for each version, or the digest.`,
    ]);
  });

  test.each(['me/hello:latest', 'localhost:5000/hello:latest'])('%s has the one', (image) => {
    expect(ask(immutableTag, { image, serving: {} })).toEqual([
      `warning image: "${image}" has the tag "latest": with new content under the same tag, deploy finds nothing changed, and the old code goes on running. Use a tag of its own for each version, or the digest.`,
    ]);
  });

  test.each(['me/hello:v1', 'me/hello:latest-2', `me/hello@${digest}`, `me/hello:latest@${digest}`])(
    '%s is told apart',
    (image) => {
      expect(ask(immutableTag, { image, serving: {} })).toEqual([]);
    },
  );

  test.each<[string, Draft]>([
    ['a build in the cluster', { image: 'me/hello', build: {}, serving: {} }],
    ['a build on this machine', { image: 'me/hello', pack: {}, serving: {} }],
    ['a function that is not served', { image: 'me/hello' }],
    ['no image', { serving: {} }],
    ['an image that is none', { image: 'me/Hello', serving: {} }],
  ])('it does not matter with %s', (_title, props) => {
    expect(ask(immutableTag, props)).toEqual([]);
  });
});
