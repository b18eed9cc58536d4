import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { apply, jsonPatch, mergePatch, post, put, type Answer, type Body, type ManagedFields } from './support/client';
import { installTypes } from './support/crds';
import { base, baseLabels, history, type Operation } from './support/history';
import { live, newWorld, widget, type World } from './support/world';

/**
 * Random histories of one Widget, compared with what a real API server made of them.
 * OFN_RECORD_CONTRACT=1 records anew, which is for a real server only; then format the file with prettier.
 */
const file = path.join(__dirname, 'histories.json');
const recording = process.env['OFN_RECORD_CONTRACT'] === '1';
const seeds = Array.from({ length: 25 }, (_, index) => index + 1);

interface Outcome {
  /** Status codes of the operations. */
  codes: string;
  generation: number;
  labels: Record<string, string>;
  spec: Record<string, unknown>;
  /** Who manages which fields in the end. */
  managers: Record<string, string>;
}

const recorded = (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}) as Record<string, Outcome>;
const outcomes: Record<string, Outcome> = {};

beforeAll(installTypes);
afterAll(() => {
  if (recording) writeFileSync(file, `${JSON.stringify(outcomes, undefined, 2)}\n`);
});

test.each(seeds)('history %i ends as recorded', async (seed) => {
  const outcome = await run(history(seed));
  outcomes[seed] = outcome;
  if (!recording) expect(outcome).toEqual(recorded[seed]);
});

test('the histories come to conflicts, changes and removals of absent fields', () => {
  const codes = new Set(Object.values(outcomes).flatMap((outcome) => outcome.codes.split(' ')));
  expect([...codes].sort()).toEqual(['200', '409', '422']);
});

async function run(operations: Operation[]): Promise<Outcome> {
  const world = await newWorld();
  const created = await post(
    `${world.widgets()}?fieldManager=base`,
    widget('a', base, { metadata: { labels: baseLabels } }),
  );
  expect(created.status).toBe(201);
  const codes = [];
  for (const operation of operations) codes.push((await perform(world, operation)).status);
  const { metadata, spec } = await live(world.widgets('a'));
  return {
    codes: codes.join(' '),
    generation: metadata.generation,
    labels: metadata.labels ?? {},
    spec,
    managers: Object.fromEntries((metadata.managedFields ?? []).map((entry) => [nameOf(entry), fieldsOf(entry)])),
  };
}

async function perform(world: World, operation: Operation): Promise<Answer> {
  const at = world.widgets('a');
  const { manager } = operation;
  const query = `?fieldManager=${manager}`;
  switch (operation.type) {
    case 'apply': {
      const { labels, spec, force } = operation;
      return apply(at, manager, widget('a', spec, { metadata: { labels } }), `&force=${force}`);
    }
    case 'merge':
      return mergePatch(at + query, { spec: operation.spec });
    case 'put': {
      const { metadata }: Body = await live(at);
      const { resourceVersion } = metadata;
      return put(at + query, widget('a', operation.spec, { metadata: { labels: operation.labels, resourceVersion } }));
    }
    case 'remove':
      return jsonPatch(at + query, [{ op: 'remove', path: operation.path }]);
  }
}

function nameOf({ manager, operation }: ManagedFields): string {
  return `${manager} ${operation}`;
}

/** Paths of fields, sorted, such as `spec/tags/v:"a"`; an object, a list or an item that is owned itself ends in a slash. */
function fieldsOf({ fieldsV1 }: ManagedFields): string {
  const paths = (fields: Record<string, unknown>, prefix: string): string[] =>
    Object.entries(fields).flatMap(([key, below]) => {
      if (key === '.') return [prefix];
      const inner = below as Record<string, unknown>;
      const at = prefix + key.replace(/^f:/, '');
      return Object.keys(inner).length === 0 ? [at] : paths(inner, `${at}/`);
    });
  return paths(fieldsV1, '').sort().join(' ');
}
