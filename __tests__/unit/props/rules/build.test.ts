import type { Draft } from '../../../../src/props/draft';
import {
  builderOrDockerfile,
  bundles,
  credentialsOfImage,
  failedBuilds,
  knownParams,
  namedCredentials,
  paramsWithoutShipwright,
  sourceFolder,
  sourceOfBuild,
  strategyOfDockerfile,
  timeoutOfBuild,
  toolOfDockerfile,
} from '../../../../src/props/rules/build';
import type { Release } from '../../../../src/releases';
import { ask, examples } from './support';

type Build = NonNullable<Draft['build']>;

const withStrategy = (name: string, kind?: 'BuildStrategy' | 'ClusterBuildStrategy'): Build => ({
  shipwright: { strategy: { name, kind } },
});

test.each([
  builderOrDockerfile,
  toolOfDockerfile,
  strategyOfDockerfile,
  sourceOfBuild,
  bundles,
  paramsWithoutShipwright,
  credentialsOfImage,
  namedCredentials,
  knownParams,
  failedBuilds,
  timeoutOfBuild,
])('nothing is wrong without a build (%#)', (rule) => {
  for (const props of [{}, { serving: {} }, { pack: { builder: 'b' } }]) expect(ask(rule, props)).toEqual([]);
});

describe('builder and Dockerfile', () => {
  test.each<[string, Build]>([
    ['neither', {}],
    ['both empty', { builder: '', dockerfile: '' }],
  ])('%s: a builder is required', (_title, build) => {
    expect(ask(builderOrDockerfile, { build })).toEqual([
      'error build.builder: is required, unless build.dockerfile is given.',
    ]);
    expect(examples(builderOrDockerfile, { build })).toEqual([
      { build: { builder: 'openfunction/builder-node:v2-16.15', env: { FUNC_NAME: 'myFunction' } } },
    ]);
  });

  test.each<Build>([{ builder: 'b' }, { dockerfile: 'Dockerfile' }, { builder: 'b', dockerfile: 'd' }])(
    '%j is enough',
    (build) => {
      expect(ask(builderOrDockerfile, { build })).toEqual([]);
    },
  );

  test.each([
    [{}, 'openfunction/buildah:v1.23.1', 'buildah'],
    [withStrategy('openfunction'), 'openfunction/buildah:v1.23.1', 'buildah'],
    [withStrategy('buildah'), 'openfunction/buildah:v1.23.1', 'buildah'],
    [withStrategy('kaniko'), 'openfunction/kaniko-executor:v1.7.0', 'kaniko'],
  ])('a Dockerfile needs the image of a tool: %j', (given, builder, strategy) => {
    const build = { ...given, dockerfile: 'deploy/Dockerfile' };
    expect(ask(toolOfDockerfile, { build })).toEqual([
      'error build.builder: is required for a Dockerfile, too: it is the image of the tool that builds.',
    ]);
    expect(examples(toolOfDockerfile, { build })).toEqual([
      {
        build: {
          builder,
          dockerfile: 'deploy/Dockerfile',
          shipwright: { strategy: { name: strategy, kind: 'ClusterBuildStrategy' } },
        },
      },
    ]);
  });

  test.each<Build>([{}, { builder: 'b' }, { dockerfile: '' }, { builder: 'b', dockerfile: 'd' }])(
    'no tool is missing in %j',
    (build) => {
      expect(ask(toolOfDockerfile, { build })).toEqual([]);
    },
  );

  test.each<[string, Draft]>([
    ['that is not known', { build: { ...withStrategy('mine'), dockerfile: 'd' } }],
    [
      'of the namespace, whatever its name',
      { build: { ...withStrategy('openfunction', 'BuildStrategy'), dockerfile: 'd' } },
    ],
    ['for WebAssembly', { workloadRuntime: 'WasmEdge', build: { dockerfile: 'd' } }],
  ])('nobody knows what tool is needed with a strategy %s', (_title, props) => {
    expect(ask(toolOfDockerfile, props)).toEqual([]);
  });

  test.each([{}, withStrategy('openfunction'), withStrategy('openfunction', 'ClusterBuildStrategy')])(
    'Buildpacks do not read a Dockerfile: %j',
    (given) => {
      const build = { ...given, builder: 'b', dockerfile: 'd' };
      expect(ask(strategyOfDockerfile, { build })).toEqual([
        'warning build.dockerfile: is not read: the strategy "openfunction" builds with Buildpacks. Name one that builds Dockerfiles, and its tool.',
      ]);
      expect(examples(strategyOfDockerfile, { build })).toEqual([
        {
          build: {
            builder: 'openfunction/buildah:v1.23.1',
            shipwright: { strategy: { name: 'buildah', kind: 'ClusterBuildStrategy' } },
          },
        },
      ]);
    },
  );

  test.each<[string, Draft]>([
    ['a strategy for Dockerfiles', { build: { ...withStrategy('kaniko'), builder: 'b', dockerfile: 'd' } }],
    ['a strategy that is not known', { build: { ...withStrategy('mine'), builder: 'b', dockerfile: 'd' } }],
    [
      'a strategy of the namespace, whatever its name',
      { build: { ...withStrategy('openfunction', 'BuildStrategy'), builder: 'b', dockerfile: 'd' } },
    ],
    ['the strategy for WebAssembly', { workloadRuntime: 'wasmedge', build: { builder: 'b', dockerfile: 'd' } }],
    ['no Dockerfile', { build: { builder: 'b' } }],
    ['no builder, which is told already', { build: { dockerfile: 'd' } }],
  ])('nothing is said with %s', (_title, props) => {
    expect(ask(strategyOfDockerfile, props)).toEqual([]);
  });
});

