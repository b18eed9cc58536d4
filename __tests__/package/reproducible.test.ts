import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { filesIn, temporaryFolder } from '../support/files';
import { repository } from '../support/s';

/** The content of what a build makes, by file. */
function built(folder: string): Record<string, string> {
  const files = [...filesIn(path.join(folder, 'dist')).map((file) => `dist/${file}`), 'THIRD_PARTY_NOTICES'];
  return Object.fromEntries(files.map((file) => [file, readFileSync(path.join(folder, file), 'utf8')]));
}

test('a build of the same files in another folder is the same, byte for byte', () => {
  const copy = path.join(temporaryFolder({ 'in/some/other/place/.keep': '' }), 'in/some/other/place');
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: repository,
  });
  const archive = execFileSync('tar', ['cf', '-', '--null', '-T', '-'], {
    cwd: repository,
    input: files,
    maxBuffer: 1e9,
  });
  execFileSync('tar', ['xf', '-'], { cwd: copy, input: archive });
  symlinkSync(path.join(repository, 'node_modules'), path.join(copy, 'node_modules'));
  execFileSync('npm', ['run', 'build'], { cwd: copy, stdio: 'ignore' });
  expect(built(copy)).toEqual(built(repository));
});
