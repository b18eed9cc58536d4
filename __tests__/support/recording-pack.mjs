#!/usr/bin/env node
/**
 * Stands for `pack` in tests. It builds nothing: it notes how it was called, writes what the real one would write where
 * it was told to, and ends as the test says. What the real pack does with its arguments is not tested by it.
 *
 * RECORD is the file to note calls in; BEHAVIOUR is JSON: `{exitCode, stdout, stderr, digest, unknown, hangs}`.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { setInterval } from 'node:timers';

const args = process.argv.slice(2);
const {
  exitCode = 0,
  stdout = '',
  stderr = '',
  digest,
  unknown = [],
  hangs = false,
} = JSON.parse(process.env.BEHAVIOUR ?? '{}');

/** The values of a flag. */
const valuesOf = (name) => args.flatMap((arg, index) => (arg === name ? [args[index + 1]] : []));

const refused = args.find((arg) => unknown.includes(arg));
const names = valuesOf('--env').filter((value) => !value.includes('='));
const [descriptor] = valuesOf('--descriptor');
const [source = '.'] = valuesOf('--path');
const [reportDirectory] = valuesOf('--report-output-dir');
const note = {
  args,
  cwd: process.cwd(),
  env: Object.fromEntries(names.map((name) => [name, process.env[name] ?? ''])),
  descriptor: descriptor && existsSync(descriptor) ? readFileSync(descriptor, 'utf8') : undefined,
  source: existsSync(source) ? readdirSync(source).sort() : undefined,
  proxy: process.env.HTTPS_PROXY,
};
const record = (extra = {}) => appendFileSync(process.env.RECORD, `${JSON.stringify({ ...note, ...extra })}\n`);

if (refused) {
  process.stderr.write(`ERROR: unknown flag: ${refused}\n`);
  process.exit(1);
}

process.stdout.write(stdout);
process.stderr.write(stderr);

if (hangs) {
  process.on('SIGINT', () => {
    record({ signal: 'SIGINT' });
    process.exit(130);
  });
  process.stdout.write('===> BUILDING\n');
  setInterval(() => {}, 1000);
} else {
  if (reportDirectory && digest) {
    mkdirSync(reportDirectory, { recursive: true });
    const report = `[build]\n[image]\ntags = ["${args[1]}"]\ndigest = "${digest}"\nmanifest-size = 1083\n`;
    writeFileSync(path.join(reportDirectory, 'report.toml'), report);
  }
  record();
  process.exit(exitCode);
}