describe('the source', () => {
  test.each([{}, { url: '' }, { revision: 'main' }])('is required: %j', (srcRepo) => {
    expect(ask(sourceOfBuild, { build: { srcRepo } })).toEqual([
      'error build.srcRepo.url: is required, unless build.srcRepo.bundleContainer is given.',
    ]);
    expect(examples(sourceOfBuild, { build: { srcRepo } })).toEqual([
      { build: { srcRepo: { url: 'https://github.com/me/functions.git' } } },
    ]);
  });

  test('is one of two', () => {
    expect(ask(sourceOfBuild, { build: { srcRepo: { url: 'u', bundleContainer: { image: 'i' } } } })).toEqual([
      'warning build.srcRepo.url: has no effect beside bundleContainer, which wins. Remove one of them.',
    ]);
  });

  test.each<Build>([
    { srcRepo: { url: 'u' } },
    { srcRepo: { bundleContainer: {} } },
    { source: './src' },
    { source: './src', srcRepo: { bundleContainer: { image: 'i' } } },
  ])('%j is fine', (build) => {
    expect(ask(sourceOfBuild, { build })).toEqual([]);
  });

  test('may be a folder instead of srcRepo', () => {
    expect(ask(sourceOfBuild, { build: {} })).toEqual([
      'error build.srcRepo: is required, unless build.source is given: where the source is.',
    ]);
    expect(ask(sourceOfBuild, { build: { source: './src', srcRepo: { url: 'u' } } })).toEqual([
      'warning build.srcRepo.url: has no effect beside build.source, which is built. Remove one of them.',
    ]);
  });

  test.each<[Release, string[]]>([
    [
      '0.8',
      [
        'error build.source: With OpenFunction 0.8, which this cluster runs, a build takes no source image, which a folder becomes. Build from a repository (srcRepo.url), or on this machine (pack).',
      ],
    ],
    ['1.0', []],
    ['1.2', []],
  ])('may be a folder since OpenFunction 1.0: %s', (release, problems) => {
    expect(ask(sourceFolder, { build: { source: './src' } }, { releases: [release] })).toEqual(problems);
  });
});

