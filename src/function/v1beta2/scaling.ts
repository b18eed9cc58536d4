import { isRecord, recordAt, withoutUndefined, type JsonRecord } from '../../record';
import { inList } from '../maps';

/**
 * `scaleOptions` with the triggers of the serving, and `workloadType`. The bounds of a scaler are those of the function.
 * Triggers without `keda` scale an async function by a ScaledObject, as they did before v1beta2.
 */
export function toScaling({ runtime, triggers, scaleOptions: options }: JsonRecord): JsonRecord {
  const isScaledByTriggers = runtime === 'async' && Array.isArray(triggers) && triggers.length > 0;
  if (options === undefined && !isScaledByTriggers) return {};
  if (options !== undefined && !isRecord(options)) return { scaleOptions: options };
  const keda = options?.['keda'] ?? (isScaledByTriggers ? { scaledObject: {} } : undefined);
  if (!isRecord(keda)) return { scaleOptions: { ...options } };

  const { minReplicaCount, maxReplicaCount, workloadType, ...object } = recordAt(keda, ['scaledObject']);
  const { maxReplicaCount: mostJobs, ...job } = recordAt(keda, ['scaledJob']);
  const hasJob = isRecord(keda['scaledJob']);
  const hasObject = isRecord(keda['scaledObject']);
  return withoutUndefined({
    scaleOptions: withoutUndefined({
      ...options,
      minReplicas: minReplicaCount ?? options?.['minReplicas'],
      maxReplicas: mostJobs ?? maxReplicaCount ?? options?.['maxReplicas'],
      keda: withoutUndefined({
        scaledObject: hasObject ? object : undefined,
        scaledJob: hasJob ? job : undefined,
        triggers: inList(triggers, ({ targetKind: _kind, ...trigger }) => trigger),
      }),
    }),
    workloadType: hasJob ? 'Job' : hasObject ? workloadType || 'Deployment' : undefined,
  });
}
