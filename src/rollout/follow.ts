import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { Api } from '../cluster/api';
import type { Change } from '../cluster/follow';
import { follow } from '../cluster/share';
import { answer } from './answers';
import type { Kind } from './knowledge';
import { observationOf } from './observation';
import type { LiveObject } from '../live-object';
import { reduce } from './reducer';
import type { Question, Report } from './report';
import { beginRollout, type Goal, type RolloutEvent } from './state';
import { currentFunction } from './view';
import { collectionOf, kindsOfPhase } from './watches';

interface FollowOptions {
  /** Milliseconds to wait at most. */
  timeout: number;
  /** The version of Functions to read. */
  version: 'v1beta1' | 'v1beta2';
  /** Told how things stand, again and again. */
  onReport: (report: Report) => void;
}

/** Milliseconds that the logs may take that explain a verdict. */
const lastLook = 5000;

/**
 * Waits until a Function runs, or until it is clear that it will not. It watches what there is to see in each phase and
 * reads the logs that tell more; nothing of that outlives the call.
 * @throws ClusterError when the cluster can no longer be asked
 */
export async function followRollout(
  api: Api,
  goal: Omit<Goal, 'deadline'>,
  { timeout, version, onReport }: FollowOptions,
): Promise<{ report: Report; fn: LiveObject }> {
  const { name, namespace = 'default' } = goal.applied.metadata;
  const stop = new AbortController();
  const ends: (() => void)[] = [];
  let state = beginRollout({ ...goal, deadline: performance.now() + timeout }, performance.now());
  const dispatch = (event: RolloutEvent): Report => {
    const step = reduce(state, event, performance.now());
    state = step.state;
    return step.report;
  };
  const askFor = (question: Question): Promise<RolloutEvent> =>
    answer(api, namespace, question, stop.signal).then(
      (lines) => ({ type: 'answer', key: question.key, lines }),
      () => ({ type: 'time' }),
    );

  try {
    const verdict = await new Promise<Report>((resolve, reject) => {
      let isOver = false;
      const take = inOrder<RolloutEvent>((event) => {
        if (isOver) return;
        const report = dispatch(event);
        onReport(report);
        wake(report);
        isOver = report.verdict !== undefined;
        if (isOver) return resolve(report);
        watch(report);
        for (const question of report.questions) ask(question);
      });
      let timer: NodeJS.Timeout | undefined;
      ends.push(() => clearTimeout(timer));
      const wake = ({ wakeAt = Infinity }: Report): void => {
        clearTimeout(timer);
        const delay = Math.max(wakeAt - performance.now(), 0);
        if (delay < longestTimer) timer = setTimeout(() => take({ type: 'time' }), delay);
      };
      const watched = new Set<Kind>();
      const watch = ({ phase }: Report): void => {
        for (const kind of kindsOfPhase[phase].filter((candidate) => !watched.has(candidate))) {
          watched.add(kind);
          const tell = (change: Change): void => {
            // One watch serves many functions.
            if (kind === 'functions' && 'object' in change && change.object.metadata.name !== name) return;
            if (kind === 'functions' && change.type === 'blind') reject(change.error);
            else take(observationOf(kind, change));
          };
          ends.push(follow(api, collectionOf(kind, goal.applied, version), { tell, fail: reject }));
        }
      };
      const asked = new Set<string>();
      const ask = (question: Question): void => {
        if (question.isUrgent !== true || asked.has(question.key)) return;
        asked.add(question.key);
        void askFor(question).then(take);
      };
      take({ type: 'time' });
    });
    const report = await explain(verdict);
    return { report, fn: currentFunction(state) ?? goal.applied };
  } finally {
    stop.abort();
    for (const end of ends) end();
  }

  /** The verdict stands; what the logs say makes its reasons clearer. */
  async function explain(report: Report): Promise<Report> {
    if (report.verdict === 'running' || report.verdict === 'built' || report.questions.length === 0) return report;
    const limit = pause(lastLook, [], { signal: stop.signal }).catch(() => []);
    const answers = await Promise.race([Promise.all(report.questions.map(askFor)), limit]);
    const [last = report] = answers.map(dispatch).slice(-1);
    return { ...last, verdict: report.verdict };
  }
}

/** Node's timers take no more milliseconds than that. */
const longestTimer = 2 ** 31;

/** Handles one item after the other, also those that come up while one is handled. */
function inOrder<T>(handle: (item: T) => void): (item: T) => void {
  const queue: T[] = [];
  let isBusy = false;
  return (item) => {
    queue.push(item);
    if (isBusy) return;
    isBusy = true;
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) handle(next);
    isBusy = false;
  };
}
