import { foretell } from '../../../src/rollout/expectation';
import type { Kind } from '../../../src/rollout/knowledge';
import type { LiveObject } from '../../../src/live-object';
import { reduce } from '../../../src/rollout/reducer';
import type { Report } from '../../../src/rollout/report';
import { beginRollout, type Goal, type RolloutEvent, type RolloutState } from '../../../src/rollout/state';

export const seconds = 1000;

/** Parts of an object; the rest is made up. */
export interface Parts {
  name?: string;
  uid?: string;
  version?: number;
  generation?: number;
  labels?: Record<string, string>;
  metadata?: object;
  spec?: object;
  status?: object;
  [field: string]: unknown;
}

export function object(apiVersion: string, kind: string, parts: Parts): LiveObject {
  const {
    name = kind.toLowerCase(),
    uid = `${kind} ${name}`,
    version = 1,
    generation = 1,
    labels,
    metadata,
    ...rest
  } = parts;
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      namespace: 'default',
      uid,
      resourceVersion: String(version),
      generation,
      ...(labels && { labels }),
      ...metadata,
    },
    ...rest,
  } as LiveObject;
}

const http = { triggers: { http: { port: 8080 } }, template: {} };
const async = { triggers: { dapr: [{ name: 'in' }] }, template: {} };
export const specs = {
  http: { image: 'r/hello:v1', serving: http },
  async: { image: 'r/hello:v1', serving: async },
  built: { image: 'r/hello:v1', build: { builder: 'b' }, serving: async },
  buildOnly: { image: 'r/hello:v1', build: { builder: 'b' } },
} as const;

/** A Function of v1beta2. Without another version it is newer than the one that was applied. */
export function fn(spec: object, status?: object, parts: Parts = {}): LiveObject {
  return object('core.openfunction.io/v1beta2', 'Function', {
    name: 'hello',
    version: 100,
    spec,
    ...(status && { status }),
    ...parts,
  });
}

/** States of build and serving as OpenFunction reports them. */
export function status(
  build: string,
  serving?: string,
  more: { build?: object; serving?: object; [field: string]: unknown } = {},
): object {
  const { build: buildMore, serving: servingMore, ...rest } = more;
  return {
    build: { state: build, ...(build !== 'Skipped' && build !== '' && { resourceRef: 'builder-new' }), ...buildMore },
    ...(serving !== undefined && {
      serving: { state: serving, ...(serving !== '' && { resourceRef: 'serving-new' }), ...servingMore },
    }),
    ...rest,
  };
}

const ofServing = { 'openfunction.io/serving': 'serving-new' };

export function deployment(ready: number, parts: Parts & { wanted?: number } = {}): LiveObject {
  const { wanted = 1, ...rest } = parts;
  return object('apps/v1', 'Deployment', {
    name: 'serving-new-deployment',
    labels: ofServing,
    spec: { replicas: wanted },
    status: {
      observedGeneration: 1,
      replicas: wanted,
      updatedReplicas: wanted,
      availableReplicas: ready,
      readyReplicas: ready,
    },
    ...rest,
  });
}

export interface ContainerParts {
  name?: string;
  image?: string;
  ready?: boolean;
  restartCount?: number | undefined;
  state?: object;
  lastState?: object;
}

export const running = { running: { startedAt: '2026-01-01T00:00:00Z' } };
export const waiting = (reason: string, message = ''): object => ({ waiting: { reason, message } });
export const terminated = (reason: string, exitCode = 1, message = ''): object => ({
  terminated: { reason, exitCode, message },
});

