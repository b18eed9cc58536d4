/** A table of a report: a heading, a sentence on how to read it, and rows of as many cells as there are columns. */
export interface Table {
  title: string;
  note?: string;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

/** A Markdown table that reads well as plain text; columns of figures are aligned to the right. */
export function formatTable({ title, note, columns, rows }: Table): string {
  const layout = columns.map((column, index) => {
    const cells = rows.map((row) => row[index] ?? '');
    return {
      width: Math.max(3, ...[column, ...cells].map(({ length }) => length)),
      right: cells.every((cell) => /^(-?[\d.,]+( |$|×)|-?$)/.test(cell)),
    };
  });
  const line = (cells: readonly string[]): string =>
    `| ${layout.map(({ width, right }, index) => pad(cells[index] ?? '', width, right)).join(' | ')} |`;
  const rule = `| ${layout.map(({ width, right }) => (right ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`;
  return [`## ${title}`, '', ...(note ? [note, ''] : []), line(columns), rule, ...rows.map(line), ''].join('\n');
}

function pad(text: string, width: number, right: boolean): string {
  return right ? text.padStart(width) : text.padEnd(width);
}
