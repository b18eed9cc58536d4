import { isRecord, valueAt } from '../../record';
import type { Renewal } from '../expectation';
import { patience } from '../patience';
import type { Phase, Report } from '../report';
import { report, type View } from '../view';

interface Awaited {
  part: 'build' | 'serving';
  renewal: Renewal;
  /** The Builder or Serving that there was before, and the one that there is now. */
  before: string;
  current: string;
  /** When its time began. */
  from: number;
  phase: Phase;
}

/**
 * What to say while the status is not about the change yet; undefined as soon as it is. A part that is made anew has a new
 * name: that alone tells the old state from the new one.
 */
export function awaitReaction(view: View, awaited: Awaited): Report | undefined {
  const { part, renewal, before, current, from, phase } = awaited;
  const isNew = current !== '' && current !== before;
  if (isNew || (renewal === 'same' && current !== '')) return undefined;
  const settled = from + patience.settling;
  if (renewal === 'maybe' && current !== '' && view.now >= settled) return undefined;

  const hasReacted = current !== before || isRecord(valueAt(view.fn.status, [part]));
  const progress = 'waiting for OpenFunction';
  const limit =
    hasReacted && current === '' ? view.since(`${part} is reset`) + patience.silence : from + patience.reaction;
  if (view.now >= limit) return silent(view, awaited);
  return report(view, {
    phase,
    progress,
    wakeAt: renewal === 'maybe' && current !== '' ? settled : limit,
  });
}

function silent(view: View, { before, phase }: Awaited): Report {
  const seconds = patience.reaction / 1000;
  return report(view, {
    phase,
    progress: 'nothing happens',
    verdict: 'stuck',
    troubles: [
      {
        key: 'no reaction',
        gravity: 'final',
        reason: {
          what: `OpenFunction has not taken up the change within ${seconds} s.`,
          ...(before !== '' && { message: `What ran before goes on (${before}).` }),
          remedy:
            'Look whether its controller runs: kubectl get pods -n openfunction\nand what it says: kubectl logs -n openfunction deployment/openfunction-controller-manager',
        },
      },
    ],
  });
}
