import type { Cell, Row } from '../../../scripts/picture/screen';
import { toSvg } from '../../../scripts/picture/svg';

const about = { title: 'A & B', description: '1 < 2', columns: 12 };

function cells(text: string, look: Partial<Cell> = {}): Row {
  return Array.from(text, (char) => ({ text: char, width: 1, colour: undefined, bold: false, ...look }));
}

function textsOf(row: Row): string[] {
  return toSvg([row], about).match(/<text.*/g) ?? [];
}

test('rows are drawn in a window, each run in its columns', () => {
  const rows = [
    [...cells('$', { colour: 2 }), ...cells(' '), ...cells('s deploy', { bold: true })],
    [],
    [...cells('  a "b" & <c>')],
  ];
  expect(toSvg(rows, about)).toMatchInlineSnapshot(`
   "<svg xmlns="http://www.w3.org/2000/svg" width="145" height="120" viewBox="0 0 145 120" role="img" aria-labelledby="title description">
   <!-- Made by npm run picture, from a real run. -->
   <title id="title">A &amp; B</title>
   <desc id="description">1 &lt; 2</desc>
   <rect x="0.5" y="0.5" width="144" height="119" rx="10" fill="#0d1117" stroke="#3d444d"/>
   <circle cx="28" cy="20" r="6" fill="#ff5f57"/>
   <circle cx="48" cy="20" r="6" fill="#febc2e"/>
   <circle cx="68" cy="20" r="6" fill="#28c840"/>
   <g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono, Liberation Mono, Noto Sans Mono, Noto Sans Mono CJK SC, Sarasa Mono SC, NSimSun, monospace" font-size="14" fill="#e6edf3">
   <text x="22" y="52" textLength="8.4" lengthAdjust="spacingAndGlyphs" fill="#56d364">$</text>
   <text x="38.8" y="52" textLength="67.2" lengthAdjust="spacingAndGlyphs" font-weight="bold">s deploy</text>
   <text x="38.8" y="92" textLength="92.4" lengthAdjust="spacingAndGlyphs">a "b" &amp; &lt;c&gt;</text>
   </g>
   </svg>
   "
  `);
});

test('what may come from another font stands alone, and so do words behind a gap', () => {
  expect(textsOf(cells('in ─▶ out   end'))).toMatchInlineSnapshot(`
   [
     "<text x="22" y="52" textLength="16.8" lengthAdjust="spacingAndGlyphs">in</text>",
     "<text x="47.2" y="52" textLength="16.8" lengthAdjust="spacingAndGlyphs">─▶</text>",
     "<text x="72.4" y="52" textLength="25.2" lengthAdjust="spacingAndGlyphs">out</text>",
     "<text x="122.8" y="52" textLength="25.2" lengthAdjust="spacingAndGlyphs">end</text>",
   ]
  `);
});

test('a wide character takes two columns', () => {
  const row = [...cells('函数', { width: 2 }), ...cells('!')];
  expect(textsOf(row)).toMatchInlineSnapshot(`
   [
     "<text x="22" y="52" textLength="33.6" lengthAdjust="spacingAndGlyphs">函数</text>",
     "<text x="55.6" y="52" textLength="8.4" lengthAdjust="spacingAndGlyphs">!</text>",
   ]
  `);
});

test('a colour that a terminal with sixteen does not have is refused', () => {
  expect(() => toSvg([cells('a', { colour: 200 })], about)).toThrow('scripts/picture/svg.ts has no colour 200');
});
