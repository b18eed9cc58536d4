import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readPage } from '../markdown';
import { cli } from '../serverless-devs';

const repository = path.resolve(__dirname, '../..');

/** Follows a page word by word in an empty folder: writes the files and runs the commands that it shows, with this ofn. */
function main(page: string): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'ofn-follow-'));
  const bin = path.join(folder, 'bin');
  const app = path.join(folder, 'app');
  mkdirSync(bin);
  mkdirSync(app);
  writeFileSync(path.join(bin, 's'), `#!/bin/sh\nexec node '${cli}' "$@"\n`);
  chmodSync(path.join(bin, 's'), 0o755);
  const env = { ...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}`, CI: 'true' };

  for (const { place, language, file, content } of readPage(repository, page).blocks) {
    console.log(`── ${place}`);
    if (file !== undefined) {
      write(path.join(app, file), content.replace(/component: ofn\b/, `component: ${repository}`));
    } else if (language === 'sh') {
      execFileSync('bash', ['-euxo', 'pipefail', '-c', answered(content)], { cwd: app, env, stdio: 'inherit' });
    }
  }
}

function write(file: string, content: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** Nobody is there to answer, the CLI is here already, and what is said of a clone is not for an empty folder. */
function answered(script: string): string {
  return script
    .replace(/^s remove$/m, 's remove -y')
    .split('\n')
    .filter((line) => !line.startsWith('npm '))
    .join('\n');
}

const [page] = process.argv.slice(2);
if (page === undefined) throw new Error('Name the page: npm run follow -- docs/getting-started.md');
main(page);
