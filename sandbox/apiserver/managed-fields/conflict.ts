import { ApiError } from '../errors';
import { pathsOf } from './field-set';
import type { Manager } from './managers';
import { describePath } from './path-element';

/** The refusal of an apply that would take fields from other managers. */
export function applyConflict(managers: readonly Manager[]): ApiError {
  const conflicts = managers.flatMap((manager) =>
    pathsOf(manager.set).map((path) => ({ owner: describeManager(manager), field: describePath(path) })),
  );
  const causes = conflicts.map(({ owner, field }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${owner}`,
    field,
  }));
  return new ApiError(409, 'Conflict', describeConflicts(conflicts), { causes });
}

function describeConflicts(conflicts: readonly { owner: string; field: string }[]): string {
  const [first] = conflicts;
  if (first && conflicts.length === 1) {
    return `Apply failed with 1 conflict: conflict with ${first.owner}: ${first.field}`;
  }
  const owners = [...new Set(conflicts.map(({ owner }) => owner))].sort();
  const lines = owners.flatMap((owner) => [
    `conflicts with ${owner}:`,
    ...conflicts.filter((conflict) => conflict.owner === owner).map(({ field }) => `- ${field}`),
  ]);
  return `Apply failed with ${conflicts.length} conflicts: ${lines.join('\n')}`;
}

function describeManager({ manager, operation, apiVersion, subresource }: Manager): string {
  const name = `"${manager}"${subresource === undefined ? '' : ` with subresource "${subresource}"`}`;
  return operation === 'Update' ? `${name} using ${apiVersion}` : name;
}
