import path from 'node:path';
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

const apiVersion = 'core.openfunction.io/v1beta1';

/**
 * Reads `manifest: ./function.yaml` as props, so that everything after treats both alike.
 * What only the server writes (status, uid and the like) is left out.
 * @throws UserError when the file is not exactly one v1beta1 Function.
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
  if (document['kind'] !== 'Function' || document['apiVersion'] !== apiVersion) {
    throw wrong(
      manifest,
      `It is ${String(document['apiVersion'])} ${String(document['kind'])}.`,
      `Give a manifest with apiVersion: ${apiVersion} and kind: Function.`,
    );
  }
  const { metadata, spec } = document;
  if (!isRecord(spec)) throw wrong(manifest, 'It has no spec.', 'Write the function under spec.');
  const misplaced = propsOnly.find((field) => valueAt(spec, field.split('.')) !== undefined);
  if (misplaced !== undefined) {
    throw wrong(manifest, `spec.${misplaced} is not a field of a Function.`, 'Write it in the props of the s.yaml.');
  }
  return { props: { ...spec, ...readMetadata(metadata, manifest) }, origin: manifestOrigin(manifest, file) };
}

const writtenMetadata = ['name', 'namespace', 'labels', 'annotations'];
/** Props that are no part of the spec. */
const propsOnly = [
  'kubeconfig',
  'context',
  'createNamespace',
  'pack',
  'manifest',
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
