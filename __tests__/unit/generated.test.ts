import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import schema from '../../schema.json';
import { translated } from '../../scripts/generate/chinese';
import { commands } from '../../src/commands';

const repository = path.resolve(__dirname, '../..');

test('all generated files are those of their sources; else run: npm run generate', () => {
  const tsx = path.join(repository, 'node_modules/.bin/tsx');
  const { status, stderr } = spawnSync(tsx, ['scripts/generate/index.ts', '--check'], {
    cwd: repository,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

interface Published {
  Description: string;
  Parameters: { properties: Record<string, { description: string }> };
  Commands: Record<string, string>;
}

const [both, english] = ['publish.yaml', 'publish_en.yaml'].map(
  (file) => load(readFileSync(path.join(repository, file), 'utf8')) as Published,
) as [Published, Published];

function textsOf({ Description, Parameters, Commands }: Published): string[] {
  const parameters = Object.values(Parameters.properties).map(({ description }) => description);
  return [Description, ...parameters, ...Object.values(Commands)];
}

test.each([
  ['publish.yaml', both],
  ['publish_en.yaml', english],
])('%s names every property and every command', (_file, { Parameters, Commands }) => {
  expect(Object.keys(Parameters.properties)).toEqual(Object.keys(schema.properties));
  expect(Object.keys(Commands)).toEqual(Object.keys(commands));
});

test('publish.yaml says all in English and in Chinese, publish_en.yaml in English alone', () => {
  for (const text of textsOf(both)) expect(text).toMatch(/^\p{ASCII}+\n.*\p{Script=Han}/u);
  for (const text of textsOf(english)) expect(text).toMatch(/^\p{ASCII}+$/u);
});

test('there is no translation of a text that is gone', () => {
  expect(textsOf(english).sort()).toEqual([...translated].sort());
});
