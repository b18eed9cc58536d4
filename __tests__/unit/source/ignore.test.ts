import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { readIgnoreRules, type IgnoreOptions } from '../../../src/source/ignore';
import { readTree } from '../../../src/source/tree';
import { temporaryFolder } from '../../support/files';

/** The files of a source that are not left out. */
async function kept(root: string, options: IgnoreOptions = { isForPack: true }): Promise<string[]> {
  const { entries } = readTree(root, {
    rules: await readIgnoreRules(root, options),
    followsLinks: false,
  });
  return entries.filter(({ kind }) => kind === 'file').map((entry) => entry.path);
}

const files = { 'a.mjs': '', 'a.log': '', 'lib/b.log': '', 'lib/b.mjs': '', 'node_modules/c/index.js': '' };

describe('what decides what is left out', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['nothing', {}, ['a.log', 'a.mjs', 'lib/b.log', 'lib/b.mjs', 'node_modules/c/index.js']],
    ['.gitignore', { '.gitignore': 'node_modules\n*.log\n' }, ['.gitignore', 'a.mjs', 'lib/b.mjs']],
    [
      '.packignore instead of .gitignore',
      { '.gitignore': '*.mjs', '.packignore': '/node_modules/\n*.log\n' },
      ['.gitignore', '.packignore', 'a.mjs', 'lib/b.mjs'],
    ],
    [
      'a project descriptor instead of both',
      { '.packignore': '*.mjs', 'project.toml': '[_]\nschema-version = "0.2"\n[io.buildpacks]\nexclude = ["*.log", "/node_modules/"]\n' }, // prettier-ignore
      ['.packignore', 'a.mjs', 'lib/b.mjs', 'project.toml'],
    ],
    ['an old project descriptor', { 'project.toml': '[build]\nexclude = ["lib"]\n' }, ['a.log', 'a.mjs', 'node_modules/c/index.js', 'project.toml']], // prettier-ignore
    ['a list of what to include', { 'project.toml': '[build]\ninclude = ["*.mjs"]\n' }, ['a.mjs', 'lib/b.mjs']],
    [
      'a project descriptor without lists: nothing',
      { '.gitignore': '*.mjs', 'project.toml': '[project]\nid = "a"\n' },
      ['.gitignore', 'a.log', 'a.mjs', 'lib/b.log', 'lib/b.mjs', 'node_modules/c/index.js', 'project.toml'],
    ],
    [
      'what pack takes back from a folder that is left out is kept',
      { 'project.toml': '[build]\nexclude = ["lib", "!lib/b.mjs"]\n' },
      ['a.log', 'a.mjs', 'lib/b.log', 'lib/b.mjs', 'node_modules/c/index.js', 'project.toml'],
    ],
  ])('%s', async (_title, more, expected) => {
    expect(await kept(temporaryFolder({ ...files, ...more }))).toEqual(expected);
  });

  test('what a descriptor excludes is never sent to a registry, also where it takes something back', async () => {
    const toml = '[build]\nexclude = [".env", "*.md", "!README.md"]\n';
    const root = temporaryFolder({ '.env': '', 'a.md': '', 'README.md': '', 'project.toml': toml });
    expect(await kept(root, {})).toEqual(['README.md', 'project.toml']);
  });

  test('another descriptor that is named', async () => {
    const root = temporaryFolder({ 'src/a.mjs': '', 'src/a.log': '', 'my.toml': '[build]\nexclude = ["*.log"]\n' });
    expect(await kept(`${root}/src`, { descriptor: `${root}/my.toml` })).toEqual(['a.mjs']);
  });

  test('a descriptor that is no TOML is told', async () => {
    const root = temporaryFolder({ 'project.toml': '[build' });
    await expect(kept(root)).rejects.toThrow(`Cannot read the project descriptor ${root}/project.toml.`);
  });

  test('data of Git and of ofn is never a part', async () => {
    const root = temporaryFolder({ 'a.mjs': '', '.git/config': '', 'lib/.git/config': '', '.s/ofn/x.json': '' });
    expect(await kept(root)).toEqual(['a.mjs']);
  });
});

