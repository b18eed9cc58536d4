import type { Path } from '../../path';
import { showText } from '../../redact';
import { between } from '../../releases';
import type { Draft } from '../draft';
import { errorAt, warningAt, type Problem } from '../problem';
import { converting, elseV1beta2, onReleases, type Rule } from './rule';

const scaleOptions = ['serving', 'scaleOptions'] as const;
const scaledObject = [...scaleOptions, 'keda', 'scaledObject'] as const;
const scaledJob = [...scaleOptions, 'keda', 'scaledJob'] as const;

/** The smallest and the largest number of replicas, each with its place when it is written. */
interface Bounds {
  minimum: number;
  maximum: number;
  minimumAt: Path | undefined;
  maximumAt: Path | undefined;
}

/**
 * The least number of replicas is not above the most, for which 10 is assumed.
 * Source: OpenFunction v1.0.0 and v1.2.0 function_webhook.go.
 */
export const replicas: Rule = ({ serving }) => {
  const { minReplicas, maxReplicas } = serving?.scaleOptions ?? {};
  return contradiction(bounds(scaleOptions, ['minReplicas', minReplicas], ['maxReplicas', maxReplicas], 10));
};

/** The same of KEDA's own bounds, for which 100 is assumed. Source: OpenFunction v1.0.0 function_webhook.go. */
export const replicaCounts: Rule = ({ serving }) => {
  const { minReplicaCount, maxReplicaCount } = serving?.scaleOptions?.keda?.scaledObject ?? {};
  return contradiction(
    bounds(scaledObject, ['minReplicaCount', minReplicaCount], ['maxReplicaCount', maxReplicaCount], 100),
  );
};

/**
 * OpenFunction 1.1 and later take KEDA's bounds for those of the function, and then assume 10 where one is missing.
 * Source: OpenFunction v1.2.0 apis/core/v1beta1/function_conversion.go.
 */
export const mergedReplicas: Rule = (props, target) => {
  const options = props.serving?.scaleOptions;
  const object = options?.keda?.scaledObject;
  const most = object?.maxReplicaCount ?? options?.keda?.scaledJob?.maxReplicaCount ?? options?.maxReplicas ?? 10;
  const least = object?.minReplicaCount ?? options?.minReplicas ?? 0;
  if (least <= most || replicas(props, target).length > 0 || replicaCounts(props, target).length > 0) return [];
  const path =
    object?.minReplicaCount === undefined ? [...scaleOptions, 'minReplicas'] : [...scaledObject, 'minReplicaCount'];
  return onReleases(between('1.1', '1.2'), target, (start) => ({
    path,
    message: `${start}KEDA's bounds are those of the function, and ${least} is then more than the most replicas, ${most}. Write both bounds in the same place.`,
  }));
};

function bounds(
  section: Path,
  [minimumKey, minimum]: [string, number | undefined],
  [maximumKey, maximum]: [string, number | undefined],
  assumedMaximum: number,
): Bounds {
  return {
    minimum: minimum ?? 0,
    maximum: maximum ?? assumedMaximum,
    minimumAt: minimum === undefined ? undefined : [...section, minimumKey],
    maximumAt: maximum === undefined ? undefined : [...section, maximumKey],
  };
}

function contradiction({ minimum, maximum, minimumAt, maximumAt }: Bounds): Problem[] {
  if (minimum <= maximum || minimumAt === undefined) return [];
  const key = String(minimumAt.at(-1)).replace('min', 'max');
  const limit =
    maximumAt === undefined ? `${maximum}, which is assumed for ${key}. Write ${key}, too` : `${key}, ${maximum}`;
  return [errorAt(minimumAt, `${minimum} is more than ${limit}.`)];
}

/** A function has one scaler. Source: OpenFunction v1.0.0 and v1.2.0 function_webhook.go. */
export const oneScaler: Rule = ({ serving }) => {
  const { scaledJob: job, scaledObject: object } = serving?.scaleOptions?.keda ?? {};
  if (job === undefined || object === undefined) return [];
  return [errorAt(scaledJob, 'cannot be combined with scaledObject. Remove one of them.')];
};

