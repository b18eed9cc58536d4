import type { Path } from '../path';
import type { Draft, DraftOf, KnownProps } from '../props/draft';
import type { Container } from '../props/generated/types';
import { versionOfProps } from '../props/props-version';
import { usesDapr } from '../props/rules/dapr';
import { entriesOf, itemsOf } from '../props/rules/rule';
import { isSync } from '../props/rules/runtime';
import { strategyOf } from '../props/rules/strategies';
import type { DraftV1beta2 } from '../props/rules/v1beta2';
import { atOwnPlace, viewOfV1beta2Props } from '../props/rules/view-of-v1beta2';

/** What a function is going to use in its cluster, and the place in the props that says so. */
export interface Needs {
  secrets: SecretNeed[];
  groups: GroupNeed[];
  strategy: StrategyNeed | undefined;
  gateway: { namespace: string; name: string; path: Path } | undefined;
}

export interface SecretNeed {
  name: string;
  path: Path;
  use: SecretUse;
  /** Whether a build in the cluster needs it: without it that fails for good. */
  forBuild: boolean;
}

export type SecretUse =
  /** Docker credentials for an image. */
  | { kind: 'registry'; image: string | undefined }
  /** Credentials for a Git repository. */
  | { kind: 'git'; url: string | undefined }
  /** A value, or all values. */
  | { kind: 'value'; key: string | undefined };

export interface GroupNeed {
  /** API group, for instance `dapr.io`. */
  group: string;
  /** What serves it, in words. */
  product: string;
  /** What for, in words. */
  purpose: string;
  path: Path;
}

export interface StrategyNeed {
  name: string;
  kind: string;
  path: Path;
}

/** Only what the props really use: each is looked for with a request. What depends on a value that is not known is left out. */
export function needsOf(known: KnownProps): Needs {
  if (versionOfProps(known.draft) === 'v1beta1') return needsOfV1beta1(known);
  const { secrets, groups, strategy, gateway } = needsOfV1beta1(viewOfV1beta2Props(known));
  const [ofKeda] = known.surely((draft) => httpAddOn(draft as DraftV1beta2));
  return {
    secrets: secrets.map(atOwnPlace),
    groups: groups.map((need) => (ofKeda && need.group === knativeGroup ? ofKeda : atOwnPlace(need))),
    strategy: strategy && atOwnPlace(strategy),
    gateway: gateway && atOwnPlace(gateway),
  };
}

/** What takes the place of Knative with the HTTP engine of KEDA. Source: OpenFunction v1.2.0 kedahttp/servingrun.go. */
function httpAddOn({ serving }: DraftV1beta2): GroupNeed[] {
  if (serving?.triggers?.http?.engine !== 'keda') return [];
  const path = ['serving', 'triggers', 'http', 'engine'];
  return [{ group: 'http.keda.sh', product: 'HTTP add-on of KEDA', purpose: 'runs the function', path }];
}

function needsOfV1beta1({ draft, surely }: KnownProps): Needs {
  const [strategy] = surely(strategiesOf);
  const [gateway] = surely(gatewaysOf);
  return {
    secrets: [...secretsOfBuild(draft), ...secretsOfComponents(draft), ...secretsOfTemplate(draft)].filter(
      ({ name }) => name !== secretOfDeploy(draft),
    ),
    groups: [shipwright, knative, dapr, keda].flatMap((group) => surely(group)),
    strategy,
    gateway,
  };
}

/** What deploy puts there itself need not be there before. */
function secretOfDeploy({ imageCredentials }: Draft): string | undefined {
  return imageCredentials?.fromDocker === true ? imageCredentials.name : undefined;
}

const shipwright = ({ build }: Draft): GroupNeed[] =>
  build ? [{ group: 'shipwright.io', product: 'Shipwright', purpose: 'builds images', path: ['build'] }] : [];

const knativeGroup = 'serving.knative.dev';

const knative = (props: Draft): GroupNeed[] =>
  isSync(props)
    ? [{ group: knativeGroup, product: 'Knative Serving', purpose: 'runs sync functions', path: ['serving'] }]
    : [];

const dapr = (props: Draft): GroupNeed[] =>
  props.serving && (usesDapr(props) || hasComponents(props))
    ? [{ group: 'dapr.io', product: 'Dapr', purpose: 'brings messages in and out', path: ['serving'] }]
    : [];

/** What is declared is made, whether the function uses it or not. Source: OpenFunction v1.2.0 pkg/core/serving/common/common.go:97-125. */
function hasComponents({ serving }: Draft): boolean {
  return [serving?.bindings, serving?.pubsub, serving?.states].some((map) => Object.keys(map ?? {}).length > 0);
}

