import { numberAt, recordsAt, textAt, valueAt } from '../../record';
import { withoutDapr } from '../diagnosis/pods';
import { readinessOf } from '../diagnosis/workload';
import type { LiveObject } from '../../live-object';
import { labels } from '../../function/labels';
import { conditionOf } from '../objects';
import { patience } from '../patience';
import type { Report } from '../report';
import { labelled } from '../state';
import { report, type View } from '../view';
import { podsOf, starting, type ServingView } from './pods';

/**
 * An async function that OpenFunction calls Running: that is said of most as soon as their workload is made, so the workload
 * and its pods have to speak for themselves. Source: OpenFunction v1.2.0 openfuncasync/servingrun.go, Result.
 */
export function asyncStage(view: ServingView): Report {
  const { state, serving } = view;
  const { blind } = state.knowledge;
  if (blind.workloads !== undefined) return byPods(view);
  const workloads = labelled(state, 'workloads', labels.serving, serving);
  const proxies = labelled(state, 'workloads', labels.proxy, serving);
  if (workloads.length === 0) return unseen(view);
  if (podsOf(view).some((pod) => withoutDapr(pod).length > 0)) return report(view, starting(view));
  const isReady = [...workloads, ...proxies].every((workload) => readinessOf(workload).isReady);
  if (!isReady) return report(view, starting(view));
  if (workloads.every((workload) => readinessOf(workload).pods?.wanted === 0)) {
    return running(view, ['It is scaled to zero: pods start when there is work.']);
  }
  return blind.pods === undefined ? whenSteady(view) : running(view);
}

function running(view: View, notes: readonly string[] = []): Report {
  return report(view, { phase: 'running', progress: 'running', verdict: 'running', notes });
}

/** Without a look at the workload, one ready pod has to do; without one at pods, the word of OpenFunction. */
function byPods(view: ServingView): Report {
  if (view.state.knowledge.blind.pods !== undefined) {
    return running(view, ['Its pods could not be looked at: "running" is what OpenFunction says.']);
  }
  return podsOf(view).some(isReadyPod) ? whenSteady(view) : report(view, starting(view));
}

/** The workload was made before the Serving was called Running, so it is only a matter of moments. */
function unseen(view: ServingView): Report {
  const standing = starting(view);
  return report(view, {
    ...standing,
    troubles: [
      ...standing.troubles,
      {
        key: `${view.serving} workload`,
        gravity: 'lasting',
        limit: patience.silence,
        hiddenFor: patience.silence,
        reason: {
          what: 'The function is called Running, but has no workload.',
          where: { kind: 'Serving', name: view.serving },
          remedy: 'Somebody may have deleted it: deploy with --force-rollout.',
        },
      },
    ],
  });
}

/** A container without a readiness probe is ready as soon as it starts, and may crash a moment later. */
function whenSteady(view: ServingView): Report {
  const pods = podsOf(view).filter(isReadyPod);
  const limits =
    pods.length === 0
      ? [view.since(`${view.serving} pods`) + patience.arrival]
      : pods.map((pod) => steadyAt(view, pod));
  const last = Math.max(...limits);
  return view.now >= last ? running(view) : report(view, { ...starting(view), wakeAt: last });
}

/** When a ready pod has run long enough to be trusted. */
function steadyAt({ state, now, since }: ServingView, { metadata, spec, status }: LiveObject): number {
  const container = recordsAt(spec, ['containers']).find(({ name }) => name === 'function');
  const own = recordsAt(status, ['containerStatuses']).find(({ name }) => name === 'function');
  const first = since(`${metadata.uid} steady ${numberAt(own, ['restartCount']) ?? 0}`);
  const isProbed = valueAt(container, ['readinessProbe']) !== undefined;
  const started = Date.parse(textAt(own, ['state', 'running', 'startedAt']));
  const { serverTime } = state.goal;
  const isOld = serverTime !== undefined && serverTime - started > patience.steadiness;
  return isProbed || isOld ? now : first + patience.steadiness;
}

function isReadyPod(pod: LiveObject): boolean {
  return textAt(conditionOf(pod, 'Ready'), ['status']) === 'True';
}
