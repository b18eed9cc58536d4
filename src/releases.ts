import type { Path } from './path';

/** Releases of OpenFunction that serve v1beta1 Functions, oldest first. A patch release counts as its release. */
export const releases = ['0.6', '0.7', '0.8', '1.0', '1.1', '1.2'] as const;

export type Release = (typeof releases)[number];

/** The releases from one to another, both included. */
export function between(first: Release, last: Release): readonly Release[] {
  return releases.slice(releases.indexOf(first), releases.indexOf(last) + 1);
}

/** Neighbouring releases in words: `OpenFunction 1.0 and earlier`, `OpenFunction 1.1`. */
export function nameReleases(range: readonly Release[]): string {
  const [first] = range;
  const last = range.at(-1);
  if (first === last) return `OpenFunction ${first}`;
  if (last === releases.at(-1)) return `OpenFunction ${first} and later`;
  if (first === releases[0] || first === '0.7') return `OpenFunction ${last} and earlier`;
  return `OpenFunction ${first} to ${last}`;
}

/** Releases with a field of a v1beta1 Function that not every one has, by where it is in its spec. Source: the CRDs of the releases. */
const fields: Readonly<Record<string, readonly Release[]>> = {
  route: between('0.7', '1.2'),
  workloadRuntime: between('1.0', '1.2'),
  'build.srcRepo.bundleContainer': between('1.0', '1.2'),
  'serving.states': between('1.1', '1.2'),
  'serving.triggers.metricType': between('1.2', '1.2'),
  'serving.triggers.useCachedMetrics': between('1.2', '1.2'),
  'serving.triggers.fallback': between('0.6', '1.1'),
  'serving.scaleOptions.keda.scaledJob.scalingStrategy.multipleScalersCalculation': between('1.2', '1.2'),
  ...Object.fromEntries(ofNewerKubernetes().map((path) => [path, between('1.1', '1.2')])),
};

/** The same as keys to follow; items of lists do not count. */
export const releaseFields = Object.entries(fields).map(([field, range]) => ({ keys: field.split('.'), range }));

/** What the CRD of 1.0 lacks and that of 1.2 has, since it was made with a newer Kubernetes and KEDA; that of 1.1 speaks for itself. */
function ofNewerKubernetes(): string[] {
  const template = 'serving.template';
  return [
    'serving.scaleOptions.keda.scaledObject.advanced.horizontalPodAutoscalerConfig.name',
    ...['hostUsers', 'schedulingGates', 'resourceClaims'].map((field) => `${template}.${field}`),
    ...['containers', 'initContainers'].map((section) => `${template}.${section}.resources.claims`),
    ...['minDomains', 'matchLabelKeys', 'nodeAffinityPolicy', 'nodeTaintsPolicy'].map(
      (field) => `${template}.topologySpreadConstraints.${field}`,
    ),
  ];
}

/** The releases that have a field of the spec of a Function; undefined where all have it, or nothing is known of it. */
export function releasesWith(path: Path): readonly Release[] | undefined {
  return fields[path.filter((key) => typeof key === 'string').join('.')];
}

/** Since or until when there is a field, for instance `has it since 1.1`. */
export function tellPresence(range: readonly Release[]): string {
  return range[0] === releases[0] ? `had it until ${range.at(-1)}` : `has it since ${range[0]}`;
}
