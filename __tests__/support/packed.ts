import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { repository } from './s';

/** Packs an npm package into a folder and unpacks it there. @returns the folder of its package.json */
export function unpack(specifier: string, folder: string): string {
  const pack = ['pack', specifier, '--json', '--ignore-scripts', '--pack-destination', folder];
  const [packed] = JSON.parse(
    execFileSync('npm', pack, { cwd: repository, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  ) as [{ filename: string }];
  execFileSync('tar', ['xzf', packed.filename], { cwd: folder });
  return path.join(folder, 'package');
}