/** A pod of the Serving; it is ready when all of its containers are. */
export function pod(containers: readonly ContainerParts[], parts: Parts & { podStatus?: object } = {}): LiveObject {
  const { podStatus, ...rest } = parts;
  const statuses = containers.map(({ name = 'function', ...container }) => ({
    name,
    restartCount: 0,
    ready: false,
    ...container,
  }));
  const isReady = statuses.every(({ ready }) => ready);
  return object('v1', 'Pod', {
    name: 'pod-a',
    labels: ofServing,
    spec: { containers: statuses.map(({ name }) => ({ name })) },
    status: {
      phase: 'Running',
      conditions: [
        { type: 'PodScheduled', status: 'True' },
        { type: 'Ready', status: isReady ? 'True' : 'False' },
      ],
      containerStatuses: statuses,
      ...podStatus,
    },
    ...rest,
  });
}

export function warning(about: LiveObject, reason: string, message: string, more: Parts = {}): LiveObject {
  return object('v1', 'Event', {
    name: `${about.metadata.name}.${reason}`,
    involvedObject: { kind: about.kind, name: about.metadata.name, uid: about.metadata.uid },
    type: 'Warning',
    reason,
    message,
    ...more,
  });
}

export function buildRun(condition: object, more: object = {}): LiveObject {
  return object('shipwright.io/v1alpha1', 'BuildRun', {
    name: 'builder-new-buildrun-x',
    labels: { 'openfunction.io/builder': 'builder-new', 'openfunction.io/function': 'hello' },
    metadata: { creationTimestamp: '2026-01-01T00:00:00Z' },
    status: { conditions: [{ type: 'Succeeded', ...condition }], ...more },
  });
}

export const seen = (kind: Kind, ...objects: LiveObject[]): RolloutEvent[] =>
  objects.map((each) => ({ type: 'seen', kind, object: each }));
export const gone = (kind: Kind, each: LiveObject): RolloutEvent => ({ type: 'deleted', kind, object: each });
export const blind = (kind: Kind, why = 'not allowed'): RolloutEvent => ({ type: 'blind', kind, why });
export const answered = (key: string, ...lines: string[]): RolloutEvent => ({ type: 'answer', key, lines });

/** The rollout of a new Function, unless told otherwise. */
export function goal(applied: LiveObject, more: Partial<Goal> = {}): Goal {
  return {
    applied,
    baseline: { builder: '', serving: '' },
    expected: { build: 'new', serving: 'new', unseen: [] },
    isChanged: true,
    isComplete: false,
    serverTime: undefined,
    deadline: Infinity,
    ...more,
  };
}

/** The goal of a change from one Function to another, as the release foresees it. */
export function goalOfChange(before: LiveObject, applied: LiveObject): Goal {
  const text = (part: string): string =>
    (before.status as Record<string, { resourceRef?: string }> | undefined)?.[part]?.resourceRef ?? '';
  return goal(applied, {
    baseline: { builder: text('build'), serving: text('serving') },
    expected: foretell(before, applied, ['1.2']),
  });
}

/** Events at their times, in milliseconds from the start; without a time, at once. */
export type Timeline = readonly (RolloutEvent | number)[];

/** Goes through a timeline; numbers move the clock to that many milliseconds after the start. */
export function play(target: Goal, timeline: Timeline): { state: RolloutState; report: Report } {
  const start = 1_000_000;
  let now = start;
  let step = reduce(beginRollout(shifted(target, start), start), { type: 'time' }, now);
  for (const item of timeline) {
    if (typeof item === 'number') now = start + item;
    step = reduce(step.state, typeof item === 'number' ? { type: 'time' } : item, now);
  }
  const { wakeAt } = step.report;
  return { ...step, report: { ...step.report, wakeAt: wakeAt === undefined ? undefined : wakeAt - start } };
}

function shifted(target: Goal, start: number): Goal {
  return { ...target, deadline: target.deadline + start };
}

/** Verdict and what is wrong, in short: `failed: The image cannot be pulled.` */
export function told(target: Goal, timeline: Timeline): string {
  const { verdict, phase, reasons } = play(target, timeline).report;
  return [verdict ?? phase, ...reasons.map(({ what }) => what)].join(': ');
}
