import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { readSource } from '../../../src/source/source';
import { bundleOf } from '../../../src/source/bundle';
import { temporaryFolder } from '../../support/files';

const files = { 'a.mjs': 'export {};\n', 'lib/b.mjs': 'export {};\n' };

async function hashOf(root: string): Promise<string> {
  return (await readSource(root, { followsLinks: false })).hash;
}

describe('the hash of a source', () => {
  test('is the same for the same content, wherever and whenever', async () => {
    const [a, b] = [temporaryFolder(files), temporaryFolder(files)];
    utimesSync(`${b}/a.mjs`, new Date(0), new Date(0));
    expect(await hashOf(a)).toBe(await hashOf(b));
  });

  test.each<[string, (root: string) => void]>([
    ['a byte', (root) => writeFileSync(`${root}/a.mjs`, 'export {};;')],
    ['a byte more', (root) => appendFileSync(`${root}/a.mjs`, '\n')],
    ['a name', (root) => renameSync(`${root}/a.mjs`, `${root}/c.mjs`)],
    ['the folder of a file', (root) => renameSync(`${root}/a.mjs`, `${root}/lib/a.mjs`)],
    ['that a file can be executed', (root) => chmodSync(`${root}/a.mjs`, 0o755)],
    ['a file more', (root) => writeFileSync(`${root}/c.mjs`, '')],
    ['a folder more', (root) => mkdirSync(`${root}/empty`)],
    ['a link', (root) => symlinkSync('a.mjs', `${root}/c.mjs`)],
  ])('changes with %s', async (_title, change) => {
    const root = temporaryFolder(files);
    const before = await hashOf(root);
    change(root);
    expect(await hashOf(root)).not.toBe(before);
  });

  test('does not change with other permissions', async () => {
    const root = temporaryFolder(files);
    const before = await hashOf(root);
    chmodSync(`${root}/a.mjs`, 0o600);
    expect(await hashOf(root)).toBe(before);
  });

  test('tells content from where it begins', async () => {
    const a = temporaryFolder({ a: 'x', b: 'yz' });
    const b = temporaryFolder({ a: 'xy', b: 'z' });
    expect(await hashOf(a)).not.toBe(await hashOf(b));
  });
});

describe('a source', () => {
  test('knows whether it has changed since', async () => {
    const root = temporaryFolder(files);
    const source = await readSource(root, { followsLinks: false });
    expect(source.hasChanged()).toBe(false);
    writeFileSync(`${root}/a.mjs`, 'export {};;');
    expect(source.hasChanged()).toBe(true);
  });

  test('that changes while it is read is read again', async () => {
    const root = temporaryFolder({ ...files, big: 'x'.repeat(5_000_000) });
    const reading = readSource(root, { followsLinks: false });
    writeFileSync(`${root}/lib/b.mjs`, 'export const later = 1;\n');
    const { hash } = await reading;
    expect(hash).toBe(await hashOf(root));
  });

  test('that changes all the time is refused', async () => {
    const root = temporaryFolder(files);
    let count = 0;
    const timer = setInterval(() => writeFileSync(`${root}/a.mjs`, String((count += 1))), 0);
    writeFileSync(`${root}/big`, Buffer.alloc(60_000_000));
    await expect(readSource(root, { followsLinks: false })).rejects.toThrow('changes all the time');
    clearInterval(timer);
  });

  test('with a name that is not UTF-8 is refused', async () => {
    const root = temporaryFolder(files);
    writeFileSync(Buffer.concat([Buffer.from(`${root}/caf`), Buffer.from([0xe9])]), '');
    await expect(readSource(root, { followsLinks: false })).rejects.toThrow('is not UTF-8');
  });

  test('without files is refused', async () => {
    const root = temporaryFolder({ '.packignore': '*' });
    await expect(readSource(root, { followsLinks: false })).rejects.toThrow(
      `All of the source folder ${root} is left out.\nWhy: .packignore leaves out .packignore.`,
    );
  });

  test('that is empty is refused', async () => {
    const root = temporaryFolder();
    await expect(readSource(root, { followsLinks: false })).rejects.toThrow(`The source folder ${root} is empty.`);
  });

  test('that is a file is refused', async () => {
    const root = temporaryFolder(files);
    await expect(readSource(`${root}/a.mjs`, { followsLinks: false })).rejects.toThrow('Cannot read the source folder');
  });
});