describe('what the conversion of 1.1 and later does not survive, with the version v1beta1', () => {
  const apiVersion = 'core.openfunction.io/v1beta1';
  const bundle: Build = { srcRepo: { bundleContainer: { image: 'i' } } };

  test.each<[readonly Release[] | undefined, string[]]>([
    [
      undefined,
      [
        'warning build.srcRepo.bundleContainer: With OpenFunction 1.1 and later, the cluster refuses a source image: OpenFunction crashes over it. Leave apiVersion out: it is then applied as v1beta2.',
      ],
    ],
    [
      ['1.2'],
      [
        'error build.srcRepo.bundleContainer: With OpenFunction 1.2, which this cluster runs, the cluster refuses a source image: OpenFunction crashes over it. Leave apiVersion out: it is then applied as v1beta2.',
      ],
    ],
    [
      ['1.0', '1.1'],
      [
        'warning build.srcRepo.bundleContainer: With OpenFunction 1.1, which this cluster may run, the cluster refuses a source image: OpenFunction crashes over it. Leave apiVersion out: it is then applied as v1beta2.',
      ],
    ],
    [['1.0'], []],
  ])('a bundle on the releases %j', (releases, expected) => {
    expect(ask(bundles, { apiVersion, build: bundle }, { releases })).toEqual(expected);
  });

  test('a bundle with credentials is mistaken', () => {
    const build: Build = { srcRepo: { ...bundle.srcRepo, credentials: { name: 'c' } } };
    expect(ask(bundles, { apiVersion, build }, { releases: ['1.2'] })).toEqual([
      'error build.srcRepo.bundleContainer: With OpenFunction 1.2, which this cluster runs, the name of the credentials is taken for the source image. Leave apiVersion out: it is then applied as v1beta2.',
    ]);
  });

  test('a repository is fine', () => {
    const build: Build = { srcRepo: { url: 'u', credentials: { name: 'c' } } };
    expect(ask(bundles, { apiVersion, build }, { releases: ['1.2'] })).toEqual([]);
  });

  test.each<[readonly Release[] | undefined, string[]]>([
    [
      undefined,
      [
        'warning build.params: With OpenFunction 1.1 and later, the cluster refuses it: OpenFunction crashes over params without build.shipwright. Name the strategy, too.',
      ],
    ],
    [
      ['1.1'],
      [
        'error build.params: With OpenFunction 1.1, which this cluster runs, the cluster refuses it: OpenFunction crashes over params without build.shipwright. Name the strategy, too.',
      ],
    ],
    [
      ['0.8', '1.0', '1.1', '1.2'],
      [
        'warning build.params: With OpenFunction 1.1 and later, which this cluster may run, the cluster refuses it: OpenFunction crashes over params without build.shipwright. Name the strategy, too.',
      ],
    ],
    [['0.8'], []],
  ])('params without shipwright on the releases %j', (releases, expected) => {
    expect(ask(paramsWithoutShipwright, { apiVersion, build: { params: { RUN_IMAGE: 'i' } } }, { releases })).toEqual(
      expected,
    );
  });

  test.each<[string | undefined, string]>([
    [undefined, 'openfunction'],
    ['wasmedge', 'wasmedge'],
    ['WasmEdge', 'wasmedge'],
  ])('the strategy that is used anyway is proposed, for the workload runtime %s', (workloadRuntime, name) => {
    expect(
      examples(paramsWithoutShipwright, { apiVersion, workloadRuntime, build: { params: { RUN_IMAGE: 'i' } } }),
    ).toEqual([{ build: { shipwright: { strategy: { name, kind: 'ClusterBuildStrategy' } } } }]);
  });

  test.each<Build>([{}, { params: {} }, { params: { RUN_IMAGE: 'i' }, shipwright: {} }])('%j is fine', (build) => {
    expect(ask(paramsWithoutShipwright, { apiVersion, build }, { releases: ['1.2'] })).toEqual([]);
  });

  test.each<[readonly Release[] | undefined, string[]]>([
    [
      undefined,
      [
        'warning build.timeout: With OpenFunction 1.1 and later, it is dropped: the build may take as long as it likes. Leave apiVersion out: it is then applied as v1beta2.',
      ],
    ],
    [
      ['1.2'],
      [
        'warning build.timeout: With OpenFunction 1.2, which this cluster runs, it is dropped: the build may take as long as it likes. Leave apiVersion out: it is then applied as v1beta2.',
      ],
    ],
    [
      ['1.0', '1.1', '1.2'],
      [
        'warning build.timeout: With OpenFunction 1.1 and later, which this cluster may run, it is dropped: the build may take as long as it likes. Leave apiVersion out: it is then applied as v1beta2.',
      ],
    ],
    [['0.8', '1.0'], []],
  ])('a timeout is never worse than a warning: %j', (releases, expected) => {
    expect(ask(timeoutOfBuild, { apiVersion, build: { timeout: '10m' } }, { releases })).toEqual(expected);
    expect(ask(timeoutOfBuild, { apiVersion, build: {} }, { releases })).toEqual([]);
  });
});

describe('credentials', () => {
  test.each<[readonly Release[] | undefined, string[]]>([
    [
      undefined,
      [
        'warning imageCredentials: With OpenFunction 1.0 and earlier, a build is refused without it: the Secret with which the image is pushed.',
      ],
    ],
    [
      ['1.0'],
      [
        'error imageCredentials: With OpenFunction 1.0, which this cluster runs, a build is refused without it: the Secret with which the image is pushed.',
      ],
    ],
    [
      ['0.8', '1.0', '1.1'],
      [
        'warning imageCredentials: With OpenFunction 0.8 to 1.0, which this cluster may run, a build is refused without it: the Secret with which the image is pushed.',
      ],
    ],
    [['0.6'], []],
    [['1.1', '1.2'], []],
  ])('of the image on the releases %j', (releases, expected) => {
    expect(ask(credentialsOfImage, { build: {} }, { releases })).toEqual(expected);
    expect(ask(credentialsOfImage, { build: {}, imageCredentials: {} }, { releases })).toEqual([]);
    expect(ask(credentialsOfImage, { serving: {} }, { releases })).toEqual([]);
  });

  test('of the image are proposed', () => {
    expect(examples(credentialsOfImage, { build: {} })).toEqual([{ imageCredentials: { name: 'push-secret' } }]);
  });

  test.each([{}, { name: '' }])('name a Secret, all of them: %j', (reference) => {
    const build = { builderCredentials: reference, srcRepo: { credentials: reference } };
    expect(ask(namedCredentials, { imageCredentials: reference, build })).toEqual([
      'error imageCredentials.name: is required: the name of a Secret. Example: name: push-secret',
      'error build.builderCredentials.name: is required: the name of a Secret. Example: name: pull-secret',
      'error build.srcRepo.credentials.name: is required: the name of a Secret. Example: name: git-secret',
    ]);
  });

  test('that have a name, or are left out, are fine', () => {
    const reference = { name: 's' };
    const build = { builderCredentials: reference, srcRepo: { credentials: reference } };
    expect(ask(namedCredentials, { imageCredentials: reference, build })).toEqual([]);
    expect(ask(namedCredentials, { build: { srcRepo: {} } })).toEqual([]);
    expect(ask(namedCredentials, { imageCredentials: {}, serving: {} })).toEqual([]);
  });
});

