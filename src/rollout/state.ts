import { textAt } from '../record';
import { learn, nothingKnown, present, type Kind, type Knowledge, type Observation } from './knowledge';
import type { Baseline, Expectation } from './expectation';
import type { LiveObject } from '../live-object';
import type { Answers } from './diagnosis/pods';

/** What a rollout is to reach. */
export interface Goal {
  /** The Function as the API server answered the last change of it. */
  applied: LiveObject;
  /** What was there before. */
  baseline: Baseline;
  expected: Expectation;
  /** Whether the apply changed anything: if not, nothing new is going to come. */
  isChanged: boolean;
  /** Whether the answer of the apply tells all there is to tell; of OpenFunction 1.1 and later v1beta1 lacks reasons and addresses. */
  isComplete: boolean;
  /** Whether it ends when the image is built. */
  until?: 'running' | 'built';
  /** The server's clock at that time, milliseconds since 1970. */
  serverTime: number | undefined;
  /** When to give up, on the clock of `reduce`; Infinity for never. */
  deadline: number;
}

/** Everything that is known of a rollout. */
export interface RolloutState {
  goal: Goal;
  startedAt: number;
  knowledge: Knowledge;
  answers: Answers;
  /** When something that lasts was first seen, by its key. */
  since: ReadonlyMap<string, number>;
}

/** What happens to a rollout from outside. */
export type RolloutEvent = Observation | { type: 'answer'; key: string; lines: readonly string[] } | { type: 'time' };

export function beginRollout(goal: Goal, now: number): RolloutState {
  return { goal, startedAt: now, knowledge: nothingKnown, answers: new Map(), since: new Map() };
}

/** The state without regard to how long anything lasts. */
export function take(state: RolloutState, event: RolloutEvent): RolloutState {
  if (event.type === 'time') return state;
  if (event.type !== 'answer') return { ...state, knowledge: learn(state.knowledge, event) };
  return { ...state, answers: new Map(state.answers).set(event.key, event.lines) };
}

/** Objects of a kind that carry a label. */
export function labelled({ knowledge }: RolloutState, kind: Kind, label: string, value: string): LiveObject[] {
  return present(knowledge, kind).filter(({ metadata }) => metadata.labels?.[label] === value);
}

/** Events about an object. */
export function eventsAbout({ knowledge }: RolloutState, { metadata }: LiveObject): LiveObject[] {
  return present(knowledge, 'events').filter((event) => {
    const uid = textAt(event, ['involvedObject', 'uid']);
    return uid === '' ? textAt(event, ['involvedObject', 'name']) === metadata.name : uid === metadata.uid;
  });
}
