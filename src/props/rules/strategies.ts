import type { Draft } from '../draft';

/** A build strategy that OpenFunction installs. Source: OpenFunction v1.2.0 config/strategy/build-strategy.yaml. */
interface BuildStrategy {
  /** Parameters that it declares; any other one fails the build. */
  params: readonly string[];
  /** Whether it declares ENV_VARS, in which build.env is handed over. */
  readsEnvironment: boolean;
  /** The image that runs the build, where that is a tool and no Buildpacks builder. */
  tool?: string;
}

/** Builds Dockerfiles, where none is named that does. */
export const buildah = { name: 'buildah', tool: 'openfunction/buildah:v1.23.1' };

const strategies: Readonly<Record<string, BuildStrategy>> = {
  openfunction: {
    params: [
      'PROCESS_TYPE', 'RUN_IMAGE', 'CACHE_IMAGE', 'SKIP_RESTORE', 'USER_ID', 'GROUP_ID', 'PLATFORM_DIR', 'ENV_VARS', 'BASH_IMAGE',
    ], // prettier-ignore
    readsEnvironment: true,
  },
  buildah: {
    params: ['registry-search', 'registry-insecure', 'registry-block'],
    readsEnvironment: false,
    tool: buildah.tool,
  },
  kaniko: { params: [], readsEnvironment: false, tool: 'openfunction/kaniko-executor:v1.7.0' },
  ko: {
    params: ['go-flags', 'ko-version', 'package-directory', 'target-platform'],
    readsEnvironment: false,
    tool: 'golang:1.17',
  },
};

/** Name and kind of the strategy of a build. Source: OpenFunction v1.2.0 builderrun.go, function_webhook.go. */
export function strategyOf({ build, workloadRuntime }: Draft): { name: string; kind: string } {
  const { name, kind } = build?.shipwright?.strategy ?? {};
  const standard = workloadRuntime?.toLowerCase() === 'wasmedge' ? 'wasmedge' : 'openfunction';
  return { name: name ?? standard, kind: kind ?? 'ClusterBuildStrategy' };
}

/** What is known of the strategy of a build; nothing is of those that OpenFunction does not install, and of wasmedge. */
export function installedStrategy(props: Draft): BuildStrategy | undefined {
  const { name, kind } = strategyOf(props);
  return kind === 'ClusterBuildStrategy' && Object.hasOwn(strategies, name) ? strategies[name] : undefined;
}
