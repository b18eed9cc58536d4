import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { perform } from './perform';
import { readScreen, type Row } from './screen';
import { shown } from './shown';
import { steady } from './steady';
import { columns, description, story, title } from './story';
import { toSvg } from './svg';

const file = 'docs/images/deploy.svg';

/** Makes the picture of the README from a real run; with --check it writes nothing and fails when the picture shows another. */
async function main(check: boolean): Promise<void> {
  const picture = await makePicture();
  if (!check) {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, picture);
    return;
  }
  const current = await readFile(file, 'utf8').catch(() => undefined);
  if (current === picture) return;
  console.error(`${file} does not show what s deploy prints; run: npm run picture`);
  process.exitCode = 1;
}

async function makePicture(): Promise<string> {
  const outputs = steady(await perform());
  const rows: Row[] = [];
  for (const [index, { command }] of story.entries()) {
    const output = outputs[index] ?? '';
    const lines = await readScreen(prompt(command) + output, columns);
    // A blank row after what a command has printed, none after one that is silent.
    const isLast = index === story.length - 1;
    rows.push(...shown(lines).flatMap((line) => line.rows), ...(output !== '' && !isLast ? [[]] : []));
  }
  return toSvg(rows, { title, description, columns });
}

/** What stands on a terminal when somebody has typed a command. */
function prompt(command: string): string {
  return `\u001B[32m$\u001B[39m \u001B[1m${command}\u001B[22m\r\n`;
}

main(process.argv.includes('--check')).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
