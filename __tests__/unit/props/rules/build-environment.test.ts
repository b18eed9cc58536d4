import type { Draft } from '../../../../src/props/draft';
import {
  environmentInShell,
  environmentOfDockerfile,
  environmentOfNode,
} from '../../../../src/props/rules/build-environment';
import { ask, examples, target } from './support';

type Build = NonNullable<Draft['build']>;

const allowed =
  'Use letters, digits and _ . / : @ , + % - only; what is needed when the function runs belongs in serving.params.';
const withStrategy = (name: string, kind?: 'BuildStrategy' | 'ClusterBuildStrategy'): Build => ({
  shipwright: { strategy: { name, kind } },
});

test.each([environmentInShell, environmentOfDockerfile, environmentOfNode])(
  'nothing is wrong with nothing (%#)',
  (rule) => {
    for (const props of [{}, { build: {} }, { build: { env: {} } }, { build: withStrategy('kaniko') }, { pack: {} }]) {
      expect(ask(rule, props)).toEqual([]);
    }
  },
);

describe('an environment that goes through a shell', () => {
  test.each([
    ['two words', 'it would be split at the space'],
    ['tab\there', 'it would be split at the space'],
    ['color#1', 'it would be split at "#"'],
    ['--max-old-space-size=512', 'what follows "=" would be lost'],
    ['$HOME', 'a shell would run a part of it'],
    ['`id`', 'a shell would run a part of it'],
    ['a;b', 'a shell would run a part of it'],
    ['a&b', 'a shell would run a part of it'],
    ['a|b', 'a shell would run a part of it'],
    ['a > b', 'a shell would run a part of it'],
    ['(a)', 'a shell would run a part of it'],
    ['*.js', 'it has characters that may not get through a shell'],
    ["it's", 'it has characters that may not get through a shell'],
    ['a\\b', 'it has characters that may not get through a shell'],
    ['größe', 'it has characters that may not get through a shell'],
  ])('changes %j', (value, happens) => {
    for (const build of [{}, withStrategy('openfunction'), withStrategy('openfunction', 'ClusterBuildStrategy')]) {
      expect(ask(environmentInShell, { build: { ...build, env: { A: value } } })).toEqual([
        `error build.env.A: does not reach the build as it is: ${happens}. ${allowed}`,
      ]);
    }
  });

  test.each([
    'myFunction',
    'https://goproxy.cn,direct',
    'user@example.com',
    'a+b%20c',
    '-x',
    './src',
    16,
    true,
    false,
    0,
  ])('leaves %s as it is', (value) => {
    expect(ask(environmentInShell, { build: { env: { A: value } } })).toEqual([]);
  });

  test('loses an empty value', () => {
    expect(ask(environmentInShell, { build: { env: { A: '' } } })).toEqual([
      'warning build.env.A: is empty, and an empty variable never reaches the build. Remove it.',
    ]);
  });

  test.each(['1A', 'MY-VAR', 'A B', 'a.b', ''])('cannot have the name "%s", whatever the value', (name) => {
    expect(environmentInShell({ build: { env: { [name]: 'two words' } } }, target())).toMatchObject([
      { severity: 'error', path: ['build', 'env', name] },
    ]);
  });

  test('is told what names may have', () => {
    expect(ask(environmentInShell, { build: { env: { 'MY-VAR': 'x' } } })).toEqual([
      'error build.env.MY-VAR: cannot be the name of an environment variable of a build. Use letters, digits and "_", and no digit at the beginning.',
    ]);
  });

  test.each<[string, Draft]>([
    ['a strategy of the namespace', { build: withStrategy('openfunction', 'BuildStrategy') }],
    ['a strategy that is not known', { build: withStrategy('mine') }],
    ['a strategy for Dockerfiles', { build: withStrategy('buildah') }],
    ['the strategy for WebAssembly', { build: {}, workloadRuntime: 'WasmEdge' }],
  ])('is not judged for %s', (_title, props) => {
    expect(ask(environmentInShell, { ...props, build: { ...props.build, env: { A: 'two words' } } })).toEqual([]);
  });

  test.each([
    ['DB_PASSWORD', 'hunter2 $x'],
    ['NPM_TOKEN', 'hunter2=='],
    ['URL', 'https://me:hunter2@example.com/?a=b'],
  ])('does not show the credential in %s', (name, value) => {
    const problems = environmentInShell({ build: { env: { [name]: value } } }, target());
    expect(problems).toHaveLength(1);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });

  test('shows no value: passwords have odd characters', () => {
    expect(ask(environmentInShell, { build: { env: { DB_PASSWORD: 'hunter2 $x' } } })).toEqual([
      `error build.env.DB_PASSWORD: does not reach the build as it is: a shell would run a part of it. ${allowed}`,
    ]);
  });
});

