import type { LiveObject, ManagedFields } from './live-object';

/** Under this name the cluster records which fields ofn set. Never to be changed: the fields would get a second owner. */
export const fieldManager = 'serverless-devs-ofn';

/** The record of the fields that ofn has set by applying an object; undefined when it has set none. */
export function ownEntry({ metadata }: Pick<LiveObject, 'metadata'>): ManagedFields | undefined {
  return metadata.managedFields?.find(
    ({ manager, operation, subresource }) => manager === fieldManager && operation === 'Apply' && !subresource,
  );
}
