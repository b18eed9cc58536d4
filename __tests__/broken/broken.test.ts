import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { newSandboxProject } from '../support/sandbox';
import { s } from '../support/s';

/**
 * Each folder here has an s.yaml with mistakes, whose first line says what a user runs, and all that the terminal then shows.
 * With OFN_UPDATE_OUTPUT=1 the outputs are written anew; read them as the user who made the mistakes.
 */
const folders = readdirSync(__dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

jest.setTimeout(60_000);

test.concurrent.each(folders)('%s', async (name) => {
  const cwd = path.join(__dirname, name);
  const [, command = ''] = /^# s (.*)/.exec(readFileSync(path.join(cwd, 's.yaml'), 'utf8')) ?? [];
  const { env } = await newSandboxProject({});
  const { output, exitCode } = await s(command.split(' '), { cwd, env });
  const screen = `$ s ${command}\n${tidy(output)}\n[exit code ${exitCode}]\n`;
  const file = path.join(cwd, 'output.txt');
  if (process.env['OFN_UPDATE_OUTPUT']) writeFileSync(file, screen);
  expect(screen).toBe(readFileSync(file, 'utf8'));
});

/** Without colours, and what differs from run to run. */
function tidy(output: string): string {
  return output
    .replaceAll(path.resolve(__dirname, '../..'), 'OFN')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
