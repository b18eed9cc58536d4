import type { JsonRecord } from '../../../src/record';
import { objectAt, objectsAt, omitEmpty, pointers, present, textAt, values } from './go-json';
import { dereference } from './panic';

/**
 * `scaleOptions` and `workloadType` of v1beta2 (OpenFunction v1.2.0 apis/core/v1beta1/function_conversion.go).
 * The counts of a scaler take the place of minReplicas and maxReplicas; triggers are lost where there is no `keda`.
 *
 * @throws ConversionPanic for a scaledJob without a scaledObject: the job gets the object's pollingInterval.
 */
export function scalingToV1beta2(serving: JsonRecord): JsonRecord {
  const options = objectAt(serving, 'scaleOptions');
  if (!options) return {};
  const keda = objectAt(options, 'keda');
  const object = objectAt(keda, 'scaledObject');
  const job = objectAt(keda, 'scaledJob');
  return present({
    scaleOptions: present({
      minReplicas: object?.minReplicaCount ?? options.minReplicas,
      maxReplicas: job?.maxReplicaCount ?? object?.maxReplicaCount ?? options.maxReplicas,
      ...pointers(options, 'knative'),
      keda:
        keda &&
        present({
          scaledObject: object && objectFields(object),
          scaledJob: job && {
            ...jobFields(job),
            ...pointers(dereference(object, 'spec.serving.scaleOptions.keda.scaledObject'), 'pollingInterval'),
          },
          triggers: omitEmpty(objectsAt(serving, 'triggers').map(scalerFields)),
        }),
    }),
    workloadType: job ? 'Job' : object && (textAt(object, 'workloadType') || 'Deployment'),
  });
}

/** `scaleOptions` and `triggers` of v1beta1. An httpScaledObject and a fallback are lost. */
export function scalingToV1beta1(serving: JsonRecord): JsonRecord {
  const options = objectAt(serving, 'scaleOptions');
  if (!options) return {};
  const keda = objectAt(options, 'keda');
  const object = objectAt(keda, 'scaledObject');
  const job = objectAt(keda, 'scaledJob');
  const maxReplicaCount = options.maxReplicas;
  return present({
    scaleOptions: present({
      ...pointers(options, 'minReplicas', 'maxReplicas', 'knative'),
      keda:
        keda &&
        present({
          scaledObject:
            object &&
            present({
              ...objectFields(object),
              ...values(serving, 'workloadType'),
              minReplicaCount: options.minReplicas,
              maxReplicaCount,
            }),
          scaledJob: job && present({ ...jobFields(job), ...pointers(job, 'pollingInterval'), maxReplicaCount }),
        }),
    }),
    triggers: omitEmpty(objectsAt(keda, 'triggers')),
  });
}

function objectFields(object: JsonRecord): JsonRecord {
  return pointers(object, 'pollingInterval', 'cooldownPeriod', 'advanced');
}

/** All but the pollingInterval. */
function jobFields(job: JsonRecord): JsonRecord {
  return pointers(job, 'restartPolicy', 'successfulJobsHistoryLimit', 'failedJobsHistoryLimit', 'scalingStrategy');
}

/** All but the targetKind, which v1beta2 does not have. */
function scalerFields(trigger: JsonRecord): JsonRecord {
  return pointers(trigger, 'type', 'name', 'metadata', 'metricType', 'useCachedMetrics', 'authenticationRef');
}
