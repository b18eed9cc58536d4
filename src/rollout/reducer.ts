import { kinds } from './knowledge';
import { buildStage } from './stages/build';
import { functionStage, gone, notesOnChange } from './stages/function';
import { servingStage } from './stages/serving';
import type { Report } from './report';
import { take, type RolloutEvent, type RolloutState } from './state';
import { currentFunction, isSeen, type View } from './view';

/** What is known after an event, and what that means. */
export interface Step {
  state: RolloutState;
  report: Report;
}

/**
 * Takes in what happens and judges how things stand. The verdict depends on the newest state of each object and on how long
 * it lasts, never on how its states came: repeated, in another order, in part, or all over again.
 * @param now milliseconds of a clock that never goes back
 */
export function reduce(state: RolloutState, event: RolloutEvent, now: number): Step {
  const next = take(state, event);
  const seen = new Set<string>();
  const since = (key: string): number => {
    seen.add(key);
    return next.since.get(key) ?? now;
  };
  const judged = judge(next, now, since);
  const first = [...seen].filter((key) => !next.since.has(key)).map((key) => [key, now] as const);
  return { state: { ...next, since: new Map([...next.since, ...first]) }, report: judged };
}

function judge(state: RolloutState, now: number, since: View['since']): Report {
  const fn = currentFunction(state);
  if (fn === undefined) return gone({ state, now, fn: state.goal.applied, since }, 'was deleted');
  const view = { state, now, fn, since };
  const standing = functionStage(view) ?? buildStage(view) ?? servingStage(view);
  const notes = [...notesOnChange(view), ...standing.notes];
  const { deadline } = state.goal;
  if (standing.verdict !== undefined && (state.goal.isComplete || isSeen(state))) {
    return { ...standing, notes: [...notes, ...notesOnBlindness(state)] };
  }
  if (now >= deadline) {
    return { ...standing, notes: [...notes, ...notesOnBlindness(state)], verdict: 'timeout', wakeAt: undefined };
  }
  return { ...standing, notes, verdict: undefined, wakeAt: Math.min(standing.wakeAt ?? Infinity, deadline) };
}

/** What could not be looked at, said once, with the verdict. */
function notesOnBlindness({ knowledge }: RolloutState): string[] {
  const blind = kinds.filter((kind) => knowledge.blind[kind] === 'not allowed');
  return blind.length === 0
    ? []
    : [`Not allowed to look at ${blind.join(', ')}: less could be told of what goes wrong.`];
}
