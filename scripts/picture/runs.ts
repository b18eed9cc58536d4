import type { Cell, Row } from './screen';

type Look = Omit<Cell, 'width'>;

/** Text of one look, without a gap of more than one blank: how SVG treats blanks differs between programs. */
export interface Run extends Look {
  column: number;
  columns: number;
}

/** What stands in a row. */
export function toRuns(row: Row): Run[] {
  const runs: Run[] = [];
  let column = 0;
  for (const { width, ...cell } of row) {
    const last = runs.at(-1);
    const gap = last ? column - last.column - last.columns : 0;
    if (cell.text !== ' ') {
      if (last && gap <= 1 && looksSame(last, cell)) {
        last.text += ' '.repeat(gap) + cell.text;
        last.columns += gap + width;
      } else {
        runs.push({ ...cell, column, columns: width });
      }
    }
    column += width;
  }
  return runs;
}

/** Arrows and the like may come from another font with other widths; alone they move no letter out of its column. */
function looksSame(run: Look, cell: Look): boolean {
  return run.colour === cell.colour && run.bold === cell.bold && isAscii(run.text) === isAscii(cell.text);
}

function isAscii(text: string): boolean {
  return /^\p{ASCII}*$/u.test(text);
}
