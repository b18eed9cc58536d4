import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { engines, scripts } from '../../package.json';
import { repository } from '../support/s';

interface Workflow {
  jobs: Record<string, { uses?: string; steps?: { uses?: string; run?: string }[]; strategy?: { matrix: object } }>;
}

const folder = path.join(repository, '.github/workflows');
const workflows = readdirSync(folder).map((name) => {
  const { jobs } = load(readFileSync(path.join(folder, name), 'utf8')) as Workflow;
  return { name, jobs, steps: Object.values(jobs).flatMap(({ steps = [] }) => steps) };
});

test.each(workflows)('the scripts that $name runs are there', ({ steps }) => {
  const named = steps
    .flatMap(({ run = '' }) => [...run.matchAll(/npm run (?:--silent )?([\w:-]+)/g)])
    .map(([, script = '']) => script);
  expect(named.filter((script) => !(script in scripts))).toEqual([]);
});

test.each(workflows)('what others provide for $name has a version', ({ jobs, steps }) => {
  const used = [...Object.values(jobs), ...steps]
    .flatMap(({ uses }) => uses ?? [])
    .filter((uses) => !uses.startsWith('./'));
  expect(used.filter((uses) => !/@v\d/.test(uses))).toEqual([]);
});

test('the tests run on the oldest Node that is supported', () => {
  const matrix = workflows
    .flatMap(({ jobs }) => Object.values(jobs))
    .flatMap(({ strategy }) => (strategy ? [JSON.stringify(strategy.matrix)] : []));
  expect(matrix.join()).toContain(`"${engines.node.replace('>=', '')}"`);
});