/**
 * The conversion to v1beta2 panics on a scaledJob without scaledObject, and the webhook forbids both.
 * Source: OpenFunction v1.2.0 apis/core/v1beta1/function_conversion.go:258.
 */
export const scaledJobs: Rule = (props, target) => {
  const { scaledJob: job, scaledObject: object } = props.serving?.scaleOptions?.keda ?? {};
  if (job === undefined || object !== undefined) return [];
  return onReleases(converting(props), target, (start) => ({
    path: scaledJob,
    message: `${start}the cluster refuses it: OpenFunction crashes over it. ${elseV1beta2}`,
  }));
};

/** Kubernetes takes no Job that always restarts. Source: Kubernetes, pod templates of Jobs. */
export const restartOfJobs: Rule = ({ serving }) =>
  serving?.scaleOptions?.keda?.scaledJob?.restartPolicy === 'Always'
    ? [
        errorAt(
          [...scaledJob, 'restartPolicy'],
          '"Always" is refused for Jobs by Kubernetes, and nothing would run. Use OnFailure or Never.',
        ),
      ]
    : [];

/** What scaling by own numbers needs. Source: OpenFunction v1.0.0 and v1.2.0 function_webhook.go. */
export const customScaling: Rule = ({ serving }) => {
  const strategy = serving?.scaleOptions?.keda?.scaledJob?.scalingStrategy;
  if (strategy === undefined) return [];
  const path = [...scaledJob, 'scalingStrategy'];
  const percentage = strategy.customScalingRunningJobPercentage;
  const needed = ['customScalingQueueLengthDeduction', 'customScalingRunningJobPercentage'] as const;
  return [
    ...needed
      .filter((key) => strategy.strategy === 'custom' && strategy[key] === undefined)
      .map((key) => errorAt([...path, key], 'is required with strategy: custom.')),
    ...(percentage === undefined || /^[0-9.]+ *%$/.test(percentage)
      ? []
      : [
          errorAt(
            [...path, 'customScalingRunningJobPercentage'],
            `${showText(percentage)} is no percentage. Example: customScalingRunningJobPercentage: 50%`,
          ),
        ]),
  ];
};

/** Without one of the other, neither triggers nor scaledObject scale anything. Source: OpenFunction v1.2.0 openfuncasync/servingrun.go. */
export const triggersScaleSomething: Rule = (props, target) => {
  const { serving } = props;
  if (serving?.runtime !== 'async') return [];
  const keda = serving.scaleOptions?.keda;
  if (serving.triggers?.length && keda === undefined) {
    return onReleases(converting(props), target, (start) => ({
      path: ['serving', 'triggers'],
      message: `${start}triggers are dropped without scaleOptions.keda, and nothing is scaled.`,
      example: { serving: { scaleOptions: { keda: { scaledObject: {} } } } },
    }));
  }
  if (keda?.scaledObject === undefined || serving.triggers?.length) return [];
  return [warningAt(scaledObject, withoutTriggers)];
};

const withoutTriggers = 'scales nothing without triggers: KEDA has to know by what to scale. Add triggers.';

/** KEDA scales async functions alone: Knative has its own scaler. Source: OpenFunction v1.2.0 knative/servingrun.go. */
export const scalerOfRuntime: Rule = ({ serving }: Draft) => {
  if (serving === undefined) return [];
  if (serving.runtime === 'async') {
    if (serving.scaleOptions?.knative === undefined) return [];
    return [warningAt([...scaleOptions, 'knative'], 'has no effect with runtime: async. Use scaleOptions.keda.')];
  }
  return [
    ...(serving.scaleOptions?.keda === undefined
      ? []
      : [warningAt([...scaleOptions, 'keda'], 'has no effect with runtime: knative. Use scaleOptions.knative.')]),
    ...(serving.triggers?.length
      ? [warningAt(['serving', 'triggers'], 'have no effect with runtime: knative; they scale async functions.')]
      : []),
  ];
};
