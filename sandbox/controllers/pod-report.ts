import { valueAt, type JsonRecord } from '../../src/record';
import { timestamp, type Clock } from '../apiserver/clock';
import type { KubeObject } from '../apiserver/objects';

/** How a container is, in short. */
export interface ContainerState {
  running?: boolean;
  ready?: boolean;
  waiting?: JsonRecord;
  lastState?: JsonRecord;
  restarts?: number;
}

/** The status of a pod whose containers are so. */
export function podStatus(
  pod: KubeObject,
  containerOf: (name: string) => ContainerState,
  phase: string,
  clock: Clock,
): JsonRecord {
  const time = timestamp(clock);
  const containerStatuses = containersOf(pod).map(({ name, image = '' }) => {
    const { running = false, ready = false, waiting = {}, lastState = {}, restarts = 0 } = containerOf(name);
    const state = running ? { running: { startedAt: time } } : { waiting };
    return { name, image, ready, started: running, restartCount: restarts, state, lastState };
  });
  const isReady = phase === 'Running' && containerStatuses.every(({ ready }) => ready);
  const condition = (type: string, isTrue: boolean): JsonRecord => ({
    type,
    status: isTrue ? 'True' : 'False',
    lastTransitionTime: time,
  });
  return {
    phase,
    startTime: pod.metadata.creationTimestamp,
    podIP: '10.1.0.10',
    conditions: [
      condition('PodScheduled', true),
      condition('Initialized', true),
      condition('ContainersReady', isReady),
      condition('Ready', isReady),
    ],
    containerStatuses,
  };
}

/** The status of a pod that no node takes. */
export function unschedulable(message: string, clock: Clock): JsonRecord {
  const condition = {
    type: 'PodScheduled',
    status: 'False',
    reason: 'Unschedulable',
    message,
    lastTransitionTime: timestamp(clock),
  };
  return { phase: 'Pending', conditions: [condition] };
}

function containersOf(pod: KubeObject): { name: string; image?: string }[] {
  return (valueAt(pod, ['spec', 'containers']) ?? []) as { name: string; image?: string }[];
}

/** The names of its containers. */
export function namesOf(pod: KubeObject): string[] {
  return containersOf(pod).map(({ name }) => name);
}
