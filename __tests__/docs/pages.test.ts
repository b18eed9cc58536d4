import { load } from 'js-yaml';
import { scripts } from '../../package.json';
import type { Block } from '../../scripts/markdown';
import { isRecord } from '../../src/record';
import { repository } from '../support/s';
import { pages } from './pages';
import { githubPipelines, gitlabPipelines, jenkinsPipelines } from './pipelines';
import { createPlace, type Place } from './place';

/** Commands that are not run here, and why. */
const elsewhere: readonly [RegExp, string][] = [
  [/^npm (install|ci|test|run)\b/, 'CI itself runs it, or it changes this machine'],
  [/^(kind|helm|docker|pack)\b/, 'it needs Docker'],
  [/^kubectl\b/, 'it needs kubectl, and some a real cluster'],
];

/** Languages of blocks that are no code: what is printed, trees of folders. */
const plain = ['', 'text', 'console'];

const base = {
  image: 'registry.example.com/me/hello:v1',
  serving: { template: { containers: [{ name: 'function' }] }, params: { FUNCTION_TARGET: 'hello' } },
};

jest.setTimeout(200_000);

/** The pages in Chinese have the same blocks. */
const withCode = pages
  .filter(({ name }) => !name.endsWith('.zh-CN.md'))
  .map(({ name, blocks }) => ({ name, blocks: blocks.filter(({ language }) => !plain.includes(language)) }))
  .filter(({ blocks }) => blocks.length > 0);

describe.each(withCode)('$name', ({ blocks }) => {
  let place: Place;
  beforeAll(async () => {
    place = await createPlace();
    // Pages may speak of a function that runs.
    await runScript('s deploy', place);
  });

  test.each(blocks)('$place ($language) works', (block) => check(block, place));
});

async function check(block: Block, place: Place): Promise<void> {
  const { language, content, file } = block;
  switch (language) {
    case 'sh':
      return runScript(content, place);
    case 'js':
    case 'json':
      if (file !== undefined) place.write(file, content);
      return;
    case 'yaml':
      return checkYaml(block, place);
    case 'groovy':
      return runPipelines(jenkinsPipelines(content), place);
    case 'ts':
      return runTypeScript(content, place);
    default:
      throw new Error(`${block.place}: nothing here can run ${language}`);
  }
}

/** Runs a script, less the lines that belong elsewhere. */
async function runScript(content: string, place: Place, env: Record<string, string> = {}): Promise<void> {
  // The rest of such a script depends on what kubectl says.
  if (content.includes('$(kubectl')) return;
  const lines = content.split('\n').filter((line) => !elsewhere.some(([pattern]) => pattern.test(line.trim())));
  const { exitCode, output } = await place.run(lines.join('\n'), {
    RUNNER_TEMP: '.',
    GITHUB_ENV: 'github-env',
    ...env,
  });
  if (exitCode !== 0) throw new Error(output);
}

async function runPipelines(pipelines: readonly { event: string; script: string }[], place: Place): Promise<void> {
  expect(pipelines.length).toBeGreaterThan(0);
  for (const { script } of pipelines) {
    expect(script).toMatch(/\bs (plan|deploy)/);
    await runScript(script.replace(/npx -y @serverless-devs\/s\b/g, 's'), place);
  }
}

async function checkYaml({ content, file, place: where }: Block, place: Place): Promise<void> {
  const value = load(content);
  if (!isRecord(value)) throw new Error(`${where} is no map`);
  if (file?.startsWith('.github')) return runPipelines(githubPipelines(content), place);
  if (file?.startsWith('.gitlab')) return runPipelines(gitlabPipelines(content), place);
  if (typeof value['kind'] === 'string') return;
  if (value['edition'] !== undefined) {
    place.write('s.yaml', content);
    return runScript('s verify && s render', place);
  }
  const props = { ...base, ...(isRecord(value['props']) ? value['props'] : value) };
  const resources = { hello: { component: repository, props } };
  place.write('part.yaml', JSON.stringify({ edition: '3.0.0', name: 'part', resources }));
  await runScript('s verify -t part.yaml && s render -t part.yaml', place, { DIGEST: `sha256:${'a'.repeat(64)}` });
}

/** Scripts for the sandbox, as its README shows them. */
async function runTypeScript(content: string, place: Place): Promise<void> {
  const program = `import { startSandbox } from '${repository}/sandbox';\nvoid (async () => {\n${content}\nawait sandbox.stop();\n})();\n`;
  place.write('program.ts', program);
  await runScript(`'${repository}/node_modules/.bin/tsx' program.ts`, place);
}

test('every "npm run NAME" of a page is a script', () => {
  const named = pages.flatMap(({ text }) => [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name));
  expect([...new Set(named)].filter((name) => !(name in scripts))).toEqual([]);
});

test.each(elsewhere)('%s is on some page, and not run here: %s', (pattern) => {
  const lines = pages
    .flatMap(({ blocks }) => blocks.filter(({ language }) => language === 'sh'))
    .flatMap(({ content }) => content.split('\n'));
  expect(lines.some((line) => pattern.test(line.trim()))).toBe(true);
});
