import type { KubeObject } from '../../../sandbox/apiserver/objects';
import { makeSecrets } from '../../support/functions';
import { olderSpecs, simulate, specs, withServing } from '../sandbox/support/cluster';
import type { Kind } from '../../../src/rollout/knowledge';
import type { LiveObject } from '../../../src/live-object';
import { reduce } from '../../../src/rollout/reducer';
import { beginRollout, type RolloutEvent } from '../../../src/rollout/state';
import type { Fate } from '../../../sandbox/scenarios/scenario';
import { deployment, fn, goal, play, pod, running, seen, type Timeline } from './situation';

const kinds: Readonly<Record<string, Kind>> = {
  'functions.core.openfunction.io': 'functions',
  'buildruns.shipwright.io': 'builds',
  'deployments.apps': 'workloads',
  'statefulsets.apps': 'workloads',
  'jobs.batch': 'workloads',
  'services.serving.knative.dev': 'workloads',
  'pods.': 'pods',
  'events.': 'events',
};

interface Recording {
  applied: LiveObject;
  /** Each event with its time. */
  events: { at: number; event: RolloutEvent }[];
}

const observed = (object: KubeObject): LiveObject => structuredClone(object);

/** Records what the simulated controllers of a release do with a Function, until nothing moves any more. */
async function record(openfunction: '1.0' | '1.2', spec: object, fate: Fate): Promise<Recording> {
  const simulation = await simulate({ openfunction, scenario: { fates: { '*': fate } } });
  const { apply, pass, clock, sandbox, request } = simulation;
  await makeSecrets({ request } as Parameters<typeof makeSecrets>[0]);
  const events: Recording['events'] = [];
  const applied = observed(await apply(spec));
  sandbox.state.store.subscribe(({ type, kind: stored, object }) => {
    const kind = kinds[stored];
    if (kind === undefined || (kind === 'events' && object['type'] !== 'Warning')) return;
    const event: RolloutEvent = { type: type === 'DELETED' ? 'deleted' : 'seen', kind, object: observed(object) };
    events.push({ at: clock.now(), event });
  });
  for (let step = 0; step < 1200; step += 1) pass(50);
  return { applied, events };
}

/** The first verdict, and the last after all; time goes on for a while. */
function verdictsOf({ applied, events }: Recording): unknown[] {
  const begin = events[0]?.at ?? 0;
  const target = goal(applied, { isComplete: applied.apiVersion.endsWith('v1beta1'), deadline: Infinity });
  let step = reduce(beginRollout(target, begin), { type: 'time' }, begin);
  let now = begin;
  for (const { at, event } of events) {
    // The driver wakes the reducer when it asks for that.
    while (step.report.verdict === undefined && step.report.wakeAt !== undefined && step.report.wakeAt <= at) {
      now = step.report.wakeAt;
      step = reduce(step.state, { type: 'time' }, now);
    }
    if (step.report.verdict !== undefined) break;
    now = at;
    step = reduce(step.state, event, now);
  }
  while (step.report.verdict === undefined && step.report.wakeAt !== undefined && step.report.wakeAt < Infinity) {
    now = step.report.wakeAt;
    step = reduce(step.state, { type: 'time' }, now);
  }
  return [step.report.verdict, ...step.report.reasons.slice(0, 1).map(({ what }) => what)];
}

const beside = { annotations: { 'openfunction.io/dapr-service-mode': 'sidecar' } };
const stories: [title: string, spec: keyof typeof specs & keyof typeof olderSpecs, fate: Fate, verdict: unknown[]][] = [
  ['an HTTP function', 'http', {}, ['running']],
  ['an async function', 'async', {}, ['running']],
  ['a function that is built', 'built', {}, ['running']],
  ['a build that fails', 'built', { build: 'step fails' }, ['failed', 'The step step-create of the build failed.']],
  ['a build that times out', 'built', { build: 'times out' }, ['failed', 'The build took too long.']],
  ['a build that is cancelled', 'built', { build: 'is cancelled' }, ['failed', 'Somebody, or a newer deploy, cancelled the build.']],
  ['a build without its Secret', 'built', { build: 'SpecOutputSecretRefNotFound' }, ['failed', 'The Secret to push the image with does not exist.']],
  ['a crash', 'async', { pods: 'crash' }, ['failed', 'The program ends again and again.']],
  ['an image that cannot be pulled', 'async', { pods: 'image cannot be pulled' }, ['failed', 'The registry refuses access to the image, or has no such image.']],
  ['an HTTP function whose image cannot be pulled', 'http', { pods: 'image cannot be pulled' }, ['failed', 'The registry refuses access to the image, or has no such image.']],
  ['a pod that no node takes', 'async', { pods: 'no node fits' }, ['failed', 'No node has room for the pod.']],
  ['a sidecar that does not get ready', 'async', { pods: 'daprd does not get ready' }, ['failed', 'The sidecar of Dapr does not get ready.']],
]; // prettier-ignore

