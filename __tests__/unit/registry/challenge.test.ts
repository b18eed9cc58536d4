import { parseChallenge } from '../../../src/registry/challenge';

test.each<[string | undefined, ReturnType<typeof parseChallenge>]>([
  [undefined, undefined],
  ['Basic realm="Registry"', { kind: 'basic' }],
  ['basic', { kind: 'basic' }],
  [
    'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull"',
    { kind: 'bearer', realm: 'https://auth.docker.io/token', service: 'registry.docker.io' },
  ],
  ['bearer realm=https://a/token', { kind: 'bearer', realm: 'https://a/token', service: undefined }],
  ['Bearer realm="https://a/\\"t\\"", service="x, y"', { kind: 'bearer', realm: 'https://a/"t"', service: 'x, y' }],
  ['Basic realm="x", Bearer realm="https://a"', { kind: 'bearer', realm: 'https://a', service: undefined }],
  ['Bearer realm="https://a",service="s", Basic realm="b"', { kind: 'bearer', realm: 'https://a', service: 's' }],
  ['Bearer service="x"', undefined],
  ['Negotiate', undefined],
])('%j', (header, expected) => {
  expect(parseChallenge(header)).toEqual(expected);
});
