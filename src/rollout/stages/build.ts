import { hasBuild } from '../../function/parts';
import { textAt } from '../../record';
import { reasonOfBuild } from '../diagnosis/build';
import { trimNoise } from '../diagnosis/words';
import type { LiveObject } from '../../live-object';
import { labels } from '../../function/labels';
import { newest, conditionOf } from '../objects';
import { patience } from '../patience';
import type { Report } from '../report';
import { labelled } from '../state';
import type { Trouble } from '../trouble';
import { report, type View } from '../view';
import { awaitReaction } from './reaction';

/** Until the image is built; undefined when it is, or when nothing is to be built. */
export function buildStage(view: View): Report | undefined {
  const { fn, state } = view;
  if (!hasBuild(fn)) return undefined;
  const builder = textAt(fn.status, ['build', 'resourceRef']);
  const reaction = awaitReaction(view, {
    part: 'build',
    renewal: state.goal.expected.build,
    before: state.goal.baseline.builder,
    current: builder,
    from: state.startedAt,
    phase: 'waiting',
  });
  if (reaction) return reaction;
  const buildState = textAt(fn.status, ['build', 'state']);
  if (buildState === 'Succeeded') return undefined;
  const buildRun = newest(labelled(state, 'builds', labels.builder, builder));
  return ['Failed', 'Timeout', 'Canceled'].includes(buildState)
    ? failed(view, buildRun)
    : building(view, builder, buildRun);
}

function failed(view: View, buildRun: LiveObject | undefined): Report {
  const { reason, question } = reasonOfBuild(view.fn, buildRun, view.state.answers);
  const again = 'OpenFunction does not build again while nothing changes: deploy with --force-rollout.';
  const remedy = view.state.goal.isChanged ? reason.remedy : [reason.remedy, again].join('\n');
  return report(view, {
    phase: 'building',
    progress: 'the build failed',
    resource: textAt(view.fn.status, ['build', 'resourceRef']),
    troubles: [
      {
        key: 'build',
        gravity: 'final',
        reason: { ...reason, ...(remedy && { remedy }) },
        ...(question && { question }),
      },
    ],
  });
}

function building(view: View, builder: string, buildRun: LiveObject | undefined): Report {
  return report(view, {
    phase: 'building',
    progress: `building (${builder})`,
    resource: builder,
    troubles: buildRun ? pending(buildRun) : unborn(view, builder),
  });
}

/** What keeps the pod of a build from starting, as Tekton puts it. */
function pending(buildRun: LiveObject): Trouble[] {
  const condition = conditionOf(buildRun, 'Succeeded');
  const message = textAt(condition, ['message']);
  if (textAt(condition, ['status']) !== 'Unknown' || !/pending|unschedulable|exceeded|back-?off/i.test(message)) {
    return [];
  }
  return [
    {
      key: `${buildRun.metadata.uid} pending`,
      gravity: 'slight',
      reason: {
        what: 'The build waits.',
        where: { kind: 'BuildRun', name: buildRun.metadata.name },
        message: trimNoise(message),
      },
    },
  ];
}

/** A Builder that makes no BuildRun: what stops it never reaches its status. */
function unborn({ state }: View, builder: string): Trouble[] {
  const why = state.knowledge.blind.builds;
  if (why !== undefined && why !== unknownType) return [];
  return [
    {
      key: `${builder} unborn`,
      gravity: why === unknownType ? 'final' : 'lasting',
      limit: patience.silence,
      hiddenFor: patience.silence,
      reason: {
        what: why === unknownType ? 'The cluster has no Shipwright, which builds images.' : 'The build does not begin.',
        where: { kind: 'Builder', name: builder },
        remedy:
          why === unknownType
            ? 'Ask an administrator to install it, or build the image elsewhere and leave build out.'
            : 'Its controller says why: kubectl logs -n openfunction deployment/openfunction-controller-manager',
      },
    },
  ];
}

/** Why a kind cannot be looked at that the server does not have. */
export const unknownType = 'unknown type';
