import { parseGoDuration } from '../../duration';
import { nearest } from '../../nearest';
import { showText } from '../../redact';
import { between } from '../../releases';
import { errorAt, warningAt, type Problem } from '../problem';
import { buildah, installedStrategy, strategyOf } from './strategies';
import { converting, elseV1beta2, onReleases, type Rule } from './rule';

/** A build has a builder or a Dockerfile. Source: OpenFunction v1.0.0 and v1.2.0 function_webhook.go. */
export const builderOrDockerfile: Rule = ({ build }) =>
  build === undefined || build.builder || build.dockerfile
    ? []
    : [
        errorAt(['build', 'builder'], 'is required, unless build.dockerfile is given.', {
          build: { builder: 'openfunction/builder-node:v2-16.15', env: { FUNC_NAME: 'myFunction' } },
        }),
      ];

/**
 * A Dockerfile is built by a tool, whose image is the builder; the webhook does not ask for it, and the build fails.
 * Source: OpenFunction v1.2.0 config/strategy/build-strategy.yaml.
 */
export const toolOfDockerfile: Rule = (props) => {
  const { build } = props;
  const strategy = installedStrategy(props);
  if (build === undefined || !build.dockerfile || build.builder || strategy === undefined) return [];
  const { tool = buildah.tool } = strategy;
  const name = strategy.tool === undefined ? buildah.name : strategyOf(props).name;
  return [
    errorAt(['build', 'builder'], 'is required for a Dockerfile, too: it is the image of the tool that builds.', {
      build: { builder: tool, dockerfile: build.dockerfile, shipwright: { strategy: ofCluster(name) } },
    }),
  ];
};

function ofCluster(name: string): object {
  return { name, kind: 'ClusterBuildStrategy' };
}

/** A builder of Buildpacks is no such tool. Source: OpenFunction v1.2.0 config/strategy/build-strategy.yaml. */
export const builderOfTool: Rule = (props) => {
  const { builder } = props.build ?? {};
  const tool = installedStrategy(props)?.tool;
  if (builder === undefined || tool === undefined || !/(^|\/)builder(-\w|[:@]|$)/.test(builder)) return [];
  return [
    warningAt(
      ['build', 'builder'],
      `${showText(builder)} builds with Buildpacks; the strategy "${strategyOf(props).name}" runs a tool of its own, and the build would fail.`,
      { build: { builder: tool } },
    ),
  ];
};

/** The strategy that is used when none is named builds with Buildpacks. Source: OpenFunction v1.2.0 builderrun.go:372-378. */
export const strategyOfDockerfile: Rule = (props) => {
  const { build } = props;
  if (!build?.dockerfile || !build.builder || installedStrategy(props)?.readsEnvironment !== true) return [];
  return [
    warningAt(
      ['build', 'dockerfile'],
      'is not read: the strategy "openfunction" builds with Buildpacks. Name one that builds Dockerfiles, and its tool.',
      { build: { builder: buildah.tool, shipwright: { strategy: ofCluster(buildah.name) } } },
    ),
  ];
};

/** A build has a source, one of two. Source: OpenFunction v1.0.0 function_webhook.go; v1.2.0 builderrun.go:334-342. */
export const sourceOfBuild: Rule = ({ build }) => {
  const { url, bundleContainer } = build?.srcRepo ?? {};
  if (build === undefined || (build.source === undefined && build.srcRepo === undefined)) return missingSource(build);
  if (build.source !== undefined) {
    return url
      ? [
          warningAt(
            ['build', 'srcRepo', 'url'],
            'has no effect beside build.source, which is built. Remove one of them.',
          ),
        ]
      : [];
  }
  if (!url && bundleContainer === undefined) {
    return [
      errorAt(['build', 'srcRepo', 'url'], 'is required, unless build.srcRepo.bundleContainer is given.', {
        build: { srcRepo: { url: 'https://github.com/me/functions.git' } },
      }),
    ];
  }
  return url && bundleContainer !== undefined
    ? [warningAt(['build', 'srcRepo', 'url'], 'has no effect beside bundleContainer, which wins. Remove one of them.')]
    : [];
};

function missingSource(build: object | undefined): readonly Problem[] {
  if (build === undefined) return [];
  const example = { build: { source: './src' } };
  return [errorAt(['build', 'srcRepo'], 'is required, unless build.source is given: where the source is.', example)];
}

/**
 * The conversion to v1beta2 panics on a bundleContainer without credentials, and takes the name of credentials for its image.
 * Source: OpenFunction v1.2.0 apis/core/v1beta1/function_conversion.go:135.
 */
export const bundles: Rule = (props, target) => {
  const { build } = props;
  const { bundleContainer, credentials } = build?.srcRepo ?? {};
  const isFolder = build?.source !== undefined;
  if (bundleContainer === undefined && !isFolder) return [];
  return onReleases(converting(props), target, (start) => ({
    path: isFolder ? ['build', 'source'] : ['build', 'srcRepo', 'bundleContainer'],
    message: `${start}${credentials === undefined ? 'the cluster refuses a source image: OpenFunction crashes over it' : 'the name of the credentials is taken for the source image'}. ${elseV1beta2}`,
  }));
};

