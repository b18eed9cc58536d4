import type { Api } from '../cluster/api';
import { lookOnce } from '../cluster/follow';
import { answer } from './answers';
import { baselineOf } from './expectation';
import type { Kind } from './knowledge';
import type { LiveObject } from '../live-object';
import { namespaceOf } from './objects';
import { observationOf } from './observation';
import { reduce } from './reducer';
import type { Report } from './report';
import { ageOfState } from './settled';
import { beginRollout, type RolloutEvent } from './state';
import { collectionOf, kindsOfPhase } from './watches';

/**
 * How a Function stands at this moment: what a wait would say that has gone on for as long as its state.
 * @param serverTime the server's clock, milliseconds since 1970
 * @throws ClusterError when the cluster cannot be asked
 */
export async function lookAtRollout(
  api: Api,
  fn: LiveObject,
  version: 'v1beta1' | 'v1beta2',
  serverTime: number | undefined,
): Promise<Report> {
  const { signal } = new AbortController();
  const age = ageOfState(fn, serverTime);
  const goal = {
    applied: fn,
    baseline: baselineOf(fn),
    expected: { build: 'same', serving: 'same', unseen: [] } as const,
    isChanged: false,
    isComplete: true,
    serverTime,
    deadline: Infinity,
  };
  let step = reduce(beginRollout(goal, 0), { type: 'time' }, 0);
  const take = (event: RolloutEvent, now: number): void => {
    step = reduce(step.state, event, now);
  };
  const seen = new Set<Kind>(['functions']);
  for (let kinds = unseen(step.report); kinds.length > 0; kinds = unseen(step.report)) {
    const looks = kinds.map((kind) => {
      seen.add(kind);
      return lookOnce(api, collectionOf(kind, fn, version), (change) => take(observationOf(kind, change), 0), signal);
    });
    await Promise.all(looks);
  }
  take({ type: 'time' }, age);
  for (const question of step.report.questions) {
    const lines = await answer(api, namespaceOf(fn), question, signal).catch(() => []);
    take({ type: 'answer', key: question.key, lines }, age);
  }
  return step.report;

  function unseen({ verdict, phase }: Report): Kind[] {
    return verdict === undefined ? kindsOfPhase[phase].filter((kind) => !seen.has(kind)) : [];
  }
}
