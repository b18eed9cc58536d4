import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { unpack } from './packed';

/** The program of a version of Node.js, from its npm package; kept in ~/.cache/ofn. @throws Error when it cannot be had */
export function nodeProgram(version: string): string {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const cache = path.join(homedir(), '.cache/ofn');
  const folder = path.join(cache, `${name}-${version}`);
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true });
    const temporary = mkdtempSync(path.join(cache, 'node-'));
    renameSync(unpack(`${name}@${version}`, temporary), folder);
    rmSync(temporary, { recursive: true });
  }
  return path.join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}