/** A folder becomes a source image, which builds take since OpenFunction 1.0. Source: the CRDs of the releases. */
export const sourceFolder: Rule = ({ build }, target) =>
  build?.source === undefined
    ? []
    : onReleases(between('0.6', '0.8'), target, (start) => ({
        path: ['build', 'source'],
        message: `${start}a build takes no source image, which a folder becomes. Build from a repository (srcRepo.url), or on this machine (pack).`,
      }));

/** The conversion to v1beta2 panics. Source: OpenFunction v1.2.0 apis/core/v1beta1/function_conversion.go:143. */
export const paramsWithoutShipwright: Rule = (props, target) =>
  Object.keys(props.build?.params ?? {}).length === 0 || props.build?.shipwright !== undefined
    ? []
    : onReleases(converting(props), target, (start) => ({
        path: ['build', 'params'],
        message: `${start}the cluster refuses it: OpenFunction crashes over params without build.shipwright. Name the strategy, too.`,
        example: { build: { shipwright: { strategy: ofCluster(strategyOf(props).name) } } },
      }));

/** Source: OpenFunction v0.7.0 and v1.0.0 function_webhook.go. */
export const credentialsOfImage: Rule = ({ build, imageCredentials }, target) =>
  build === undefined || imageCredentials !== undefined
    ? []
    : onReleases(between('0.7', '1.0'), target, (start) => ({
        path: ['imageCredentials'],
        message: `${start}a build is refused without it: the Secret with which the image is pushed.`,
        example: { imageCredentials: { name: 'push-secret' } },
      }));

/** References to Secrets name one. Source: OpenFunction v1.0.0 and v1.2.0 function_webhook.go for imageCredentials. */
export const namedCredentials: Rule = ({ imageCredentials, build }) =>
  (
    [
      [['imageCredentials'], build || imageCredentials?.fromDocker ? imageCredentials : undefined, 'push-secret'],
      [['build', 'builderCredentials'], build?.builderCredentials, 'pull-secret'],
      [['build', 'srcRepo', 'credentials'], build?.srcRepo?.credentials, 'git-secret'],
    ] as const
  )
    .filter(([, reference]) => reference !== undefined && !reference.name)
    .map(([path, , example]) =>
      errorAt([...path, 'name'], `is required: the name of a Secret. Example: name: ${example}`),
    );

const reserved = ['BUILDER_IMAGE', 'DOCKERFILE', 'CONTEXT_DIR'];

/** Parameters that the controller sets, or that the strategy does not declare, fail the build. Source: shipwright v0.11 pkg/validate/params.go. */
export const knownParams: Rule = (props) => {
  const strategy = installedStrategy(props);
  const { name } = strategyOf(props);
  return Object.keys(props.build?.params ?? {}).flatMap((key) => {
    const path = ['build', 'params', key];
    if (reserved.includes(key) || key.startsWith('shp-')) {
      return [errorAt(path, 'is set by OpenFunction and Shipwright themselves, and the build would fail. Remove it.')];
    }
    if (strategy === undefined || strategy.params.includes(key)) return [];
    const near = nearest(key, strategy.params);
    const hint = near === undefined ? knownList(strategy.params) : `Did you mean "${near}"?`;
    return [
      warningAt(
        path,
        `is no parameter of the strategy "${name}" as OpenFunction installs it, and the build would fail. ${hint}`,
      ),
    ];
  });
};

function knownList(params: readonly string[]): string {
  return params.length === 0 ? 'It has none.' : `It has ${params.join(', ')}.`;
}

/**
 * A failed build is deleted at once, and so built again, for ever. Source: OpenFunction v1.2.0 function_controller.go:626-634.
 */
export const failedBuilds: Rule = ({ build }) => [
  ...(build?.failedBuildsHistoryLimit === 0
    ? [
        errorAt(
          ['build', 'failedBuildsHistoryLimit'],
          '0 makes OpenFunction repeat a failed build for ever. Use at least 1.',
        ),
      ]
    : []),
  ...(build?.builderMaxAge !== undefined && (parseGoDuration(build.builderMaxAge) ?? 0) > 0
    ? [
        warningAt(
          ['build', 'builderMaxAge'],
          'makes OpenFunction repeat a failed build when it is that old, again and again. Leave it out.',
        ),
      ]
    : []),
];

/** Source: OpenFunction v1.2.0 apis/core/v1beta1/function_conversion.go drops it. */
export const timeoutOfBuild: Rule = (props, target) =>
  props.build?.timeout === undefined
    ? []
    : onReleases(
        converting(props),
        target,
        (start) => ({
          path: ['build', 'timeout'],
          message: `${start}it is dropped: the build may take as long as it likes. ${elseV1beta2}`,
        }),
        'warning',
      );
