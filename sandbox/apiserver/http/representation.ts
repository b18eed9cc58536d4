import type { JsonRecord } from '../../../src/record';
import { toTable } from '../discovery/table';
import { notAcceptable } from '../errors';
import type { KubeObject } from '../objects';
import { apiVersionOf, servedVersion, type ResourceType } from '../resources';

/** In which form a client wants objects: as they are, as a table, or only their metadata. */
export type Form = 'object' | 'table' | 'metadata';

/** @throws ApiError 406 when the client wants none of the known forms. */
export function formOf(accept = ''): Form {
  const known = accept === '' || accept.split(',').some((type) => knownForm.test(type.trim()));
  if (!known) throw notAcceptable();
  if (/as=Table(;|,|$)/.test(accept)) return 'table';
  return /as=PartialObjectMetadata(List)?(;|,|$)/.test(accept) ? 'metadata' : 'object';
}

const knownForm =
  /^(\*\/\*|application\/\*|application\/(json|yaml|vnd\.kubernetes\.protobuf))(;(?!as=)|$|;as=(Table|PartialObjectMetadata(List)?)(;|$))/;

export interface View {
  type: ResourceType;
  version: string;
  form: Form;
  /** What the rows of a table carry: `Object`, `Metadata` or `None`. */
  includeObject: string;
  now: number;
}

/** One object in the wanted form. */
export function representObject(view: View, object: KubeObject): JsonRecord {
  if (view.form === 'object') return object;
  if (view.form === 'metadata') return metadataOnly(object);
  return table(view, [object], { resourceVersion: object.metadata.resourceVersion });
}

/** A list of objects in the wanted form. */
export function representList(view: View, objects: readonly KubeObject[], metadata: JsonRecord): JsonRecord {
  const { type, version, form } = view;
  if (form === 'table') return table(view, objects, metadata);
  if (form === 'metadata') {
    const apiVersion = 'meta.k8s.io/v1';
    return { kind: 'PartialObjectMetadataList', apiVersion, metadata, items: objects.map(metadataOnly) };
  }
  return { kind: type.listKind, apiVersion: apiVersionOf(type, version), metadata, items: objects };
}

function table(
  { type, version, includeObject, now }: View,
  objects: readonly KubeObject[],
  metadata: JsonRecord,
): JsonRecord {
  const made = toTable(servedVersion(type, version)?.columns ?? [], objects, metadata, now);
  if (includeObject !== 'Object' && includeObject !== 'None') return made;
  const rows = (made['rows'] as JsonRecord[]).map(({ object: _object, ...row }, index) =>
    includeObject === 'Object' ? { ...row, object: objects[index] } : row,
  );
  return { ...made, rows };
}

function metadataOnly({ metadata }: KubeObject): JsonRecord {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata };
}
