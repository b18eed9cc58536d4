import { isRecord, type JsonRecord } from '../record';
import { lastAppliedAnnotation } from '../redact';

/** The part of a live or planned object that its author can write: without status and the bookkeeping of the server. */
export function toComparable(object: unknown): JsonRecord | undefined {
  if (!isRecord(object)) return undefined;
  const { apiVersion, kind, metadata, spec } = object;
  return { apiVersion, kind, metadata: isRecord(metadata) ? writtenMetadata(metadata) : {}, spec };
}

function writtenMetadata({ name, namespace, labels, annotations }: JsonRecord): JsonRecord {
  return {
    name,
    namespace,
    ...(labels !== undefined && { labels }),
    ...(isRecord(annotations) ? writtenAnnotations(annotations) : annotations !== undefined && { annotations }),
  };
}

function writtenAnnotations({ [lastAppliedAnnotation]: _bookkeeping, ...written }: JsonRecord): JsonRecord {
  return Object.keys(written).length > 0 ? { annotations: written } : {};
}
