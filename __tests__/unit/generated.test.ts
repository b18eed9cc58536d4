import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import schema from '../../schema.json';
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

test('publish.yaml names every property and every command', () => {
  const { Parameters, Commands } = load(readFileSync(path.join(repository, 'publish.yaml'), 'utf8')) as {
    Parameters: { properties: object };
    Commands: object;
  };
  expect(Object.keys(Parameters.properties)).toEqual(Object.keys(schema.properties));
  expect(Object.keys(Commands)).toEqual(Object.keys(commands));
});
