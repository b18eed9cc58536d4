import { groupVersion } from '../../api-version';
import { ownEntry } from '../../field-manager';
import type { LiveObject, ManagedFields } from '../../live-object';
import { overlay } from '../../overlay';
import { isRecord, type JsonRecord } from '../../record';
import { fieldsNotIn, onlyFields, toFields, withoutFields } from '../fields';
import type { FunctionManifest } from '../types';
import { toV1beta2 } from './index';

/**
 * Who has set which fields of a Function, with what is told of v1beta1 told of v1beta2. As long as a field of v1beta1 is
 * recorded, the server sends the Function through its conversion with each write, and what that cannot carry is lost or in the way.
 * Of the status nothing is kept: its writer says it anew.
 * Source: k8s.io/apimachinery managedfields; sigs.k8s.io/structured-merge-diff merge/update.go.
 * @param live the Function in v1beta1
 */
export function managedInV1beta2(live: LiveObject): ManagedFields[] {
  const whole = contentOf(live);
  return (live.metadata.managedFields ?? [])
    .filter((entry) => !isOfV1beta1(entry) || entry.subresource === undefined)
    .map((entry) => {
      if (!isOfV1beta1(entry)) return entry;
      const { fieldsV1: fields = {} } = entry;
      if (Object.keys(fields).length === 0) return { ...entry, apiVersion: groupVersion('v1beta2') };
      // What is made of these fields alone has things in it that were made for want of others.
      const own = inBoth(
        contentOf(onlyFields(live, fields)),
        difference(whole, contentOf(withoutFields(live, fields))),
      );
      return { ...entry, apiVersion: groupVersion('v1beta2'), fieldsV1: toFields(own) };
    });
}

/** Whether some fields of a Function are told of v1beta1. */
export function tellsOfV1beta1({ metadata }: LiveObject): boolean {
  return metadata.managedFields?.some(isOfV1beta1) === true;
}

/** Whether all that was set in the spec of a Function was set in v1beta1. */
export function isWrittenInV1beta1({ metadata }: LiveObject): boolean {
  const ofSpec = (metadata.managedFields ?? []).filter(({ fieldsV1 }) => fieldsV1?.['f:spec'] !== undefined);
  return ofSpec.length > 0 && ofSpec.every(isOfV1beta1);
}

function isOfV1beta1({ apiVersion }: ManagedFields): boolean {
  return apiVersion === groupVersion('v1beta1');
}

/** What people set of a Function, in v1beta2. */
function contentOf(fn: unknown): JsonRecord {
  const { metadata = {}, spec = {} } = fn as { metadata?: JsonRecord; spec?: JsonRecord };
  const { labels, annotations } = metadata;
  const written = toV1beta2({ kind: 'Function', metadata: { annotations }, spec } as unknown as FunctionManifest);
  return { metadata: { labels, annotations }, spec: written.spec };
}

/** What an apply by ofn makes of a Function: what it had set and does not set any more is gone. */
export function applied(fn: LiveObject, manifest: object, managedFields: ManagedFields[]): unknown {
  const own = ownEntry({ metadata: { ...fn.metadata, managedFields } });
  const gone = fieldsNotIn(manifest, own?.fieldsV1 ?? {});
  return gone === undefined ? overlay(fn, manifest) : withoutFields(overlay(fn, manifest), gone);
}

/** What of a value another one has, too, in whatever form. */
function inBoth(value: unknown, other: unknown): unknown {
  if (other === undefined) return undefined;
  if (!isRecord(value) || !isRecord(other)) return value;
  const parts = Object.entries(value).flatMap(([key, item]) => {
    const part = inBoth(item, other[key]);
    return part === undefined ? [] : [[key, part]];
  });
  return Object.fromEntries(parts);
}

/** What of a value another one has not, or has otherwise. */
function difference(value: unknown, other: unknown): unknown {
  if (isRecord(value) && isRecord(other)) {
    const parts = Object.entries(value).flatMap(([key, item]) => {
      const part = difference(item, other[key]);
      return part === undefined ? [] : [[key, part]];
    });
    return parts.length > 0 ? Object.fromEntries(parts) : undefined;
  }
  return JSON.stringify(value) === JSON.stringify(other) ? undefined : value;
}
