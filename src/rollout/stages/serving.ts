import { hasBuild, hasServing } from '../../function/parts';
import { isSyncFunction } from '../../function/runtime';
import { recordsAt, textAt } from '../../record';
import { causeOf } from '../diagnosis/causes';
import { inTurn, lastLines, trimNoise } from '../diagnosis/words';
import { wordsOfKnative } from '../diagnosis/workload';
import { labels } from '../../function/labels';
import { namespaceOf } from '../objects';
import { patience } from '../patience';
import type { Report } from '../report';
import { labelled } from '../state';
import type { Trouble } from '../trouble';
import { report, type View } from '../view';
import { awaitReaction } from './reaction';
import { starting, type ServingView } from './pods';
import { asyncStage } from './workload';

/** Until the function runs. */
export function servingStage(view: View): Report {
  const { fn, state } = view;
  const { baseline, expected } = state.goal;
  if (!hasServing(fn) || state.goal.until === 'built') {
    return report(view, { phase: 'running', progress: 'built', verdict: 'built' });
  }
  const isRebuilt = hasBuild(fn) && textAt(fn.status, ['build', 'resourceRef']) !== baseline.builder;
  const serving = textAt(fn.status, ['serving', 'resourceRef']);
  const reaction = awaitReaction(view, {
    part: 'serving',
    renewal: isRebuilt ? 'new' : expected.serving,
    before: baseline.serving,
    current: serving,
    from: isRebuilt ? view.since('built') : state.startedAt,
    phase: hasBuild(fn) ? 'starting' : 'waiting',
  });
  if (reaction) return reaction;

  const current = { ...view, serving };
  switch (textAt(fn.status, ['serving', 'state'])) {
    case 'Running':
      return isSyncFunction(fn) ? syncStage(view) : asyncStage(current);
    case 'Timeout':
      return timedOut(current);
    case 'Failed':
      return report(view, withTrouble(current, failure(current)));
    case 'Starting':
      return report(view, starting(current));
    default:
      return report(view, withTrouble(current, silence(current)));
  }
}

/** A Serving that is coming up, with a trouble of its own after those of its pods. */
function withTrouble(view: ServingView, own: Trouble): ReturnType<typeof starting> {
  const standing = starting(view);
  return { ...standing, troubles: [...standing.troubles, own] };
}

/** OpenFunction does not always tell the reason: then Knative does. */
function failure({ fn, state, serving }: ServingView): Trouble {
  const own = { reason: textAt(fn.status, ['serving', 'reason']), message: textAt(fn.status, ['serving', 'message']) };
  const [service] = labelled(state, 'workloads', labels.serving, serving);
  const words = own.message === '' ? wordsOfKnative(service) : own;
  const cause = causeOf({ of: 'serving', ...words });
  return {
    key: `${serving} failed`,
    gravity: 'lasting',
    limit: patience.failedServing,
    reason: {
      what: cause?.what ?? 'The function does not start.',
      where: service ? { kind: service.kind, name: service.metadata.name } : { kind: 'Serving', name: serving },
      message: [words.reason, trimNoise(words.message)].filter(Boolean).join(': ') || 'Failed',
      remedy: inTurn(cause?.remedy, `kubectl describe ksvc,pods -l ${labels.serving}=${serving} -n ${namespaceOf(fn)}`),
    },
  };
}

function timedOut(view: ServingView): Report {
  const timeout = textAt(view.fn.spec, ['serving', 'timeout']);
  const own: Trouble = {
    key: `${view.serving} timeout`,
    gravity: 'final',
    reason: {
      what: `The function did not start within its serving.timeout${timeout === '' ? '' : ` of ${timeout}`}.`,
      where: { kind: 'Serving', name: view.serving },
      remedy: 'Allow more with serving.timeout, or mend what keeps it from starting.',
    },
  };
  return report(view, { ...withTrouble(view, own), verdict: 'failed' });
}

/**
 * A Serving that says nothing of itself. What fails in the controller while it makes the workload is tried again for ever
 * and never written down. Source: OpenFunction v1.2.0 serving_controller.go, Reconcile.
 */
function silence({ serving, state }: ServingView): Trouble {
  const question = { key: 'controller', source: undefined, about: serving };
  const log = state.answers.get(question.key);
  const cause = causeOf({ of: 'serving', reason: '', message: (log ?? []).join('\n') });
  return {
    key: `${serving} silence`,
    gravity: 'lasting',
    limit: patience.silence,
    hiddenFor: patience.silence,
    reason: {
      what: cause?.what ?? 'OpenFunction cannot make what the function needs, and does not say why.',
      where: { kind: 'Serving', name: serving },
      remedy: [
        cause?.remedy ??
          'Likely causes: Dapr, KEDA or Knative is not installed or does not respond; a version or a component has a name that Kubernetes refuses; an input or output names no component.',
        'The log of its controller tells it: kubectl logs -n openfunction deployment/openfunction-controller-manager',
      ].join('\n'),
      ...(log && log.length > 0 && { log: lastLines(log) }),
    },
    question,
  };
}

/** Knative has looked after the pods; the way in comes a moment later. */
function syncStage(view: View): Report {
  const { fn, state } = view;
  const hasAddress = recordsAt(fn.status, ['addresses']).length > 0 || textAt(fn.status, ['url']) !== '';
  const limit = view.since(`running ${textAt(fn.status, ['serving', 'resourceRef'])}`) + patience.arrival;
  if (hasAddress || !state.goal.isChanged) {
    return report(view, { phase: 'running', progress: 'running', verdict: 'running' });
  }
  if (view.now < limit) return report(view, { phase: 'starting', progress: 'waiting for the address', wakeAt: limit });
  return report(view, {
    phase: 'running',
    progress: 'running',
    verdict: 'running',
    notes: ['It has no address: OpenFunction makes one when there is a Gateway.'],
  });
}
