import fc from 'fast-check';
import { learn, nothingKnown, present, type Observation } from '../../../src/rollout/knowledge';
import { reduce } from '../../../src/rollout/reducer';
import type { Report } from '../../../src/rollout/report';
import { beginRollout, type RolloutEvent } from '../../../src/rollout/state';
import {
  deployment,
  fn,
  goal,
  gone,
  object,
  pod,
  running,
  seen,
  specs,
  status,
  waiting,
  terminated,
} from './situation';

const at = (version: number, uid = 'a') => object('v1', 'Pod', { uid, name: uid, version });
const known = (...events: Observation[]): string[] =>
  present(events.reduce(learn, nothingKnown), 'pods').map(
    ({ metadata }) => `${metadata.uid}@${metadata.resourceVersion}`,
  );
const seenAt = (version: number, uid?: string): Observation => ({
  type: 'seen',
  kind: 'pods',
  object: at(version, uid),
});
const deleted = (version: number, uid?: string): Observation => ({
  type: 'deleted',
  kind: 'pods',
  object: at(version, uid),
});
const listed = (version: string | undefined, ...objects: ReturnType<typeof at>[]): Observation => ({
  type: 'listed',
  kind: 'pods',
  objects,
  version,
});

test.each<[string, Observation[], string[]]>([
  ['the newest state counts', [seenAt(2), seenAt(10), seenAt(9)], ['a@10']],
  ['what is gone stays gone', [seenAt(1), deleted(2), seenAt(1)], []],
  ['a deletion may come first', [deleted(2), seenAt(1)], []],
  ['a list tells what is gone', [seenAt(1), seenAt(2, 'b'), listed('5', at(1))], ['a@1']],
  ['a list without a version tells of now', [seenAt(7), listed(undefined)], []],
  ['a list does not know what is newer', [seenAt(7), listed('5')], ['a@7']],
  ['a list does not bring back what is gone', [deleted(9), listed('5', at(3))], []],
  ['a list adds', [listed('5', at(3), at(4, 'b'))], ['a@3', 'b@4']],
])('%s', (_title, events, expected) => {
  expect(known(...events)).toEqual(expected);
}); // prettier-ignore

/** A rollout that ends well, and some that do not, as everything that is ever seen of them. */
const target = goal(fn(specs.async, undefined, { version: 10 }));
const states = ['', 'Created', 'Starting', 'Running'].map((state, index) =>
  fn(specs.async, status('Skipped', state), { version: 20 + index }),
);
const pods = [
  pod([{ state: waiting('ContainerCreating') }], { version: 30 }),
  pod([{ state: running }], { version: 31 }),
  pod([{ state: running, ready: true }], { version: 32 }),
];
const crashes = [0, 1, 2, 3].map((restartCount) =>
  pod([{ state: waiting('CrashLoopBackOff'), lastState: terminated('Error'), restartCount }], {
    version: 30 + restartCount,
  }),
);
const stories: Record<string, RolloutEvent[]> = {
  running: [
    ...seen('functions', ...states),
    ...seen('workloads', deployment(0), deployment(1, { version: 2 })),
    ...seen('pods', ...pods),
  ],
  failed: [...seen('functions', ...states), ...seen('workloads', deployment(0)), ...seen('pods', ...crashes)],
  deleted: [...seen('functions', ...states), gone('functions', fn(specs.async, undefined, { version: 40 }))],
};

/** The last state of everything, as lists bring it. */
function relist(events: readonly RolloutEvent[]): RolloutEvent[] {
  const kinds = ['functions', 'workloads', 'pods'] as const;
  const end = (events as Observation[]).reduce(learn, nothingKnown);
  return kinds.map((kind) => ({ type: 'listed', kind, objects: present(end, kind), version: '1000' }));
}

/** The verdicts on the way, and the last one long after. */
function replay(events: readonly RolloutEvent[]): { on: Set<Report['verdict']>; last: Report['verdict'] } {
  let now = 0;
  let step = reduce(beginRollout(target, now), { type: 'time' }, now);
  const on = new Set<Report['verdict']>();
  for (const event of events) {
    step = reduce(step.state, event, now);
    on.add(step.report.verdict);
  }
  now += 120_000;
  return { on, last: reduce(step.state, { type: 'time' }, now).report.verdict };
}

describe.each(Object.entries(stories))(
  'fault 18: however the events of a rollout come that ends as %s',
  (verdict, events) => {
    const disordered = fc
      .shuffledSubarray(events, { minLength: 0 })
      .chain((some) => fc.tuple(fc.constant(some), fc.array(fc.constantFrom(...events), { maxLength: 8 })))
      .map(([some, again]) => [...some, ...again]);

    test('repeated, dropped, in any order: once the lists are in, the verdict is the same', () => {
      fc.assert(
        fc.property(disordered, (some) => {
          expect(replay([...some, ...relist(events)]).last).toBe(verdict);
        }),
      );
    });

    test('in order, with repetitions and lists in between: no other verdict on the way', () => {
      const places = fc.array(fc.nat(events.length), { maxLength: 6 });
      fc.assert(
        fc.property(places, (repeated) => {
          const stuttering = events.flatMap((event, index) =>
            repeated.includes(index) ? [event, ...relist(events.slice(0, index + 1)), event] : [event],
          );
          const { on, last } = replay(stuttering);
          expect([...on].filter((other) => other !== undefined && other !== verdict)).toEqual([]);
          expect(last).toBe(verdict);
        }),
      );
    });

    test('in any order, a good end is never seen where there is none', () => {
      fc.assert(
        fc.property(disordered, (some) => {
          if (verdict === 'running') return;
          expect(replay(some).on.has('running')).toBe(false);
        }),
      );
    });
  },
);
