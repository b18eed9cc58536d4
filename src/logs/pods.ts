import { labels } from '../function/labels';
import type { LiveObject } from '../live-object';
import { isRecord, numberAt, recordsAt, textAt, valueAt, type JsonRecord } from '../record';
import type { ContainerState } from './container';

/** The container in which a function runs. Source: OpenFunction pkg/core/interface.go, 0.6 to 1.2. */
export const functionContainer = 'function';
/** Those of the Dapr proxy, and of Dapr itself: beside the proxy, or beside the function. */
export const proxyContainer = 'dapr-proxy';
export const daprContainer = 'daprd';

/** The function that runs in a pod, by the context that OpenFunction gives it; undefined where that cannot be read. */
export function functionOf(pod: LiveObject): string | undefined {
  const container = recordsAt(pod.spec, ['containers']).find(({ name }) => name === functionContainer);
  const context = recordsAt(container, ['env']).find(({ name }) => name === 'FUNC_CONTEXT');
  try {
    return textAt(JSON.parse(textAt(context, ['value'])) as unknown, ['name']) || undefined;
  } catch {
    return undefined;
  }
}

/** The containers of a pod: those that run, then those that prepare for them. */
export function containersOf(pod: LiveObject): string[] {
  return ['containers', 'initContainers'].flatMap((list) =>
    recordsAt(pod.spec, [list]).map((container) => textAt(container, ['name'])),
  );
}

/** The steps of a build. Source: Tekton puts `step-` before their names. */
export function stepsOf(pod: LiveObject): string[] {
  return containersOf(pod).filter((name) => name.startsWith('step-'));
}

/** Whether a pod belongs to a build. Source: OpenFunction v1.2.0 builderrun.go names BuildRuns after their Builder. */
export function isOfBuild({ metadata }: LiveObject, builder: string): boolean {
  return metadata.labels?.[labels.buildRun]?.startsWith(`${builder}-`) === true;
}

const statusLists = ['containerStatuses', 'initContainerStatuses'];

function statusOf(pod: LiveObject, container: string): JsonRecord | undefined {
  return statusLists.flatMap((list) => recordsAt(pod.status, [list])).find(({ name }) => name === container);
}

/** How a container of a pod is. */
export function containerState(pod: LiveObject, container: string): ContainerState {
  const status = statusOf(pod, container);
  const isIn = (state: string): boolean => isRecord(valueAt(status, ['state', state]));
  const isRunning = isIn('running');
  const phase = textAt(pod.status, ['phase']);
  return {
    hasStarted: isRunning || isIn('terminated') || isRecord(valueAt(status, ['lastState', 'terminated'])),
    isRunning,
    restarts: numberAt(status, ['restartCount']) ?? 0,
    isOver: phase === 'Succeeded' || phase === 'Failed',
    isGone: false,
  };
}

/** Whether the containers of a pod are started again when they end. */
export function isRestarted({ spec }: LiveObject): boolean {
  return textAt(spec, ['restartPolicy']) !== 'Never';
}

/** Why a container has not started, in the words of Kubernetes. */
export function whyNotStarted(pod: LiveObject, container: string): string {
  const waiting = valueAt(statusOf(pod, container), ['state', 'waiting']);
  const unscheduled = recordsAt(pod.status, ['conditions']).find(
    ({ type, status }) => type === 'PodScheduled' && status === 'False',
  );
  return textAt(waiting, ['reason']) || textAt(unscheduled, ['reason']) || 'no node runs it yet';
}

/** How the last run of a container ended: `exit code 137, OOMKilled`; empty where that is not known. */
export function howEnded(pod: LiveObject, container: string): string {
  const status = statusOf(pod, container);
  const ended = valueAt(status, ['state', 'terminated']) ?? valueAt(status, ['lastState', 'terminated']);
  const exitCode = numberAt(ended, ['exitCode']);
  const reason = textAt(ended, ['reason']);
  return exitCode === undefined ? '' : [`exit code ${exitCode}`, ...(reason === '' ? [] : [reason])].join(', ');
}
