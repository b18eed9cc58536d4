import { groupVersion } from '../../api-version';
import { nearest } from '../../nearest';
import { showText } from '../../redact';
import { between } from '../../releases';
import type { DraftOf } from '../draft';
import type { PropsV1Beta2 } from '../generated/types';
import { errorAt, warningAt, type Problem } from '../problem';
import { itemsOf, onReleases, placesAt, type RuleTarget } from './rule';

export type DraftV1beta2 = DraftOf<PropsV1Beta2>;

type RuleV1beta2 = (props: DraftV1beta2, target: RuleTarget) => readonly Problem[];

/** Earlier releases have no such version. Source: the CRDs of the releases. */
const servedVersion: RuleV1beta2 = (_props, target) =>
  onReleases(between('0.6', '1.0'), target, (start) => ({
    path: ['apiVersion'],
    message: `${start}there is no ${groupVersion('v1beta2')}. Leave apiVersion out, and write the props of v1beta1.`,
  }));

/** A component that the function does not define has to be in its namespace; without one it hangs. Source: OpenFunction v1.2.0 pkg/core/serving/common/common.go:606-631. */
const componentsExist: RuleV1beta2 = ({ serving }) => {
  const declared = [...Object.keys(serving?.bindings ?? {}), ...Object.keys(serving?.pubsub ?? {})];
  const named = [
    ...itemsOf(serving?.triggers?.dapr).map(([index, { name }]) => ({ name, path: ['triggers', 'dapr', index] })),
    ...itemsOf(serving?.outputs).map(([index, { dapr }]) => ({ name: dapr?.name, path: ['outputs', index, 'dapr'] })),
  ];
  return named.flatMap(({ name, path }) => {
    if (name === undefined || name === '' || declared.includes(name)) return [];
    const near = nearest(name, declared);
    const hint = near === undefined ? '' : ` Did you mean ${showText(near)}?`;
    return [
      warningAt(
        ['serving', ...path, 'name'],
        `${showText(name)} is no component of this function: one of that name has to be in its namespace.${hint}`,
      ),
    ];
  });
};

/** The whole controller crashes. Source: OpenFunction v1.2.0 pkg/core/serving/kedahttp/servingrun.go:476. */
const scalerOfHttp: RuleV1beta2 = ({ serving }) => {
  const { scaleOptions, triggers } = serving ?? {};
  if (triggers?.http?.engine !== 'keda' || scaleOptions?.keda === undefined || scaleOptions.keda.httpScaledObject) {
    return [];
  }
  return [
    errorAt(
      ['serving', 'scaleOptions', 'keda', 'httpScaledObject'],
      'is required with the HTTP engine "keda": without it the controller of OpenFunction crashes.',
      { serving: { scaleOptions: { keda: { httpScaledObject: { targetPendingRequests: 100 } } } } },
    ),
  ];
};

/** A function has one scaler. Source: OpenFunction v1.2.0 function_webhook.go. */
const oneScaler: RuleV1beta2 = ({ serving }) => {
  const { httpScaledObject, scaledObject, scaledJob } = serving?.scaleOptions?.keda ?? {};
  if (httpScaledObject === undefined || (scaledObject === undefined && scaledJob === undefined)) return [];
  const path = ['serving', 'scaleOptions', 'keda', 'httpScaledObject'];
  return [errorAt(path, 'cannot be combined with scaledObject or scaledJob. Remove one of them.')];
};

/** Source: the CRDs of 1.1 and 1.2. */
const sinceLastRelease = [
  ['serving', 'triggers', 'inputs'],
  ['serving', 'triggers', 'http', 'engine'],
  ['serving', 'scaleOptions', 'keda', 'httpScaledObject'],
  ['serving', 'scaleOptions', 'keda', 'scaledObject', 'fallback'],
];

/** Fields that 1.1 drops or refuses. */
const fieldsOfRelease: RuleV1beta2 = (props, target) =>
  sinceLastRelease.flatMap((keys) =>
    placesAt(props, keys).flatMap((path) =>
      onReleases(between('1.1', '1.1'), target, (start) => ({
        path,
        message: `${start}this field is not known and would be dropped; OpenFunction has it since 1.2.`,
      })),
    ),
  );

/** What holds of the props of v1beta2 alone. */
export const rulesOfV1beta2: readonly RuleV1beta2[] = [
  servedVersion,
  componentsExist,
  scalerOfHttp,
  oneScaler,
  fieldsOfRelease,
];
