import { valueAt } from '../../src/record';
import { between, nameReleases, releasesWith, tellPresence } from '../../src/releases';
import { hasConformance, readCrds } from '../../scripts/control-plane/crds';

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
  [
    'serving.scaleOptions.keda.scaledObject.advanced.horizontalPodAutoscalerConfig.name',
    'has it since 1.1',
    false,
    false,
    true,
  ],
  ...[
    ...['hostUsers', 'schedulingGates', 'resourceClaims', 'containers.resources.claims'],
    ...['initContainers.resources.claims', 'topologySpreadConstraints.minDomains'],
    ...['matchLabelKeys', 'nodeAffinityPolicy', 'nodeTaintsPolicy'].map((key) => `topologySpreadConstraints.${key}`),
  ].map((field): (typeof cases)[number] => [`serving.template.${field}`, 'has it since 1.1', false, false, true]),
];

if (!hasConformance()) console.warn('SKIPPED: no conformance data; the releases of fields are not compared with CRDs.');

test.each(cases)('spec.%s: OpenFunction %s', (path, text, ...known) => {
  const keys = path.split('.');
  expect(tellPresence(releasesWith(keys) ?? [])).toBe(text);
  if (!hasConformance()) return;
  expect(['v0.6.0', 'v1.0.0', 'v1.2.0'].map((release) => has(release, ['spec', ...keys]))).toEqual(known);
});

test('items of lists do not count', () => {
  expect(releasesWith(['serving', 'triggers', 0, 'metricType'])).toEqual(['1.2']);
});

test.each([
  [between('0.6', '1.0'), 'OpenFunction 1.0 and earlier'],
  [between('0.7', '1.0'), 'OpenFunction 1.0 and earlier'],
  [between('1.0', '1.1'), 'OpenFunction 1.0 to 1.1'],
  [between('1.1', '1.1'), 'OpenFunction 1.1'],
  [between('1.1', '1.2'), 'OpenFunction 1.1 and later'],
] as const)('%j in words', (range, words) => {
  expect(nameReleases(range)).toBe(words);
});

test.each([[['image']], [['metadata', 'route']], [[]]])('nothing is known of %j', (path) => {
  expect(releasesWith(path)).toBeUndefined();
});