describe('parameters of the strategy', () => {
  test.each(['BUILDER_IMAGE', 'DOCKERFILE', 'CONTEXT_DIR', 'shp-source-root'])(
    '%s is set already, by any strategy',
    (key) => {
      for (const build of [{}, withStrategy('buildah'), withStrategy('mine', 'BuildStrategy')]) {
        expect(ask(knownParams, { build: { ...build, params: { [key]: 'x' } } })).toEqual([
          `error build.params.${key}: is set by OpenFunction and Shipwright themselves, and the build would fail. Remove it.`,
        ]);
      }
    },
  );

  test.each<[string, Build, string, string]>([
    [
      'a slip',
      {},
      'RUN_IMAG',
      'is no parameter of the strategy "openfunction" as OpenFunction installs it, and the build would fail. Did you mean "RUN_IMAGE"?',
    ],
    [
      'one of another strategy',
      withStrategy('buildah'),
      'RUN_IMAGE',
      'is no parameter of the strategy "buildah" as OpenFunction installs it, and the build would fail. It has registry-search, registry-insecure, registry-block.',
    ],
    [
      'one of a strategy that has none',
      withStrategy('kaniko', 'ClusterBuildStrategy'),
      'RUN_IMAGE',
      'is no parameter of the strategy "kaniko" as OpenFunction installs it, and the build would fail. It has none.',
    ],
  ])('%s is not known', (_title, build, key, message) => {
    expect(ask(knownParams, { build: { ...build, params: { [key]: 'x' } } })).toEqual([
      `warning build.params.${key}: ${message}`,
    ]);
  });

  test.each<[string, Draft]>([
    ['of Buildpacks', { build: { params: { RUN_IMAGE: 'i', PROCESS_TYPE: 'web' } } }],
    ['of buildah', { build: { ...withStrategy('buildah'), params: { 'registry-insecure': 'r' } } }],
    ['of ko', { build: { ...withStrategy('ko'), params: { 'go-flags': '-v' } } }],
    ['of a strategy that is not known', { build: { ...withStrategy('mine'), params: { ANY: 'x' } } }],
    ['of one of the namespace', { build: { ...withStrategy('kaniko', 'BuildStrategy'), params: { ANY: 'x' } } }],
    ['of WebAssembly', { workloadRuntime: 'WasmEdge', build: { params: { ANY: 'x' } } }],
    ['none', { build: { params: {} } }],
  ])('those %s are fine', (_title, props) => {
    expect(ask(knownParams, props)).toEqual([]);
  });
});

describe('failed builds', () => {
  test('are repeated for ever when none is kept', () => {
    expect(ask(failedBuilds, { build: { failedBuildsHistoryLimit: 0 } })).toEqual([
      'error build.failedBuildsHistoryLimit: 0 makes OpenFunction repeat a failed build for ever. Use at least 1.',
    ]);
  });

  test.each(['1h', '72h', '90s', '.5h', '0.5h', '0h30m', '+1ns'])(
    'are repeated when they are %s old',
    (builderMaxAge) => {
      expect(ask(failedBuilds, { build: { builderMaxAge } })).toEqual([
        'warning build.builderMaxAge: makes OpenFunction repeat a failed build when it is that old, again and again. Leave it out.',
      ]);
    },
  );

  test.each<Build>([
    {},
    { failedBuildsHistoryLimit: 1 },
    { successfulBuildsHistoryLimit: 0 },
    { builderMaxAge: '0' },
    { builderMaxAge: '0s' },
    { builderMaxAge: '0h0m' },
    { builderMaxAge: '-1h' },
    { builderMaxAge: 'soon' },
    { builderMaxAge: '' },
  ])('%j is fine', (build) => {
    expect(ask(failedBuilds, { build })).toEqual([]);
  });
});
