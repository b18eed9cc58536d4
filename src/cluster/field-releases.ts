import type { Path } from '../path';

/** Fields of a v1beta1 Function that not every OpenFunction has, by where they are in its spec. Source: the CRDs of the releases. */
const releases: Readonly<Record<string, string>> = {
  route: 'has it since 0.7',
  workloadRuntime: 'has it since 1.0',
  'build.srcRepo.bundleContainer': 'has it since 1.0',
  'serving.states': 'has it since 1.1',
  'serving.triggers.metricType': 'has it since 1.2',
  'serving.triggers.useCachedMetrics': 'has it since 1.2',
  'serving.triggers.fallback': 'had it until 1.1',
  'serving.scaleOptions.keda.scaledJob.scalingStrategy.multipleScalersCalculation': 'has it since 1.2',
};

/** The releases of OpenFunction that have this field of a Function, for instance `has it since 1.1`; undefined when that is not known. */
export function releasesWith([section, ...path]: Path): string | undefined {
  return section === 'spec' ? releases[path.filter((key) => typeof key === 'string').join('.')] : undefined;
}