describe.each(['1.0', '1.2'] as const)(
  'as the controllers of OpenFunction %s were recorded in the sandbox',
  (release) => {
    test.each(stories)('%s', async (_title, name, fate, verdict) => {
      const spec = release === '1.0' ? olderSpecs[name] : specs[name];
      expect(verdictsOf(await record(release, withServing(spec, beside), fate))).toEqual(verdict);
    });
  },
);

/** The other releases, after the source of each: what its controller writes, step by step, while an HTTP or an async function comes up. */
const httpSpec = { image: 'r', serving: { runtime: 'knative', template: {} } };
const asyncSpec = { image: 'r', serving: { runtime: 'async', template: {} } };
const newerAsync = { image: 'r', serving: { triggers: { dapr: [{ name: 'in' }] }, template: {} } };
const steps = (spec: object, apiVersion: string, ...statuses: object[]): Timeline =>
  statuses.flatMap((status, index) => seen('functions', { ...fn(spec, status, { version: 100 + index }), apiVersion }));

const older = 'core.openfunction.io/v1beta1';
const newer = 'core.openfunction.io/v1beta2';
const skipped = { state: 'Skipped', resourceHash: '1' };
const at = (state: string, more: object = {}): object => ({
  state,
  resourceRef: 'serving-new',
  resourceHash: '2',
  ...more,
});
const reset = { state: '', resourceRef: '' };
const last = { lastSuccessfulResourceRef: 'serving-new', service: 'serving-new-ksvc-x' };
const ready = [...seen('workloads', deployment(1)), ...seen('pods', pod([{ ready: true, state: running }]))];
const starts = [
  { build: skipped, serving: reset },
  { build: skipped, serving: at('Created') },
  { build: skipped, serving: at('Starting') },
];

test.each<[release: string, spec: object, timeline: Timeline]>([
  ['0.6.0', httpSpec, steps(httpSpec, older, { build: skipped }, ...starts, { build: skipped, serving: at('Running', last) }, { build: skipped, serving: at('Running', last), url: 'http://openfunction.io/default/hello' })],
  ['0.7.0', httpSpec, steps(httpSpec, older, { build: skipped }, ...starts, { build: skipped, serving: at('Running', last) }, { build: skipped, serving: at('Running', last), route: { hosts: ['h'] }, addresses: [{ type: 'External', value: 'http://h/' }] })],
  ['0.8.0', asyncSpec, [...steps(asyncSpec, older, { build: skipped }, ...starts, { build: skipped, serving: at('Running', last) }), ...ready, 2000]],
  ['0.8.1', asyncSpec, [...steps(asyncSpec, older, { build: skipped }, ...starts, { build: skipped, serving: at('Running', last) }), ...ready, 2000]],
  ['1.1.0', newerAsync, [...steps(newerAsync, newer, { build: skipped, serving: {} }, ...starts), ...ready, ...steps(newerAsync, newer, ...starts, { build: skipped, serving: at('Running', { reason: 'Running', message: 'Running' }) }), 2000]],
  ['1.1.1', newerAsync, [...steps(newerAsync, newer, { build: skipped, serving: {} }, ...starts), ...ready, ...steps(newerAsync, newer, ...starts, { build: skipped, serving: at('Running', { reason: 'Running', message: 'Running' }) }), 2000]],
])('OpenFunction %s brings a function up', (_release, spec, timeline) => {
  const applied = fn(spec, undefined, { version: 10 });
  expect(play(goal(applied), timeline).report.verdict).toBe('running');
  const early = timeline.slice(0, 3);
  expect(play(goal(applied), early).report.verdict).toBeUndefined();
}); // prettier-ignore
