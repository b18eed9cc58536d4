import { Terminal, type IBufferCell, type IBufferLine } from '@xterm/headless';

/** A place of the screen, and what stands there. */
export interface Cell {
  text: string;
  /** Columns that it takes: two for Chinese, Japanese and Korean. */
  width: number;
  /** Of the sixteen of a terminal; undefined for that of plain text. */
  colour: number | undefined;
  bold: boolean;
}

export type Row = readonly Cell[];

/** What was printed as one line, in as many rows as it takes on the screen. */
export interface Line {
  text: string;
  rows: readonly Row[];
}

/** What a terminal shows in the end of all that was written to it: lines may have been written anew many times. */
export async function readScreen(output: string, columns: number): Promise<Line[]> {
  const terminal = new Terminal({ cols: columns, rows: 40, scrollback: 10_000, allowProposedApi: true });
  await new Promise<void>((resolve) => terminal.write(output, resolve));
  const buffer = terminal.buffer.normal;
  const lines: { text: string; rows: Row[] }[] = [];
  for (let y = 0; y < buffer.length; y++) {
    const row = buffer.getLine(y);
    if (!row) continue;
    const last = lines.at(-1);
    if (row.isWrapped && last) {
      last.text += row.translateToString(true);
      last.rows.push(readRow(row));
    } else {
      lines.push({ text: row.translateToString(true), rows: [readRow(row)] });
    }
  }
  terminal.dispose();
  return lines;
}

function readRow(row: IBufferLine): Row {
  return Array.from({ length: row.length }, (_, x) => row.getCell(x)).flatMap((cell) =>
    // The second half of a wide character has no width.
    cell === undefined || cell.getWidth() === 0 ? [] : [readCell(cell)],
  );
}

function readCell(cell: IBufferCell): Cell {
  return {
    text: cell.getChars() || ' ',
    width: cell.getWidth(),
    colour: cell.isFgDefault() ? undefined : cell.getFgColor(),
    bold: cell.isBold() !== 0,
  };
}
