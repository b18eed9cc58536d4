import { releasesWith } from '../../../src/cluster/field-releases';
import { valueAt } from '../../../src/record';
import { hasConformance, readCrds } from '../../../scripts/control-plane/crds';

/** Whether the CRD of a release has a field of a v1beta1 Function, lists left out of its path. */
function has(release: string, path: readonly string[]): boolean {
  const crd = readCrds(release).find((candidate) => valueAt(candidate, ['spec', 'names', 'kind']) === 'Function');
  const versions = valueAt(crd, ['spec', 'versions']) as { name: string; schema: object }[];
  let schema = valueAt(versions.find(({ name }) => name === 'v1beta1')?.schema, ['openAPIV3Schema']);
  for (const key of path) schema = valueAt(valueAt(schema, ['items']) ?? schema, ['properties', key]);
  return schema !== undefined;
}

const cases: [path: string, text: string, v06: boolean, v10: boolean, v12: boolean][] = [
  ['route', 'has it since 0.7', false, true, true],
  ['workloadRuntime', 'has it since 1.0', false, true, true],
  ['build.srcRepo.bundleContainer', 'has it since 1.0', false, true, true],
  ['serving.states', 'has it since 1.1', false, false, true],
  ['serving.triggers.metricType', 'has it since 1.2', false, false, true],
  ['serving.triggers.useCachedMetrics', 'has it since 1.2', false, false, true],
  ['serving.triggers.fallback', 'had it until 1.1', true, true, false],
  [
    'serving.scaleOptions.keda.scaledJob.scalingStrategy.multipleScalersCalculation',
    'has it since 1.2',
    false,
    false,
    true,
  ],
];

if (!hasConformance()) console.warn('SKIPPED: no conformance data; the releases of fields are not compared with CRDs.');

test.each(cases)('spec.%s: OpenFunction %s', (path, text, ...known) => {
  const keys = ['spec', ...path.split('.')];
  expect(releasesWith(keys)).toBe(text);
  if (!hasConformance()) return;
  expect(['v0.6.0', 'v1.0.0', 'v1.2.0'].map((release) => has(release, keys))).toEqual(known);
});

test('items of lists do not count', () => {
  expect(releasesWith(['spec', 'serving', 'triggers', 0, 'metricType'])).toBe('has it since 1.2');
});

test.each([[['spec', 'image']], [['metadata', 'route']], [[]]])('nothing is known of %j', (path) => {
  expect(releasesWith(path)).toBeUndefined();
});
