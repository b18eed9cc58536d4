import { valueAt, type JsonRecord } from '../../../src/record';

interface ContainerStatus {
  restartCount?: number;
  ready?: boolean;
  state?: { waiting?: { reason?: string }; terminated?: { reason?: string; exitCode?: number } };
}

/** One word for the state of a pod, as `kubectl get pods` shows it. */
export function podStatus(pod: JsonRecord): string {
  if (valueAt(pod, ['metadata', 'deletionTimestamp']) !== undefined) return 'Terminating';
  const phase = valueAt(pod, ['status', 'reason']) ?? valueAt(pod, ['status', 'phase']);
  const reasons = statusesOf(pod).map(({ state }) => state?.waiting?.reason ?? state?.terminated?.reason);
  const given = reasons.filter((reason) => reason !== undefined && reason !== '');
  const trouble = given.find((reason) => reason !== 'Completed') ?? given[0];
  return trouble ?? (typeof phase === 'string' ? phase : 'Unknown');
}

/** How often the containers of a pod were started again. */
export function restartsOf(pod: JsonRecord): number {
  return statusesOf(pod).reduce((sum, { restartCount = 0 }) => sum + restartCount, 0);
}

function statusesOf(pod: JsonRecord): ContainerStatus[] {
  return (valueAt(pod, ['status', 'containerStatuses']) ?? []) as ContainerStatus[];
}
