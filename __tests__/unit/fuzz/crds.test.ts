import fc from 'fast-check';
import { prune } from '../../../sandbox/apiserver/schema/prune';
import type { Schema } from '../../../sandbox/apiserver/schema/schema';
import { validate } from '../../../sandbox/apiserver/schema/validate';
import { ConversionError } from '../../../sandbox/openfunction/conversion/panic';
import { toV1beta2 } from '../../../sandbox/openfunction/conversion/to-v1beta2';
import { hasConformance, readCrds } from '../../../scripts/control-plane/crds';
import { UserError } from '../../../src/errors';
import { toFunction } from '../../../src/function/manifest';
import type { FunctionManifest } from '../../../src/function/types';
import { toV1beta2 as ownV1beta2 } from '../../../src/function/v1beta2';
import { lostInConversion } from '../../../src/function/v1beta2/needs';
import { valueAt, type JsonRecord } from '../../../src/record';
import type { Release } from '../../../src/releases';
import { mutatedProps, validProps, writtenProps } from '../../support/arbitrary-props';
import { fuzz } from '../../support/fuzz';
import { repaired } from '../../support/repaired';

jest.setTimeout(3_600_000);

const anyProps = fc.oneof({ weight: 5, arbitrary: validProps }, mutatedProps, writtenProps);
const key = { name: 'hello', namespace: 'default' };

/** Kinds of volumes of which schema.json knows what they need, but not their fields. */
const rareVolume =
  /volumes\[\d+\]\.(awsElasticBlockStore|azureDisk|azureFile|cephfs|cinder|fc|flexVolume|flocker|gcePersistentDisk|gitRepo|glusterfs|iscsi|photonPersistentDisk|portworxVolume|quobyte|rbd|scaleIO|storageos|vsphereVolume|ephemeral\.volumeClaimTemplate)\b/;

/** The schema of Functions in the published CRD of a release. */
function schemaOf(release: string, version: string): Schema {
  const crd = readCrds(release).find((candidate) => valueAt(candidate, ['spec', 'names', 'kind']) === 'Function');
  const versions = valueAt(crd, ['spec', 'versions']) as { name: string; schema: { openAPIV3Schema: Schema } }[];
  return versions.find(({ name }) => name === version)?.schema.openAPIV3Schema ?? {};
}

/** What the published CRD says against a Function: fields that it does not know, and values that it does not accept. */
function misfits(schema: Schema, manifest: unknown): string[] {
  const spec = schema.properties?.['spec'] ?? {};
  const { unknown } = prune(spec, valueAt(manifest, ['spec']));
  const wrong = validate(schema, manifest).map(({ field, message }) => `${field}: ${message}`);
  return [...unknown, ...wrong].filter((text) => !rareVolume.test(text) && !ofAnnotations.test(text));
}

/** OpenFunction 1.1 and later make this of annotations, which only they can read. */
const ofAnnotations = /^spec\.serving\.(tracing|hooks)\b/;

const testWithData = hasConformance() ? test : test.skip;
if (!hasConformance()) console.warn('SKIPPED: no conformance data; props are not compared with the published CRDs.');

async function fitting(release: Release, judge: (manifest: JsonRecord) => string[]): Promise<void> {
  await fc.assert(
    fc.asyncProperty(anyProps, async (given) => {
      const props = await repaired(given, { ...key, releases: [release] });
      if (props === undefined) return;
      const manifest = toFunction(props, key) as unknown as JsonRecord;
      expect(judge(manifest)).toEqual([]);
    }),
    fuzz(600),
  );
}

testWithData('what ofn finds nothing wrong with fits the CRD of OpenFunction 1.0.0', async () => {
  const schema = schemaOf('v1.0.0', 'v1beta1');
  await fitting('1.0', (manifest) => misfits(schema, manifest));
});

testWithData('what ofn finds nothing wrong with fits the CRD of OpenFunction 1.2.0, converted, too', async () => {
  const older = schemaOf('v1.2.0', 'v1beta1');
  const newer = schemaOf('v1.2.0', 'v1beta2');
  await fitting('1.2', (manifest) => [...misfits(older, manifest), ...misfits(newer, converted(manifest))]);
});

/** As OpenFunction 1.2 stores it, be it that deploy applies v1beta2 itself; wrong YAML in the annotations of plugins is for it to tell. */
function converted(manifest: JsonRecord): JsonRecord {
  try {
    const fn = manifest as unknown as FunctionManifest;
    return lostInConversion(fn).length > 0 ? { ...ownV1beta2(fn) } : toV1beta2(manifest);
  } catch (error) {
    if (error instanceof ConversionError || error instanceof UserError) return { spec: { image: 'i' } };
    throw error;
  }
}
