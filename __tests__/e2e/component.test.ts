import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { verifySchema } from '../../src/props/verify-schema';
import { repository } from '../support/s';

const entry = path.join(repository, 'dist/index.js');

/** Evaluates an expression in a bare Node that has the bundle as `Ofn`. */
function evaluate(expression: string): unknown {
  const script = `const Ofn = require(${JSON.stringify(entry)}).default; Promise.resolve(${expression}).then((value) => console.log(JSON.stringify(value)))`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8', cwd: '/' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

test('the bundle stands alone and can be constructed without anything', () => {
  expect(evaluate('Object.keys(new Ofn().commands)')).toEqual([
    'deploy',
    'build',
    'logs',
    'plan',
    'render',
    'info',
    'remove',
    'import',
  ]);
});

test('nothing but commands is callable', () => {
  const functions =
    'Object.entries(Object.getOwnPropertyDescriptors(Ofn.prototype)).filter(([, { value }]) => typeof value === "function")';
  expect(evaluate(`${functions}.map(([name]) => name).sort()`)).toEqual([
    'build',
    'constructor',
    'deploy',
    'getSchema',
    'getShownProps',
    'import',
    'info',
    'logs',
    'plan',
    'remove',
    'render',
  ]);
});

test('every command but deploy lets the CLI run it although outputs of other resources are unknown', () => {
  expect(evaluate('Object.entries(new Ofn().commands).filter(([, c]) => c.verify !== false).map(([n]) => n)')).toEqual([
    'deploy',
  ]);
});

test('getSchema gives the schema for s verify as text', () => {
  const expected: unknown = JSON.parse(JSON.stringify(verifySchema()));
  expect(JSON.parse(evaluate('new Ofn().getSchema()') as string)).toEqual(expected);
});

test('getShownProps gives lists of keys by command', () => {
  expect(evaluate('new Ofn().getShownProps()')).toMatchObject({
    'deploy|info': expect.arrayContaining(['addresses']) as unknown,
  });
});

test('loading it loads no library and no network module', () => {
  const script = `const before = new Set(process.moduleLoadList); const Module = require('module'); const load = Module._load; const names = [];
    Module._load = (name, ...rest) => (names.push(name), load(name, ...rest)); require(${JSON.stringify(entry)}); console.log(JSON.stringify(names))`;
  const names = JSON.parse(spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' }).stdout) as string[];
  for (const heavy of ['https', 'node:https', 'tls', 'child_process', 'node:child_process']) {
    expect(names).not.toContain(heavy);
  }
});

test('the bundle is at most 1.2 MB', () => {
  const folder = path.dirname(entry);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) =>
    statSync(path.join(folder, file)),
  );
  const sizes = files.filter((file) => file.isFile()).map(({ size }) => size);
  expect(sizes.length).toBeGreaterThan(1);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(1_200_000);
});