const name = fc.constantFrom('a', 'b', 'lib', 'x.log', 'keep.log', 'dist', 'Dist', 'e f');
const file = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
const pattern = fc
  .tuple(
    fc.constantFrom('', '!', '/'),
    fc.array(fc.oneof(name, fc.constantFrom('*', '**', '*.log', '?', '[ab]')), { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '/'),
  )
  .map(([start, parts, end]) => `${start}${parts.join('/')}${end}`);

test('rules of Git leave out what Git leaves out', async () => {
  const root = temporaryFolder();
  execFileSync('git', ['init', '-q', root]);
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(file, { minLength: 1, maxLength: 8 }),
      fc.array(pattern, { maxLength: 4 }),
      fc.array(pattern, { maxLength: 3 }),
      fc.constantFrom('', 'lib', 'a'),
      async (paths, patterns, nested, folder) => {
        for (const entry of ['a', 'b', 'lib', 'x.log', 'keep.log', 'dist', 'Dist', 'e f', '.gitignore']) {
          rmSync(path.join(root, entry), { recursive: true, force: true });
        }
        const write = (relative: string, content: string): void => {
          try {
            mkdirSync(path.dirname(path.join(root, relative)), { recursive: true });
            writeFileSync(path.join(root, relative), content);
          } catch {
            // A file stands where a folder is wanted: there is one path less.
          }
        };
        paths.forEach((relative) => write(relative, ''));
        write('.gitignore', patterns.join('\n'));
        if (folder !== '') write(`${folder}/.gitignore`, nested.join('\n'));
        const listed = execFileSync('git', ['-C', root, '-c', 'core.quotepath=off', 'ls-files', '-o', '--exclude-standard'], { encoding: 'utf8' }); // prettier-ignore
        const expected = listed.split('\n').filter(Boolean).sort();
        expect((await kept(root)).sort()).toEqual(expected);
      },
    ),
    { numRuns: 300, seed: 20261121 },
  );
});

test.each<[Record<string, string>, string[]]>([
  [{ '.gitignore': 'dist', 'lib/.gitignore': '!dist', 'lib/dist/a.js': '', 'dist/b.js': '' }, ['lib/dist/a.js']],
  [{ '.gitignore': '*.log', 'a/.gitignore': '!*/', 'a/keep.log/b': '', 'a/keep.log/c.log': '' }, ['a/keep.log/b']],
  [{ '.gitignore': '/*\n!lib', 'lib/.gitignore': '!*/', 'lib/a/a': '', 'a/a': '' }, ['lib/a/a']],
])('a folder that is taken back: %j', async (content, expected) => {
  const paths = await kept(temporaryFolder({ '.git/config': '', ...content }));
  expect(paths.filter((name) => !name.endsWith('.gitignore'))).toEqual(expected);
});

test('.gitignore files around the folder count up to the root of the repository', async () => {
  const root = temporaryFolder({
    '.gitignore': '*.mjs',
    'repo/.git/config': '',
    'repo/.gitignore': '*.log\n/functions/a/dist\n',
    'repo/functions/a/x.log': '',
    'repo/functions/a/a.mjs': '',
    'repo/functions/a/dist/b.js': '',
    'repo/functions/a/lib/dist/c.js': '',
  });
  expect(await kept(`${root}/repo/functions/a`)).toEqual(['a.mjs', 'lib/dist/c.js']);
});

test('a folder that Git ignores as a whole is taken as it is', async () => {
  const root = temporaryFolder({
    '.git/config': '',
    '.gitignore': '/dist/\n*.map\n',
    'dist/a.js': '',
    'dist/lib/b.js.map': '',
  });
  expect(await kept(`${root}/dist`)).toEqual(['a.js', 'lib/b.js.map']);
  expect(await kept(`${root}/dist/lib`)).toEqual(['b.js.map']);
});

test('without a repository, .gitignore files count up to the folder of the project', async () => {
  const root = temporaryFolder({ '.gitignore': 'a\n', 'project/.gitignore': 'b\n', 'project/src/a': '', 'project/src/b': '', 'project/src/c': '' }); // prettier-ignore
  expect(await kept(`${root}/project/src`, { project: `${root}/project` })).toEqual(['a', 'c']);
  expect(await kept(`${root}/project/src`, { project: `${root}/elsewhere` })).toEqual(['a', 'b', 'c']);
});
