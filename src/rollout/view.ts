import { present } from './knowledge';
import type { LiveObject } from '../live-object';
import type { Phase, Question, Report, Verdict } from './report';
import type { RolloutState } from './state';
import { byGravity, endOf, type Trouble } from './trouble';

/** A rollout as it is judged at a moment. */
export interface View {
  state: RolloutState;
  now: number;
  /** The newest state of the Function that was applied. */
  fn: LiveObject;
  /** When something that lasts was first seen; now, if it is seen for the first time. */
  since: (key: string) => number;
}

/** The Function as it was seen last, else as it was applied; undefined when it is gone. */
export function currentFunction(state: RolloutState): LiveObject | undefined {
  const { knowledge, goal } = state;
  const { uid, resourceVersion } = goal.applied.metadata;
  const seen = knowledge.objects.functions;
  const isListed = (knowledge.listed.functions ?? 0) >= Number(resourceVersion);
  const isGone = seen.get(uid) === undefined && (seen.has(uid) || isListed);
  const isReplaced = present(knowledge, 'functions').some(({ metadata }) => metadata.uid !== uid);
  if (isGone || (isReplaced && !isSeen(state))) return undefined;
  return isSeen(state) ? seen.get(uid) : goal.applied;
}

/** Whether the Function was seen since it was applied: what others have seen of it before is of no use. */
export function isSeen({ knowledge, goal }: RolloutState): boolean {
  const { uid, resourceVersion } = goal.applied.metadata;
  const seen = knowledge.objects.functions.get(uid);
  return seen !== undefined && Number(seen.metadata.resourceVersion) >= Number(resourceVersion);
}

interface Standing {
  phase: Phase;
  progress: string;
  resource?: string;
  verdict?: Verdict;
  troubles?: readonly Trouble[];
  notes?: readonly string[];
  questions?: readonly Question[];
  wakeAt?: number;
}

/** How things stand, where some troubles may end the rollout. */
export function report(view: View, standing: Standing): Report {
  const { phase, progress, resource = '', troubles = [], notes = [], questions = [], wakeAt = Infinity } = standing;
  const ends = troubles.map((trouble) => {
    const since = view.since(trouble.key);
    const end = endOf(trouble, since);
    return { trouble, end, shown: Math.min(end, since + (trouble.hiddenFor ?? 0)) };
  });
  const isOver = ends.some(({ end }) => end <= view.now);
  const verdict = standing.verdict ?? (isOver ? 'failed' : undefined);
  const sorted = ends
    .filter(({ shown }) => shown <= view.now)
    .sort((a, b) => Number(b.end <= view.now) - Number(a.end <= view.now) || byGravity(a.trouble, b.trouble))
    .map(({ trouble }) => trouble);
  const asked = [...questions, ...sorted.flatMap(({ question }) => question ?? [])];
  const times = ends.flatMap(({ end, shown }) => [end, shown]).filter((time) => time > view.now);
  const next = Math.min(wakeAt, ...times);
  return {
    phase,
    progress,
    resource,
    verdict,
    reasons: sorted.map(({ reason }) => reason),
    notes,
    questions: asked.filter(({ key }) => !view.state.answers.has(key)),
    wakeAt: verdict === undefined && next < Infinity ? next : undefined,
  };
}
