import { conformanceFolder, hasConformance, readCrds } from '../../../../scripts/control-plane/crds';
import type { CustomResourceDefinition } from '../../../../sandbox/apiserver/crd';
import type { Schema } from '../../../../sandbox/apiserver/schema/schema';
import { openFunctionCrds } from '../../../../sandbox/openfunction/crds';
import { releases } from '../../../../sandbox/openfunction/release';
import { testEach } from '../../../support/conformance';

if (!hasConformance()) console.warn(`SKIPPED: no conformance data at ${conformanceFolder}; no CRDs are compared.`);

/** What decides what the API server takes, drops, fills in and merges. Formats and descriptions do not. */
const keywords = [
  'type',
  'required',
  'default',
  'nullable',
  'enum',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'pattern',
  'minItems',
  'maxItems',
  'x-kubernetes-list-type',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-map-type',
  'x-kubernetes-int-or-string',
  'x-kubernetes-preserve-unknown-fields',
];

const rareVolumes = [
  ...['awsElasticBlockStore', 'azureDisk', 'azureFile', 'cephfs', 'cinder', 'ephemeral', 'fc', 'flexVolume', 'flocker'],
  ...['gcePersistentDisk', 'gitRepo', 'glusterfs', 'iscsi', 'photonPersistentDisk', 'portworxVolume', 'quobyte', 'rbd'],
  ...['scaleIO', 'storageos', 'vsphereVolume'],
];

/** Where the sandbox may differ from the published CRDs. */
const exceptions: readonly [reason: string, fits: RegExp][] = [
  ['nobody puts ephemeral containers into a template', /\.template\.ephemeralContainers\b/],
  ['volumes of rare types are taken as they come', new RegExp(`\\.volumes\\.\\*\\.(${rareVolumes.join('|')})\\b`)],
  ['` and \\x60 mean the same in a pattern', /^. pattern .*(`|\\x60)/],
  ['the pattern of quantities is left to a real server', /^. pattern .*\(\(\[KMGTPE\]i\)\|\[numkMGTPE\]/],
  ['an empty type is none', /^. type \S+ ""$/],
];

/** Every property and keyword of a schema, as `keyword path value`. */
function* linesOf(schema: Schema, path: string): Generator<string> {
  const values: Readonly<Record<string, unknown>> = { ...schema };
  for (const keyword of keywords) {
    const value = values[keyword];
    if (value === undefined) continue;
    const shown = keyword === 'required' ? [...(value as string[])].sort() : value;
    yield `${keyword} ${path} ${JSON.stringify(shown)}`;
  }
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    yield `property ${path}.${name}`;
    yield* linesOf(property, `${path}.${name}`);
  }
  if (schema.items) yield* linesOf(schema.items, `${path}.*`);
  if (typeof schema.additionalProperties === 'object') yield* linesOf(schema.additionalProperties, `${path}.*`);
}

/** `-` before what only the published schema says, `+` before what only the sandbox says. */
function differences(published: Schema, ours: Schema): string[] {
  const theirLines = new Set(linesOf(published, ''));
  const ourLines = new Set(linesOf(ours, ''));
  return [
    ...[...theirLines].filter((line) => !ourLines.has(line)).map((line) => `- ${line}`),
    ...[...ourLines].filter((line) => !theirLines.has(line)).map((line) => `+ ${line}`),
  ];
}

type Spec = CustomResourceDefinition['spec'];
type Version = Spec['versions'][number];

interface Pair<T> {
  published: T;
  ours: T;
}

const specs: [title: string, Pair<Spec>][] = releases.flatMap((release) => {
  if (!hasConformance()) return [];
  const published = new Map(
    readCrds(`v${release}.0`).map((crd) => [crd.metadata.name, (crd as unknown as CustomResourceDefinition).spec]),
  );
  return openFunctionCrds(release).map(({ spec }): [string, Pair<Spec>] => {
    const found = published.get(`${spec.names.plural}.${spec.group}`);
    if (!found) throw new Error(`OpenFunction ${release} has no ${spec.names.plural}`);
    return [`${spec.names.kind} of OpenFunction ${release}`, { published: found, ours: spec }];
  });
});

const versions = specs.flatMap(([title, { published, ours }]) =>
  published.versions.map((version): [string, Pair<Version>] => {
    const found = ours.versions.find(({ name }) => name === version.name);
    if (!found) throw new Error(`the sandbox has no ${version.name} of ${title}`);
    return [`${title} in ${version.name}`, { published: version, ours: found }];
  }),
);

const schemaOf = ({ schema }: Version): Schema => schema?.openAPIV3Schema ?? {};

describe('as OpenFunction publishes them', () => {
  testEach('the names, the scope and the versions of %s', specs, ({ published, ours }) => {
    const outline = ({ group, scope, names, versions: list }: Spec): object => ({
      ...{ group, scope, names },
      versions: list.map(({ name, served, storage }) => ({ name, served, storage })),
    });
    expect(outline(ours)).toEqual(outline(published));
  });

  testEach('the columns and subresources of %s', versions, ({ published, ours }) => {
    const { additionalPrinterColumns, subresources } = published;
    expect(ours).toMatchObject({ additionalPrinterColumns, subresources });
  });

  testEach('the schema of %s, but for the exceptions', versions, ({ published, ours }) => {
    const found = differences(schemaOf(published), schemaOf(ours));
    expect(found.filter((line) => !exceptions.some(([, fits]) => fits.test(line)))).toEqual([]);
  });
});

const all = versions.flatMap(([, { published, ours }]) => differences(schemaOf(published), schemaOf(ours)));
testEach('an exception that is needed: %s', hasConformance() ? exceptions : [], (fits) => {
  expect(all.some((line) => fits.test(line))).toBe(true);
});