describe('an environment for a Dockerfile', () => {
  test.each(['buildah', 'kaniko', 'ko'])('is not taken by %s', (name) => {
    for (const kind of [undefined, 'ClusterBuildStrategy'] as const) {
      const build = { ...withStrategy(name, kind), env: { A: 'b', B: 'c' } };
      expect(ask(environmentOfDockerfile, { build: { ...build, dockerfile: 'Dockerfile' } })).toEqual([
        `error build.env: is not taken by the strategy "${name}", and the build would fail. Write it in the Dockerfile (ENV or ARG).`,
      ]);
      for (const dockerfile of [undefined, '']) {
        expect(ask(environmentOfDockerfile, { build: { ...build, dockerfile } })).toEqual([
          `error build.env: is not taken by the strategy "${name}", and the build would fail. Remove it.`,
        ]);
      }
    }
  });

  test.each<[string, Build]>([
    ['an empty one', { ...withStrategy('buildah'), env: {} }],
    ['one for Buildpacks', { env: { A: 'b' } }],
    ['one for a strategy of the namespace', { ...withStrategy('buildah', 'BuildStrategy'), env: { A: 'b' } }],
    ['one for a strategy that is not known', { ...withStrategy('mine'), env: { A: 'b' } }],
  ])('%s is fine', (_title, build) => {
    expect(ask(environmentOfDockerfile, { build })).toEqual([]);
  });
});

describe.each(['build', 'pack'] as const)('the Node builder of %s', (section) => {
  const builder = 'openfunction/builder-node:v2-16.15';

  test.each([undefined, {}, { FUNC_TYPE: 'http' }, { FUNC_NAME: '' }])(
    'makes no function without FUNC_NAME: %j',
    (env) => {
      const props: Draft = { [section]: { builder, env } };
      expect(ask(environmentOfNode, props)).toEqual([
        `warning ${section}.env.FUNC_NAME: The Node builder makes no function without it: the name under which the code exports the function.`,
      ]);
      expect(examples(environmentOfNode, props)).toEqual([{ [section]: { env: { FUNC_NAME: 'myFunction' } } }]);
    },
  );

  test.each(['main.mjs', ''])('refuses FUNC_SRC: "%s"', (source) => {
    expect(ask(environmentOfNode, { [section]: { builder, env: { FUNC_NAME: 'f', FUNC_SRC: source } } })).toEqual([
      `error ${section}.env.FUNC_SRC: is refused by the Node builder. Name the file as "main" in package.json instead.`,
    ]);
  });

  test.each([
    ['with FUNC_NAME', builder, { FUNC_NAME: 'f' }],
    ['that is another one', 'openfunction/builder-go:v2.4.0', { FUNC_SRC: 'main.go' }],
    ['that is of somebody else', 'paketobuildpacks/builder-jammy-base', undefined],
    ['that only sounds like it', 'me/my-builder-node', undefined],
    ['that is missing', undefined, undefined],
  ])('%s is fine', (_title, given, env) => {
    expect(ask(environmentOfNode, { [section]: { builder: given, env } })).toEqual([]);
  });
});
