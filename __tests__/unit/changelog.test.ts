import { readFileSync } from 'node:fs';
import path from 'node:path';
import { version } from '../../package.json';
import { sectionOf } from '../../scripts/changelog/section';

const text = '# 1.1.0\n\n- new\n\n# 1.0.0\n\nThe first.\n\n- all\n';

test('the section of a version is what stands between its heading and the next', () => {
  expect(sectionOf(text, '1.1.0')).toBe('- new\n');
  expect(sectionOf(text, '1.0.0')).toBe('The first.\n\n- all\n');
});

test.each(['1.0', '2.0.0'])('there is nothing about %s', (unknown) => {
  expect(() => sectionOf(text, unknown)).toThrow(`version.md has nothing about ${unknown}`);
});

test('version.md has a section for this version', () => {
  expect(sectionOf(readFileSync(path.resolve(__dirname, '../../version.md'), 'utf8'), version)).not.toBe('');
});
