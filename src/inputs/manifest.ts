import path from 'node:path';
import { groupVersion, versionOf } from '../api-version';
import { UserError } from '../errors';
import { manifestOrigin, type Origin } from '../props/origin';
import { isRecord, valueAt, type JsonRecord } from '../record';
import { describeYamlError } from '../yaml-error';
import { readReferredFile } from './inputs';

/** Props read from a Function manifest, with the namespace that it names. */
export interface ManifestProps {
  props: JsonRecord;
  origin: Origin;
}

const apiVersions: readonly unknown[] = [groupVersion('v1beta1'), groupVersion('v1beta2')];

/**
 * Reads `manifest: ./function.yaml` as props, so that everything after treats both alike.
 * What only the server writes (status, uid and the like) is left out.
 * One of v1beta1 is applied as ofn chooses, one of v1beta2 as that.
 * @throws UserError when the file is not exactly one Function of these versions.
 */
export async function readManifest(manifest: string, baseDirectory: string): Promise<ManifestProps> {
  const file = path.resolve(baseDirectory, manifest);
  const documents = await parse(readReferredFile(file, 'props.manifest'), manifest);
  const [document] = documents;
  if (documents.length !== 1 || !isRecord(document)) {
    throw wrong(
      manifest,
      `It holds ${documents.length} YAML documents.`,
      'Give a file with exactly one Function; use one resource for each.',
    );
  }
  if (document['kind'] !== 'Function' || !apiVersions.includes(document['apiVersion'])) {
    throw wrong(
      manifest,
      `It is ${String(document['apiVersion'])} ${String(document['kind'])}.`,
      `Give a manifest with kind: Function and apiVersion: ${apiVersions.join(' or ')}.`,
    );
  }
  const { metadata, spec } = document;
  if (!isRecord(spec)) throw wrong(manifest, 'It has no spec.', 'Write the function under spec.');
  const misplaced = propsOnly.find((field) => valueAt(spec, field.split('.')) !== undefined);
  if (misplaced !== undefined) {
    throw wrong(manifest, `spec.${misplaced} is not a field of a Function.`, 'Write it in the props of the s.yaml.');
  }
  const version = versionOf({ apiVersion: String(document['apiVersion']) });
  const written = version === 'v1beta2' && { apiVersion: groupVersion(version) };
  return {
    props: { ...written, ...spec, ...readMetadata(metadata, manifest) },
    origin: manifestOrigin(manifest, file),
  };
}

const writtenMetadata = ['name', 'namespace', 'labels', 'annotations'];
/** Props that are no part of the spec. */
const propsOnly = [
  'kubeconfig',
  'context',
  'createNamespace',
  'pack',
  'manifest',
  'apiVersion',
  'build.source',
  'imageCredentials.fromDocker',
  ...writtenMetadata,
];
const serverMetadata = ['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'selfLink', 'managedFields'];

function readMetadata(metadata: unknown, manifest: string): JsonRecord {
  if (!isRecord(metadata)) return {};
  const present = Object.entries(metadata).filter(([, value]) => value !== null);
  const unsupported = present.find(([key]) => ![...writtenMetadata, ...serverMetadata].includes(key));
  if (unsupported) throw wrong(manifest, `ofn does not apply metadata.${unsupported[0]}.`, 'Remove it.');
  return Object.fromEntries(present.filter(([key]) => writtenMetadata.includes(key)));
}

async function parse(text: string, manifest: string): Promise<unknown[]> {
  const { loadAll } = await import('js-yaml');
  try {
    return loadAll(text).filter((document) => document !== null && document !== undefined);
  } catch (error) {
    throw wrong(manifest, describeYamlError(error), 'Correct the YAML.');
  }
}

function wrong(manifest: string, why: string, remedy: string): UserError {
  return new UserError({ what: `The manifest ${manifest} cannot be used.`, why, remedy });
}
