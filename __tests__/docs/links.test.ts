import { existsSync } from 'node:fs';
import path from 'node:path';
import { repository } from '../support/s';
import { pages } from './pages';

/** The anchor that GitHub gives a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/ /g, '-');
}

test.each(pages)('the links of $name lead somewhere', ({ name, text }) => {
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  const broken = targets.filter((target) => {
    if (/^[a-z]+:/.test(target)) return false;
    const [file = '', anchor] = target.split('#');
    const linked = file === '' ? name : path.posix.join(path.posix.dirname(name), file);
    if (!existsSync(path.join(repository, linked))) return true;
    const page = pages.find((candidate) => candidate.name === linked);
    return anchor !== undefined && page?.headings.every((heading) => anchorOf(heading.text) !== anchor) !== false;
  });
  expect(broken).toEqual([]);
});
