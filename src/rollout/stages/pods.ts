import { troublesOfPod } from '../diagnosis/pods';
import { readinessOf, troublesOfWorkload } from '../diagnosis/workload';
import type { LiveObject } from '../../live-object';
import { labels } from '../../function/labels';
import { eventsAbout, labelled } from '../state';
import type { Trouble } from '../trouble';
import type { View } from '../view';

/** A rollout that has come to its Serving. */
export interface ServingView extends View {
  /** Name of the Serving. */
  serving: string;
}

/** All pods of a Serving that are to stay: of the function, and of its Dapr proxy. */
export function podsOf({ state, serving }: ServingView): LiveObject[] {
  return [
    ...labelled(state, 'pods', labels.serving, serving),
    ...labelled(state, 'pods', labels.proxy, serving),
  ].filter(({ metadata }) => metadata.deletionTimestamp === undefined);
}

/** Everything that keeps a Serving from running. */
function troublesOf(view: ServingView): Trouble[] {
  const { state, serving } = view;
  return [
    ...podsOf(view).flatMap((pod) => troublesOfPod(pod, eventsAbout(state, pod), state.answers)),
    ...labelled(state, 'workloads', labels.serving, serving).flatMap(troublesOfWorkload),
    ...labelled(state, 'workloads', labels.proxy, serving).flatMap(troublesOfWorkload),
  ];
}

/** How a Serving stands that is coming up. */
export function starting(view: ServingView): {
  phase: 'starting';
  progress: string;
  resource: string;
  troubles: readonly Trouble[];
} {
  const progress = `starting (${view.serving})${countPods(view)}`;
  return { phase: 'starting', progress, resource: view.serving, troubles: troublesOf(view) };
}

/** How many pods are ready, where a workload counts them. */
function countPods({ state, serving }: ServingView): string {
  const [count] = labelled(state, 'workloads', labels.serving, serving).flatMap(
    (workload) => readinessOf(workload).pods ?? [],
  );
  return count && count.wanted > 0 && !isKnative(state, serving)
    ? `: ${count.ready} of ${count.wanted} pods ready`
    : '';
}

function isKnative(state: View['state'], serving: string): boolean {
  return labelled(state, 'workloads', labels.serving, serving).some(({ kind }) => kind === 'Service');
}
