import type { CustomResourceDefinition, PrinterColumn } from '../apiserver/crd';
import type { Schema } from '../apiserver/schema/schema';
import { group, type Release } from './release';
import { specV1beta1, specV1beta2 } from './schema/function-spec';
import { integer, object, placeAt, text, textMap } from './schema/parts';
import { builderStatus, functionStatus, servingStatus } from './schema/status';

type Version = 'v1beta1' | 'v1beta2';

const column = (name: string, jsonPath: string, type = 'string'): PrinterColumn => ({ name, type, jsonPath });
const age = column('Age', '.metadata.creationTimestamp', 'date');

const made = new Map<Release, CustomResourceDefinition[]>();

/** The CustomResourceDefinitions that a release of OpenFunction brings: always the same, so that schemas are compiled once. */
export function openFunctionCrds(release: Release): CustomResourceDefinition[] {
  const crds = made.get(release) ?? makeCrds(release);
  made.set(release, crds);
  return crds;
}

function makeCrds(release: Release): CustomResourceDefinition[] {
  const versions: Version[] = release === '1.0' ? ['v1beta1'] : ['v1beta1', 'v1beta2'];
  const crd = (names: Names, versionOf: (version: Version) => Contents): CustomResourceDefinition => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${names.plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { listKind: `${names.kind}List`, singular: names.kind.toLowerCase(), ...names },
      versions: versions.map((name) => {
        const { spec, status, columns } = versionOf(name);
        return {
          name,
          served: true,
          storage: name === versions.at(-1),
          subresources: { status: {} },
          schema: {
            openAPIV3Schema: object({ apiVersion: text, kind: text, metadata: { type: 'object' }, spec, status }),
          },
          additionalPrinterColumns: [...columns, age],
        };
      }),
    },
  });
  return [
    crd({ kind: 'Function', plural: 'functions', shortNames: ['fn'] }, (version) => ({
      spec: version === 'v1beta1' ? specV1beta1(release) : specV1beta2(),
      status: functionStatus(version),
      columns: functionColumns,
    })),
    crd({ kind: 'Builder', plural: 'builders', shortNames: ['fb'] }, (version) => ({
      spec: builderSpec(release, version),
      status: builderStatus(version),
      columns:
        version === 'v1beta1' ? builderColumns : [...builderColumns, column('BuildDuration', '.status.buildDuration')],
    })),
    crd({ kind: 'Serving', plural: 'servings' }, (version) => ({
      spec: servingSpec(release, version),
      status: servingStatus(version),
      columns: servingColumns,
    })),
  ];
}

interface Names {
  kind: string;
  plural: string;
  shortNames?: string[];
}

interface Contents {
  spec: Schema;
  status: Schema;
  columns: PrinterColumn[];
}

const functionColumns = [
  column('BuildState', '.status.build.state'),
  column('ServingState', '.status.serving.state'),
  column('Builder', '.status.build.resourceRef'),
  column('Serving', '.status.serving.resourceRef'),
  column('Address', '.status.addresses[?(@.type=="Internal")].value'),
];

const builderColumns = [
  column('Phase', '.status.phase'),
  column('State', '.status.state'),
  column('Reason', '.status.reason'),
];

const servingColumns = [column('Phase', '.status.phase'), column('State', '.status.state')];

/** What a Builder builds: the build of a Function, and the image to build into. */
function builderSpec(release: Release, version: Version): Schema {
  const spec = version === 'v1beta1' ? specV1beta1(release) : specV1beta2();
  const { properties = {} } = placeAt(spec, 'build');
  const { successfulBuildsHistoryLimit, failedBuildsHistoryLimit, builderMaxAge, ...build } = properties;
  const limits = { successfulBuildsHistoryLimit, failedBuildsHistoryLimit, builderMaxAge } as Record<string, Schema>;
  return object(
    {
      ...build,
      ...(version === 'v1beta1' ? { port: integer, params: textMap } : limits),
      image: text,
      imageCredentials: placeAt(spec, 'imageCredentials'),
      state: text,
    },
    ['image', 'srcRepo'],
  );
}

/** What a Serving serves: the serving of a Function, and the image to run. */
function servingSpec(release: Release, version: Version): Schema {
  const spec = version === 'v1beta1' ? specV1beta1(release) : specV1beta2();
  const properties = {
    ...placeAt(spec, 'serving').properties,
    image: text,
    imageCredentials: placeAt(spec, 'imageCredentials'),
    version: text,
  };
  return version === 'v1beta1'
    ? object({ ...properties, port: integer }, ['image', 'runtime'])
    : object(properties, ['image']);
}

/** A type that other parts of an OpenFunction cluster bring: its objects are taken as they come. */
interface OtherType {
  group: string;
  version: string;
  kind: string;
  plural: string;
  clusterWide?: boolean;
  columns?: PrinterColumn[];
}

const others: readonly OtherType[] = [
  { group: 'shipwright.io', version: 'v1alpha1', kind: 'Build', plural: 'builds' },
  {
    group: 'shipwright.io',
    version: 'v1alpha1',
    kind: 'BuildRun',
    plural: 'buildruns',
    columns: [
      column('Succeeded', '.status.conditions[?(@.type=="Succeeded")].status'),
      column('Reason', '.status.conditions[?(@.type=="Succeeded")].reason'),
    ],
  },
  { group: 'shipwright.io', version: 'v1alpha1', kind: 'BuildStrategy', plural: 'buildstrategies' },
  {
    group: 'shipwright.io',
    version: 'v1alpha1',
    kind: 'ClusterBuildStrategy',
    plural: 'clusterbuildstrategies',
    clusterWide: true,
  },
  { group: 'tekton.dev', version: 'v1beta1', kind: 'TaskRun', plural: 'taskruns' },
  {
    group: 'serving.knative.dev',
    version: 'v1',
    kind: 'Service',
    plural: 'services',
    columns: [column('URL', '.status.url'), column('Ready', '.status.conditions[?(@.type=="Ready")].status')],
  },
  { group: 'serving.knative.dev', version: 'v1', kind: 'Revision', plural: 'revisions' },
  { group: 'dapr.io', version: 'v1alpha1', kind: 'Component', plural: 'components' },
  { group: 'keda.sh', version: 'v1alpha1', kind: 'ScaledObject', plural: 'scaledobjects' },
  { group: 'keda.sh', version: 'v1alpha1', kind: 'ScaledJob', plural: 'scaledjobs' },
  { group: 'http.keda.sh', version: 'v1alpha1', kind: 'HTTPScaledObject', plural: 'httpscaledobjects' },
  { group: 'gateway.networking.k8s.io', version: 'v1alpha2', kind: 'HTTPRoute', plural: 'httproutes' },
  { group: 'networking.openfunction.io', version: 'v1alpha1', kind: 'Gateway', plural: 'gateways' },
];

const open: Schema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

/** The CustomResourceDefinitions of Shipwright, Tekton, Knative, Dapr, KEDA and the gateways, without their schemas. */
export function dependencyCrds(): CustomResourceDefinition[] {
  return others.map(({ group: name, version, kind, plural, clusterWide = false, columns = [] }) => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${name}`,
      // Without a word about it no API server takes a type of Kubernetes' own groups.
      ...(name.endsWith('.k8s.io') && {
        annotations: { 'api-approved.kubernetes.io': 'unapproved, without its schema' },
      }),
    },
    spec: {
      group: name,
      scope: clusterWide ? 'Cluster' : 'Namespaced',
      names: { kind, plural },
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          subresources: { status: {} },
          schema: { openAPIV3Schema: open },
          additionalPrinterColumns: [...columns, age],
        },
      ],
    },
  }));
}
