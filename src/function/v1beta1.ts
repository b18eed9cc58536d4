import type { Build, EnvironmentValue, Props, Serving } from '../props/generated/types';
import { isRecord } from '../record';
import type { FunctionManifest, Metadata } from './types';

export interface Identity {
  name: string;
  namespace?: string | undefined;
}

/** The Function that the props describe: their metadata, and their spec as it is written, references that are not resolved yet included. */
export function toFunction(props: Props, identity: Identity): FunctionManifest {
  return {
    apiVersion: 'core.openfunction.io/v1beta1',
    kind: 'Function',
    metadata: toMetadata(props, identity),
    spec: withoutUndefined({
      version: props.version,
      workloadRuntime: props.workloadRuntime,
      image: props.image,
      imageCredentials: props.imageCredentials,
      port: props.port,
      route: props.route,
      build: inMap(props.build, toBuild),
      serving: inMap(props.serving, toServing),
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
function toBuild(build: Build): Record<string, unknown> {
  const { env, shipwright } = build;
  const strategy = inMap(shipwright?.strategy, (written) => ({
    ...written,
    kind: written.kind ?? 'ClusterBuildStrategy',
  }));
  return {
    ...build,
    ...(env && { env: inMap(env, toEnvironment) }),
    ...(strategy !== undefined && { shipwright: { ...shipwright, strategy } }),
  };
}

/** The OpenFunction documentation gives knative as the default runtime, but the CRD requires one. */
function toServing(serving: Serving): Record<string, unknown> {
  const { params } = serving;
  return {
    ...serving,
    runtime: serving.runtime ?? 'knative',
    ...(params && { params: inMap(params, toEnvironment) }),
  };
}

/** Environment values are text: 8080 becomes "8080", true becomes "true". */
function toEnvironment(values: Record<string, EnvironmentValue>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}

/** Changes what is a map. In its place there may be a reference, which is text until the CLI resolves it, or nothing. */
function inMap<T extends object>(value: T | undefined, change: (map: T) => object): object | undefined {
  return isRecord(value) ? change(value) : value;
}

function withoutUndefined(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
