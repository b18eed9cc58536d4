import { groupVersion, type ApiVersion } from '../api-version';
import { parseImage, withoutVersion } from '../image';
import { versionOfProps } from '../props/props-version';
import type { Build, EnvironmentValue, ImageCredentials, Props, Serving } from '../props/generated/types';
import { withoutUndefined } from '../record';
import { inMap } from './maps';
import type { FunctionManifest, Metadata } from './types';

export interface Identity {
  name: string;
  namespace?: string | undefined;
}

/** The Function that the props describe, in their version: their metadata, and their spec as it is written, references that are not resolved yet included. */
export function toFunction(props: Props, identity: Identity): FunctionManifest {
  const version = versionOfProps(props);
  return {
    apiVersion: groupVersion(version),
    kind: 'Function',
    metadata: toMetadata(props, identity),
    spec: withoutUndefined({
      version: props.version,
      workloadRuntime: props.workloadRuntime,
      image: props.image,
      imageCredentials: inMap(props.imageCredentials, toReference),
      port: props.port,
      route: props.route,
      build: inMap(props.build, (build) => toBuild(build, props)),
      serving: inMap(props.serving, (serving) => toServing(serving, version)),
    }),
  };
}

function toMetadata({ labels, annotations }: Props, { name, namespace }: Identity): Metadata {
  return {
    name,
    ...(namespace !== undefined && { namespace }),
    ...(labels && { labels }),
    ...(annotations && { annotations }),
  };
}

/**
 * Without `strategy.kind` Shipwright looks for a strategy of the namespace (shipwright v0.11 pkg/validate/strategies.go),
 * though all that OpenFunction installs are of the cluster.
 */
function toBuild({ source, ...build }: Build, props: Props): Record<string, unknown> {
  const { env, shipwright, srcRepo } = build;
  const strategy = inMap(shipwright?.strategy, (written) => ({
    ...written,
    kind: written.kind ?? 'ClusterBuildStrategy',
  }));
  return {
    ...build,
    ...(source !== undefined && { srcRepo: { ...srcRepo, ...toBundle(props) } }),
    ...(env && { env: inMap(env, toEnvironment) }),
    ...(strategy !== undefined && { shipwright: { ...shipwright, strategy } }),
  };
}

/** The source image that a folder of this machine becomes, and the login to pull it: that of the image, if both are in one registry. */
function toBundle(props: Props): Record<string, unknown> {
  const { imageCredentials, build } = props;
  const image = bundleImage(props);
  const isAtHome = parseImage(image).registry === parseImage(props.image ?? '').registry;
  const credentials = build?.srcRepo?.credentials ?? (isAtHome ? inMap(imageCredentials, toReference) : undefined);
  return { bundleContainer: { image }, ...(credentials && { credentials }) };
}

/**
 * Where the source of a build is pushed to: beside the image, unless the props name another place. Each content has a tag of its
 * own there: some registries let none be moved, and what has lost its tag may be deleted while it is in use.
 */
export function bundleImage({ image = '', build }: Pick<Props, 'image' | 'build'>, digest?: string): string {
  const written = build?.srcRepo?.bundleContainer?.image;
  const content = digest === undefined ? '' : `-${digest.replace(/^sha256:/, '').slice(0, 12)}`;
  return written ?? `${withoutVersion(image)}:source${content}`;
}

function toReference({ name }: ImageCredentials): Record<string, unknown> {
  return { name };
}

/** The OpenFunction documentation gives knative as the default runtime, but the CRD of v1beta1 requires one. */
function toServing(serving: Serving, version: ApiVersion): Record<string, unknown> {
  const { params } = serving;
  return {
    ...serving,
    ...(version === 'v1beta1' && { runtime: serving.runtime ?? 'knative' }),
    ...(params && { params: inMap(params, toEnvironment) }),
  };
}

/** Environment values are text: 8080 becomes "8080", true becomes "true". */
function toEnvironment(values: Record<string, EnvironmentValue>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}
