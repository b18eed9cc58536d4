import { numberAt, recordsAt, textAt } from '../../record';
import type { LiveObject } from '../../live-object';
import { generationOf, namespaceOf, conditionOf } from '../objects';
import type { Trouble } from '../trouble';
import { causeOf } from './causes';
import { inTurn, trimNoise } from './words';

/** How far a workload is. */
export interface Readiness {
  isReady: boolean;
  /** Pods that are ready and wanted; undefined where that is not counted. */
  pods?: { ready: number; wanted: number };
}

/** Whether a Deployment, StatefulSet or Job of an async function does its work. Scaled to zero it does: pods come with events. */
export function readinessOf(workload: LiveObject): Readiness {
  const { kind, spec, status } = workload;
  if (kind === 'Job') {
    const count = (field: string): number => numberAt(status, [field]) ?? 0;
    return { isReady: count('active') > 0 || count('succeeded') > 0 };
  }
  const wanted = numberAt(spec, ['replicas']) ?? 1;
  const ready = numberAt(status, [kind === 'Deployment' ? 'availableReplicas' : 'readyReplicas']) ?? 0;
  const updated = numberAt(status, ['updatedReplicas']) ?? (kind === 'Deployment' ? 0 : ready);
  const isObserved = (numberAt(status, ['observedGeneration']) ?? 0) >= generationOf(workload);
  return { isReady: isObserved && ready >= wanted && updated >= wanted, pods: { ready, wanted } };
}

/** What keeps a workload from having pods at all: a quota, a policy, a limit. */
export function troublesOfWorkload(workload: LiveObject): Trouble[] {
  const { kind, metadata, status } = workload;
  const failing = recordsAt(status, ['conditions']).find(
    ({ type, status: value }) => (type === 'ReplicaFailure' || type === 'Failed') && value === 'True',
  );
  if (failing === undefined) return [];
  const message = textAt(failing, ['message']);
  const cause = causeOf({ of: 'pod', reason: textAt(failing, ['reason']), message });
  return [
    {
      key: `${metadata.uid} pods`,
      gravity: failing['type'] === 'Failed' ? 'final' : 'lasting',
      reason: {
        what: cause?.what ?? (kind === 'Job' ? 'The job failed.' : 'The pods cannot be created.'),
        where: { kind, name: metadata.name },
        message: [textAt(failing, ['reason']), trimNoise(message)].filter(Boolean).join(': '),
        remedy: inTurn(
          cause?.remedy,
          `kubectl describe ${kind.toLowerCase()} ${metadata.name} -n ${namespaceOf(workload)}`,
        ),
      },
    },
  ];
}

/** What Knative says of a Service that is not ready. */
export function wordsOfKnative(service: LiveObject | undefined): { reason: string; message: string } {
  const ready = conditionOf(service, 'Ready');
  if (textAt(ready, ['status']) !== 'False') return { reason: '', message: '' };
  return { reason: textAt(ready, ['reason']), message: textAt(ready, ['message']) };
}
