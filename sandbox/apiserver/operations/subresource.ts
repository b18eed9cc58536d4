import { isDeepStrictEqual } from 'node:util';
import type { KubeObject, ObjectDraft } from '../objects';
import { servedVersion } from '../resources';
import type { ObjectAddress } from './cluster';

/** A write to the object leaves its status as it is; a write to the status leaves everything else. */
export function withinSubresource(
  { type, version }: ObjectAddress,
  live: KubeObject,
  draft: ObjectDraft,
  subresource: string | undefined,
): ObjectDraft {
  if (!servedVersion(type, version)?.hasStatus) return draft;
  if (subresource === 'status') {
    const { managedFields } = draft.metadata;
    return withStatus(
      { ...live, metadata: { ...live.metadata, ...(managedFields && { managedFields }) } },
      draft['status'],
    );
  }
  return withStatus(draft, live['status']);
}

/** Counts changes of anything but metadata and status. */
export function withGeneration({ type, version }: ObjectAddress, live: KubeObject, next: KubeObject): KubeObject {
  if (!type.hasGeneration || live.metadata.generation === undefined) return next;
  const content = (object: KubeObject): object => {
    const { metadata: _metadata, status, ...rest } = object;
    return servedVersion(type, version)?.hasStatus || status === undefined ? rest : { ...rest, status };
  };
  const changed = !isDeepStrictEqual(content(live), content(next));
  return { ...next, metadata: { ...next.metadata, generation: live.metadata.generation + Number(changed) } };
}

function withStatus<T extends ObjectDraft>(object: T, status: unknown): T {
  const { status: _status, ...rest } = object;
  return (status === undefined ? rest : { ...rest, status }) as T;
}
