/** A table of the Kubernetes API (meta.k8s.io/v1), as far as it is printed. */
export interface Table {
  columnDefinitions: { name: string; priority: number }[];
  rows: { cells: unknown[] }[];
}

/** The table as `kubectl get` prints it. */
export function formatTable({ columnDefinitions, rows }: Table): string {
  if (rows.length === 0) return 'No resources found.';
  const shown = columnDefinitions
    .map(({ priority }, index) => ({ priority, index }))
    .filter(({ priority }) => priority === 0);
  const lines = [
    columnDefinitions.map(({ name }) => name.toUpperCase()),
    ...rows.map(({ cells }) => cells.map(toText)),
  ];
  const widths = shown.map(({ index }) => Math.max(...lines.map((line) => line[index]?.length ?? 0)));
  return lines
    .map((line) =>
      shown
        .map(({ index }, column) => (line[index] ?? '').padEnd(widths[column] ?? 0))
        .join('   ')
        .trimEnd(),
    )
    .join('\n');
}

function toText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  return typeof cell === 'string' ? cell : JSON.stringify(cell);
}
