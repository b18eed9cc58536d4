import { pages } from './pages';

const [english, chinese] = ['README.md', 'README.zh-CN.md'].map((name) => {
  const page = pages.find((candidate) => candidate.name === name);
  if (page === undefined) throw new Error(`there is no ${name}`);
  return page;
});

/** A line of code without its comment, which each language has in its own words. */
function withoutComment(line: string): string {
  return line.replace(/(^|\s+)# (?!yaml-language-server).*$/, '');
}

test('both READMEs have the same headings', () => {
  const levels = [english, chinese].map((page) => page?.headings.map(({ level }) => level));
  expect(levels[1]).toEqual(levels[0]);
});

test('both READMEs have the same code, but for its comments', () => {
  const [first, second] = [english, chinese].map((page) =>
    page?.blocks.map(({ language, content }) => ({ language, lines: content.split('\n').map(withoutComment) })),
  );
  expect(second).toEqual(first);
});

test('both READMEs have the same links, each to the other', () => {
  const [first, second] = [english, chinese].map((page) =>
    [...(page?.text ?? '').matchAll(/\]\(([^)]+)\)/g)]
      .map(([, target]) => target)
      .filter((target) => !target?.startsWith('README'))
      .sort(),
  );
  expect(second).toEqual(first);
  expect(english?.text).toContain('(README.zh-CN.md)');
  expect(chinese?.text).toContain('(README.md)');
});

test('both READMEs have tables of the same size, and as many items', () => {
  const [first, second] = [english, chinese].map((page) => ({
    rows: page?.text.match(/^\|/gm)?.length,
    items: page?.text.match(/^- /gm)?.length,
  }));
  expect(second).toEqual(first);
});
