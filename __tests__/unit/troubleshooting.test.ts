import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import schema from '../../schema.json';
import { findMessages } from '../../scripts/generate/docs/messages/find';

const texts = findMessages().flatMap(({ texts: ways }) => ways);

const sentencesOf = (text: string): string[] => text.split(/(?<=[\w)"…][.?!;])\s+/);

/** A sentence of the page as a pattern: words in capitals and "…" stand for anything. */
function toPattern(sentence: string): RegExp {
  const parts = sentence.split(/…|\b[A-Z]{2,}[A-Z0-9 ]*\b/);
  return new RegExp(`^${parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[^]*')}$`);
}

/** What a property is for is said where it is missing. */
const descriptions = JSON.stringify(schema);

const sentences = new Set(texts.flatMap(sentencesOf).filter((sentence) => /[a-z]{2}/.test(sentence)));
const patterns = [...sentences].map(toPattern);

const broken = path.resolve(__dirname, '../broken');
const outputs = readdirSync(broken, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

test.each(outputs)('the page has what deploy says of __tests__/broken/%s', (name) => {
  const output = readFileSync(path.join(broken, name, 'output.txt'), 'utf8');
  const messages = [...output.matchAll(/^ {2}\S+ \(s\.yaml:\d+:\d+\): (.*)$/gm)].map(([, message = '']) => message);
  const unknown = messages
    .flatMap(sentencesOf)
    .filter((sentence) => !patterns.some((pattern) => pattern.test(sentence)) && !descriptions.includes(sentence));
  expect(unknown).toEqual([]);
});

test('conditions, tables, calls and parameters are read, not guessed', () => {
  expect(texts).toContain('There is no KIND "NAME" in this cluster, and the build would fail for good. It has: NAMES.');
  expect(texts).toContain('The credential helper docker-credential-NAME failed for REGISTRY.');
  expect(texts).toContain('Cannot push NAME/REPOSITORY:TAG.');
});

test('only what a program beside ofn says has no words of its own', () => {
  const mute = findMessages().filter(({ texts: ways }) => !ways.some((text) => /[a-z]{2}/.test(text)));
  expect(mute.map(({ file }) => file)).toMatchInlineSnapshot(`
   [
     "cluster/explain-network.ts",
     "commands/wait.ts",
   ]
  `);
});
