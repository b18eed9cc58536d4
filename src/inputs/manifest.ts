import path from 'node:path';
import { groupVersion, versionOf } from '../api-version';
import { serverMetadata } from '../live-object';
import { manifestOrigin, type Origin } from '../props/origin';
import { isRecord, type JsonRecord } from '../record';
import { parseDocuments, requireFunction, wrongManifest } from './documents';
import { readReferredFile } from './inputs';

/** Props read from a Function manifest, with the namespace that it names. */
export interface ManifestProps {
  props: JsonRecord;
  origin: Origin;
}

/**
 * Reads `manifest: ./function.yaml` as props, so that everything after treats both alike.
 * What only the server writes (status, uid and the like) is left out.
 * One of v1beta1 is applied as ofn chooses, one of v1beta2 as that.
 * @throws UserError when the file is not exactly one Function of these versions.
 */
export async function readManifest(manifest: string, baseDirectory: string): Promise<ManifestProps> {
  const file = path.resolve(baseDirectory, manifest);
  const documents = await parseDocuments(readReferredFile(file, 'props.manifest'), manifest);
  const [document] = documents;
  if (documents.length !== 1 || !isRecord(document)) {
    throw wrongManifest(
      manifest,
      `It holds ${documents.length} YAML documents.`,
      'Give a file with exactly one Function; use one resource for each.',
    );
  }
  requireFunction(document, manifest);
  const { metadata, spec } = document;
  const version = versionOf(document);
  const written = version === 'v1beta2' && { apiVersion: groupVersion(version) };
  return {
    props: { ...written, ...spec, ...readMetadata(metadata, manifest) },
    origin: manifestOrigin(manifest, file),
  };
}

const writtenMetadata = ['name', 'namespace', 'labels', 'annotations'];

function readMetadata(metadata: unknown, manifest: string): JsonRecord {
  if (!isRecord(metadata)) return {};
  const present = Object.entries(metadata).filter(([, value]) => value !== null);
  const unsupported = present.find(([key]) => !writtenMetadata.includes(key) && !serverMetadata.has(key));
  if (unsupported) throw wrongManifest(manifest, `ofn does not apply metadata.${unsupported[0]}.`, 'Remove it.');
  return Object.fromEntries(present.filter(([key]) => writtenMetadata.includes(key)));
}
