import { entriesOf, itemsOf, onReleases } from '../../../../src/props/rules/rule';
import { between, type Release } from '../../../../src/releases';
import { target, told } from './support';

function problemOn(range: readonly Release[], releases: readonly Release[] | undefined): string[] {
  return told(onReleases(range, target({ releases }), (start) => ({ path: ['port'], message: `${start}it stops.` })));
}

test.each<[string, readonly Release[], readonly Release[] | undefined, string[]]>([
  ['not asked', between('1.1', '1.2'), undefined, ['warning port: With OpenFunction 1.1 and later, it stops.']],
  [
    'not asked, old range',
    between('0.6', '1.0'),
    undefined,
    ['warning port: With OpenFunction 1.0 and earlier, it stops.'],
  ],
  ['not asked, one release', between('1.1', '1.1'), undefined, ['warning port: With OpenFunction 1.1, it stops.']],
  ['not asked, a release that is long gone', between('0.6', '0.6'), undefined, []],
  [
    'not asked, all that are not gone',
    between('0.7', '1.2'),
    undefined,
    ['error port: With OpenFunction 0.7 and later, it stops.'],
  ],
  [
    'a release that has it',
    between('1.1', '1.2'),
    ['1.1'],
    ['error port: With OpenFunction 1.1, which this cluster runs, it stops.'],
  ],
  ['a release that has it not', between('1.1', '1.2'), ['1.0'], []],
  [
    'releases that all have it',
    between('0.6', '1.0'),
    ['0.7', '0.8'],
    ['error port: With OpenFunction 0.8 and earlier, which this cluster runs, it stops.'],
  ],
  [
    'releases of which some have it',
    between('1.1', '1.2'),
    ['0.8', '1.0', '1.1'],
    ['warning port: With OpenFunction 1.1, which this cluster may run, it stops.'],
  ],
  ['releases that all have it not', between('1.1', '1.2'), ['0.7', '0.8'], []],
  ['no release that could be meant', between('1.1', '1.2'), [], []],
  ['a problem of no release', [], ['1.2'], []],
])('%s', (_title, range, releases, expected) => {
  expect(problemOn(range, releases)).toEqual(expected);
});

test('an example is handed on', () => {
  const problems = onReleases(['1.2'], target({ releases: ['1.2'] }), () => ({
    path: ['port'],
    message: '',
    example: { port: 1 },
  }));
  expect(problems).toEqual([{ severity: 'error', path: ['port'], message: '', example: { port: 1 } }]);
});

test('items keep their index beside holes', () => {
  expect(itemsOf([undefined, 'a', undefined, 'b'])).toEqual([
    [1, 'a'],
    [3, 'b'],
  ]);
  expect(itemsOf([])).toEqual([]);
  expect(itemsOf(undefined)).toEqual([]);
});

test('entries without a value are left out; false, 0 and empty text are values', () => {
  expect(entriesOf<unknown>({ a: undefined, b: false, c: 0, d: '' })).toEqual([
    ['b', false],
    ['c', 0],
    ['d', ''],
  ]);
  expect(entriesOf({})).toEqual([]);
  expect(entriesOf(undefined)).toEqual([]);
});
