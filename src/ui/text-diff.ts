import { structuredPatch } from 'diff';
import { createColors } from 'picocolors';

/** The lines that differ between two texts, with three lines around them, as in `diff -u`. */
export function textDiff(before: string, after: string, colour: boolean): string {
  const { green, red, cyan } = createColors(colour);
  const { hunks } = structuredPatch('', '', before, after, '', '', { context: 3 });
  const paint = (line: string): string =>
    line.startsWith('+') ? green(line) : line.startsWith('-') ? red(line) : line;
  return hunks
    .flatMap(({ oldStart, newStart, lines }) => [
      cyan(`@@ line ${Math.max(oldStart, newStart)} @@`),
      ...lines.map(paint),
    ])
    .join('\n');
}
