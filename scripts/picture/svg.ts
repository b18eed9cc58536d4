import { toRuns, type Run } from './runs';
import type { Row } from './screen';

interface Picture {
  /** Both for those who do not see it. */
  title: string;
  description: string;
  columns: number;
}

/** Of a character, in pixels. */
const cell = { width: 8.4, height: 20, fontSize: 14 };
const margin = 22;
const titleBar = 38;

/** Fonts of the systems, some of them with Chinese; the last resort is whatever is monospaced. */
const fonts = [
  'ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono, Liberation Mono, Noto Sans Mono',
  'Noto Sans Mono CJK SC, Sarasa Mono SC, NSimSun, monospace',
].join(', ');

const window = { background: '#0d1117', border: '#3d444d', buttons: ['#ff5f57', '#febc2e', '#28c840'] };
const plain = '#e6edf3';

/** The colours of a terminal, each easy to read on the background: black to white, then the bright ones. */
const palette = [
  ...['#8b949e', '#ff7b72', '#56d364', '#e3b341', '#79c0ff', '#d2a8ff', '#56d4dd', '#e6edf3'],
  ...['#8b949e', '#ffa198', '#7ee787', '#f2cc60', '#a5d6ff', '#e2c5ff', '#76e3ea', '#ffffff'],
];

/** Rows of a terminal as an image of its window. It is the same on every machine: it takes nothing from elsewhere. */
export function toSvg(rows: readonly Row[], { title, description, columns }: Picture): string {
  const width = Math.ceil(columns * cell.width) + 2 * margin;
  const height = titleBar + rows.length * cell.height + margin;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description">`,
    '<!-- Made by npm run picture, from a real run. -->',
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="description">${escaped(description)}</desc>`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="10" fill="${window.background}" stroke="${window.border}"/>`,
    ...window.buttons.map(
      (colour, index) => `<circle cx="${margin + 6 + index * 20}" cy="20" r="6" fill="${colour}"/>`,
    ),
    `<g font-family="${fonts}" font-size="${cell.fontSize}" fill="${plain}">`,
    ...rows.flatMap((row, index) => toRuns(row).map((run) => drawRun(run, index))),
    '</g>',
    '</svg>',
  ].join('\n')}\n`;
}

/** A run is pressed or stretched into its columns, so that they line up in any font. */
function drawRun({ text, column, columns, colour, bold }: Run, row: number): string {
  const attributes = {
    x: round(margin + column * cell.width),
    y: titleBar + row * cell.height + cell.fontSize,
    textLength: round(columns * cell.width),
    lengthAdjust: 'spacingAndGlyphs',
    ...(colour !== undefined && { fill: hex(colour) }),
    ...(bold && { 'font-weight': 'bold' }),
  };
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`);
  return `<text${written.join('')}>${escaped(text)}</text>`;
}

function hex(colour: number): string {
  const found = palette[colour];
  if (found === undefined) throw new Error(`scripts/picture/svg.ts has no colour ${colour}`);
  return found;
}

function round(pixels: number): number {
  return Number(pixels.toFixed(1));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