describe('links', () => {
  test.each<[string, string, string]>([
    ['out of the source', '../x', 'leads out of the source folder, to ../x'],
    ['to an absolute path', '/etc/hosts', 'leads out of the source folder, to /etc/hosts'],
    ['to an absolute path inside', 'ROOT/a.mjs', 'is absolute, to ROOT/a.mjs; make it relative'],
  ])('%s are refused', async (_title, target, message) => {
    const root = temporaryFolder(files);
    symlinkSync(target.replace('ROOT', root), `${root}/link`);
    const refusal = readSource(root, { followsLinks: false });
    await expect(refusal).rejects.toThrow(`The link link ${message.replace('ROOT', root)}.`);
    await expect(refusal).rejects.toThrow('write its path into .gitignore.');
  });

  test('out of the source by way of another link are refused', async () => {
    const outside = temporaryFolder({ 'secret/x': '' });
    const root = temporaryFolder({ ...files, '.packignore': 'inner\n' });
    symlinkSync(`${outside}/secret`, `${root}/inner`);
    symlinkSync('inner/x', `${root}/outer`);
    await expect(readSource(root, { followsLinks: false })).rejects.toThrow('The link outer leads out');
  });

  test('that are left out are not looked at', async () => {
    const root = temporaryFolder({ ...files, '.packignore': 'link\n' });
    symlinkSync('/etc/hosts', `${root}/link`);
    expect((await readSource(root, { followsLinks: false })).tree.leftOut).toEqual(['link']);
  });

  test('are followed for an image, folders too', async () => {
    const root = temporaryFolder(files);
    symlinkSync('lib', `${root}/also`);
    symlinkSync('a.mjs', `${root}/b.mjs`);
    const { tree } = await readSource(root, { followsLinks: true });
    expect(tree.entries.map(({ path, kind }) => `${kind} ${path}`)).toEqual([
      'file a.mjs', 'folder also', 'file also/b.mjs', 'file b.mjs', 'folder lib', 'file lib/b.mjs',
    ]); // prettier-ignore
  });

  test('that lead nowhere, or round in a circle, are refused for an image', async () => {
    const root = temporaryFolder(files);
    symlinkSync('none', `${root}/link`);
    await expect(readSource(root, { followsLinks: true })).rejects.toThrow('The link link leads to nothing.');
    const circle = temporaryFolder(files);
    symlinkSync('..', `${circle}/lib/up`);
    await expect(readSource(circle, { followsLinks: true })).rejects.toThrow(
      'The link lib/up leads back to a folder that it is in.',
    );
  });
});

describe('a bundle', () => {
  const digest = async (root: string): Promise<string> =>
    (await bundleOf((await readSource(root, { followsLinks: true })).tree)).manifest.digest;

  test('has the same digest on every machine', async () => {
    expect(await digest(temporaryFolder(files))).toBe(
      'sha256:05b98186d4da63f23c18003055d3910207a70f5e9b8a0ff0a14dd41cefeb6a55',
    );
  });

  test('takes names of any length and language', async () => {
    const long = `${'d'.repeat(90)}/${'e'.repeat(90)}/${'f'.repeat(120)}.mjs`;
    const root = temporaryFolder({ [long]: 'x', 'é/ü.mjs': 'y' });
    const { blobs } = await bundleOf((await readSource(root, { followsLinks: true })).tree);
    const folder = temporaryFolder();
    const chunks: Uint8Array[] = [];
    for await (const chunk of blobs[0]?.open() ?? []) chunks.push(Uint8Array.from(chunk));
    writeFileSync(`${folder}/layer.tar`, Buffer.concat(chunks));
    const { execFileSync } = await import('node:child_process');
    execFileSync('tar', ['-xf', `${folder}/layer.tar`, '-C', folder]);
    expect(readFileSync(`${folder}/${long}`, 'utf8')).toBe('x');
    expect(readFileSync(`${folder}/é/ü.mjs`, 'utf8')).toBe('y');
  });
});
