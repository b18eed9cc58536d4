import { chooseVersion, type VersionFacts } from '../../../src/function/version';
import { lostInConversion } from '../../../src/function/v1beta2/needs';

const facts = (known: Partial<VersionFacts>): VersionFacts => ({
  wanted: 'auto',
  applied: undefined,
  lost: [],
  served: [],
  ...known,
});
const both = ['v1beta1', 'v1beta2'];

test.each<[string, Partial<VersionFacts>, string]>([
  ['v1beta1, which every release has', {}, 'v1beta1'],
  ['v1beta1, although the server has both', { served: both }, 'v1beta1'],
  ['v1beta2, where something would be lost', { lost: ['build.timeout'], served: both }, 'v1beta2'],
  ['v1beta1, where nothing is converted', { lost: ['build.timeout'], served: ['v1beta1'] }, 'v1beta1'],
  ['v1beta1, where the server does not tell', { lost: ['build.timeout'] }, 'v1beta1'],
  ['v1beta2, as before', { applied: 'v1beta2' }, 'v1beta2'],
  ['v1beta1, as before', { applied: 'v1beta1', served: both }, 'v1beta1'],
  ['v1beta2 for what is new', { applied: 'v1beta1', lost: ['build.timeout'], served: both }, 'v1beta2'],
  ['what is asked for', { wanted: 'core.openfunction.io/v1beta2' }, 'v1beta2'],
  [
    'what is asked for, whatever is lost',
    { wanted: 'core.openfunction.io/v1beta1', applied: 'v1beta2', lost: ['build.timeout'], served: both },
    'v1beta1',
  ],
])('%s', (_title, known, version) => {
  expect(chooseVersion(facts(known)).version).toBe(version);
});

test.each<[Partial<VersionFacts>, string | undefined]>([
  [{}, undefined],
  [{ wanted: 'core.openfunction.io/v1beta2' }, undefined],
  [{ applied: 'v1beta2' }, 'it was applied so before'],
  [{ lost: ['a'], served: both }, 'of v1beta1, OpenFunction 1.1 and later would lose a'],
  [{ lost: ['a', 'b', 'c'], served: both }, 'of v1beta1, OpenFunction 1.1 and later would lose a, b and c'],
])('it is told why: %j', (known, why) => {
  expect(chooseVersion(facts(known)).why).toBe(why);
});

describe('what would be lost', () => {
  const params = { RUN_IMAGE: 'i' };
  const shipwright = { strategy: { name: 's' } };
  const triggers = [{ type: 'cron', metadata: {} }];

  test.each<[object, string[]]>([
    [{}, []],
    [{ build: { builder: 'b', params: {} }, serving: { runtime: 'async', triggers: [] } }, []],
    [{ build: { timeout: '5m' } }, ['build.timeout']],
    [{ build: { params } }, ['build.params']],
    [{ build: { params, shipwright } }, []],
    [{ build: { params: { ...params, BASH_IMAGE: 'j' }, shipwright } }, ['build.params']],
    [{ build: { srcRepo: { bundleContainer: { image: 'i' } } } }, ['build.srcRepo.bundleContainer']],
    [{ serving: { scaleOptions: { keda: { scaledJob: {} } } } }, ['serving.scaleOptions.keda.scaledJob']],
    [{ serving: { runtime: 'async', triggers } }, ['serving.triggers']],
    [{ serving: { runtime: 'async', triggers, scaleOptions: { keda: { scaledObject: {} } } } }, []],
    [{ serving: { runtime: 'knative', triggers } }, []],
    [{ build: '${vars.build}', serving: '${vars.serving}' }, []],
  ])('of %j', (spec, places) => {
    expect(lostInConversion({ spec: spec as Record<string, unknown> })).toEqual(places);
  });
});
