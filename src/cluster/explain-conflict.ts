import { ClusterError } from '../errors';
import { formatPath, parseFieldPath } from '../path';
import { showValue } from '../redact';
import { readStatus } from './status';
import type { ApiResponse, Subject } from './types';

/** Whether an apply was refused because other managers own fields that it sets. */
export function isFieldConflict(response: ApiResponse): boolean {
  return response.status === 409 && conflictsOf(response).length > 0;
}

/** A field that belongs to somebody else. */
interface Conflict {
  path: readonly (string | number)[];
  manager: string;
}

/** The fields in conflict: whose they are, what they are now, and what the apply would make of them. */
export function explainConflict(
  response: ApiResponse,
  { name, namespace }: Subject,
  live: unknown,
  ours: unknown,
): ClusterError {
  const rows = conflictsOf(response, ours).map(({ path, manager }) => ({
    field: formatPath(path),
    manager,
    theirs: live === undefined ? 'unknown' : showValue(live, path),
    ours: showValue(ours, path),
  }));
  const header = { field: 'FIELD', manager: 'MANAGER', theirs: 'NOW', ours: 'THIS DEPLOY' };
  return new ClusterError(
    {
      what: `Other tools own fields of the function "${name}" in namespace "${namespace}":\n${formatTable([header, ...rows])}`,
      why: 'A deploy does not take fields away from whoever set them last.',
      remedy: 'Remove these fields from the props to leave them as they are, or take them over with --force-conflicts.',
    },
    { status: response.status },
  );
}

/** The fields that belong to others. A cause reads `conflict with "kubectl-edit" using core.openfunction.io/v1beta1`. */
export function conflictsOf({ body }: ApiResponse, ours?: unknown): Conflict[] {
  const causes = readStatus(body).details?.causes ?? [];
  return causes
    .filter(({ reason }) => reason === 'FieldManagerConflict')
    .map(({ field = '', message = '' }) => ({
      path: parseFieldPath(field, ours),
      manager: /conflict with "([^"]*)"/.exec(message)?.[1] ?? message,
    }));
}

function formatTable(rows: readonly Record<string, string>[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const widths = columns.map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map(
      (row) =>
        `  ${columns
          .map((column, index) => (row[column] ?? '').padEnd(widths[index] ?? 0))
          .join('  ')
          .trimEnd()}`,
    )
    .join('\n');
}