/** Without triggers no scaler is made. */
const keda = ({ serving }: Draft): GroupNeed[] => {
  return serving?.runtime === 'async' && serving.scaleOptions?.keda && serving.triggers?.length
    ? [{ group: 'keda.sh', product: 'KEDA', purpose: 'scales', path: ['serving', 'scaleOptions', 'keda'] }]
    : [];
};

function strategiesOf(props: Draft): StrategyNeed[] {
  const path = props.build?.shipwright?.strategy ? ['build', 'shipwright', 'strategy', 'name'] : ['build'];
  return props.build ? [{ ...strategyOf(props), path }] : [];
}

function gatewaysOf(props: Draft): { namespace: string; name: string; path: Path }[] {
  const { route } = props;
  if (!route || !isSync(props)) return [];
  const { name = 'openfunction', namespace = 'openfunction' } = route.gatewayRef ?? {};
  return [{ name, namespace, path: route.gatewayRef ? ['route', 'gatewayRef'] : ['route'] }];
}

function secretsOfBuild({ image, imageCredentials, build, serving }: Draft): SecretNeed[] {
  const forBuild = build !== undefined;
  return [
    ...named(imageCredentials, ['imageCredentials'], { kind: 'registry', image }, forBuild),
    ...named(
      build?.builderCredentials,
      ['build', 'builderCredentials'],
      { kind: 'registry', image: build?.builder },
      forBuild,
    ),
    ...named(
      build?.srcRepo?.credentials,
      ['build', 'srcRepo', 'credentials'],
      usesSourceImage(build)
        ? { kind: 'registry', image: build?.srcRepo?.bundleContainer?.image ?? image }
        : { kind: 'git', url: build?.srcRepo?.url },
      forBuild,
    ),
    ...itemsOf(serving?.template?.imagePullSecrets).flatMap(([index, reference]) =>
      named(
        reference,
        ['serving', 'template', 'imagePullSecrets', index],
        { kind: 'registry', image: undefined },
        false,
      ),
    ),
  ];
}

/** A folder becomes a source image, beside the image unless another place is named. */
function usesSourceImage(build: Draft['build']): boolean {
  return build?.source !== undefined || build?.srcRepo?.bundleContainer !== undefined;
}

function named(
  reference: { name?: string | undefined } | undefined,
  path: Path,
  use: SecretUse,
  forBuild: boolean,
): SecretNeed[] {
  return reference?.name ? [{ name: reference.name, path: [...path, 'name'], use, forBuild }] : [];
}

function secretsOfComponents({ serving }: Draft): SecretNeed[] {
  return (['bindings', 'pubsub', 'states'] as const).flatMap((kind) =>
    entriesOf(serving?.[kind]).flatMap(([component, { metadata }]) =>
      itemsOf(metadata).flatMap(([index, { secretKeyRef }]) =>
        value(secretKeyRef, ['serving', kind, component, 'metadata', index, 'secretKeyRef', 'name']),
      ),
    ),
  );
}

interface SecretReference {
  name?: string | undefined;
  key?: string | undefined;
  optional?: boolean | undefined;
}

function value(reference: SecretReference | undefined, path: Path): SecretNeed[] {
  if (!reference?.name || reference.optional === true) return [];
  return [{ name: reference.name, path, use: { kind: 'value', key: reference.key }, forBuild: false }];
}

function secretsOfTemplate({ serving }: Draft): SecretNeed[] {
  const { containers, initContainers, volumes } = serving?.template ?? {};
  const root = ['serving', 'template'];
  return [
    ...itemsOf(containers).flatMap(([index, container]) =>
      secretsOfContainer(container, [...root, 'containers', index]),
    ),
    ...itemsOf(initContainers).flatMap(([index, container]) =>
      secretsOfContainer(container, [...root, 'initContainers', index]),
    ),
    ...itemsOf(volumes).flatMap(([index, { secret, projected }]) => [
      ...value(secret && { ...secret, name: secret.secretName }, [...root, 'volumes', index, 'secret', 'secretName']),
      ...itemsOf(projected?.sources).flatMap(([source, part]) =>
        value(part.secret, [...root, 'volumes', index, 'projected', 'sources', source, 'secret', 'name']),
      ),
    ]),
  ];
}

function secretsOfContainer({ env, envFrom }: DraftOf<Container>, path: Path): SecretNeed[] {
  return [
    ...itemsOf(env).flatMap(([index, { valueFrom }]) =>
      value(valueFrom?.secretKeyRef, [...path, 'env', index, 'valueFrom', 'secretKeyRef', 'name']),
    ),
    ...itemsOf(envFrom).flatMap(([index, { secretRef }]) =>
      value(secretRef, [...path, 'envFrom', index, 'secretRef', 'name']),
    ),
  ];
}
