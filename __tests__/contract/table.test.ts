import { openWatch } from '../support/stream';
import { get, mergePatch, type Answer } from './support/client';
import { installTypes } from './support/crds';
import { create, failure, gadgets, newWorld, notFound, type World } from './support/world';

const headers = { Accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' };

interface Table {
  columnDefinitions: { name: string; type: string; format: string; description: string; priority: number }[] | null;
  rows: { cells: unknown[]; object: { kind: string; metadata: { name: string } } | null }[];
}

let world: World;
beforeAll(installTypes);
beforeEach(async () => {
  world = await newWorld();
});

const table = (answer: Answer): Table => answer.body as unknown as Table;
const age = expect.stringMatching(/^\d+s$/) as string;

/** A Widget with a value for each column. */
async function full(name: string): Promise<void> {
  const containers = [
    { name: 'x', image: 'first' },
    { name: 'y', image: 'second' },
  ];
  await create(world, name, { color: 'red', enabled: true, ratio: 0.5, containers });
  const conditions = [
    { type: 'Other', status: 'Unknown' },
    { type: 'Ready', status: 'True', reason: 'Good' },
  ];
  await mergePatch(`${world.widgets(name)}/status`, { status: { conditions } });
}

const cells = ['a', 3, 'red', true, 0.5, 'True', 'Good', 'first', age];

test('a list has the columns of the definition, behind the name', async () => {
  const answer = await get(world.widgets(), { headers });
  expect([answer.status, answer.body.kind, answer.body.apiVersion]).toEqual([200, 'Table', 'meta.k8s.io/v1']);
  const columns = table(answer).columnDefinitions ?? [];
  expect(columns.map(({ name, type, format, priority }) => [name, type, format, priority])).toEqual([
    ['Name', 'string', 'name', 0],
    ['Size', 'integer', '', 0],
    ['Color', 'string', '', 0],
    ['Enabled', 'boolean', '', 0],
    ['Ratio', 'number', '', 0],
    ['Ready', 'string', '', 0],
    ['Reason', 'string', '', 1],
    ['Image', 'string', '', 0],
    ['Age', 'date', '', 0],
  ]);
  expect(columns.slice(1, 3).map(({ description }) => description)).toEqual([
    'How large it is',
    'Custom resource definition column (in JSONPath format): .spec.color',
  ]);
  expect(table(answer).rows).toEqual([]);
});

test('a row has the values, null for those that are missing, and the metadata of its object', async () => {
  await full('a');
  await create(world, 'b');
  // The version is that of the whole server, on which other tests write, too.
  const versionOf = ({ body }: { body: { metadata: { resourceVersion: string } } }): number =>
    Number(body.metadata.resourceVersion);
  const before = await get(world.widgets());
  const answer = await get(world.widgets(), { headers });
  const after = await get(world.widgets());
  expect(versionOf(answer)).toBeGreaterThanOrEqual(versionOf(before));
  expect(versionOf(answer)).toBeLessThanOrEqual(versionOf(after));
  expect(table(answer).rows.map((row) => row.cells)).toEqual([
    cells,
    ['b', null, null, null, null, null, null, null, age],
  ]);
  expect(table(answer).rows[0]?.object).toMatchObject({
    kind: 'PartialObjectMetadata',
    apiVersion: 'meta.k8s.io/v1',
    metadata: { name: 'a', namespace: world.namespace },
  });
  expect(table(answer).rows[0]?.object).not.toHaveProperty('spec');
});

test('a single object is a table of one row', async () => {
  await full('a');
  const answer = await get(world.widgets('a'), { headers });
  expect(answer.body.kind).toBe('Table');
  expect(table(answer).rows.map((row) => row.cells)).toEqual([cells]);
});

test.each([
  ['None', null],
  ['Metadata', 'PartialObjectMetadata'],
  ['Object', 'Widget'],
])('includeObject=%s', async (include, kind) => {
  await create(world, 'a');
  const answer = await get(`${world.widgets()}?includeObject=${include}`, { headers });
  expect(table(answer).rows[0]?.object?.kind ?? null).toBe(kind);
});

test('selectors and limits work as without a table', async () => {
  for (const name of ['a', 'b', 'c']) {
    await create(world, name, {}, { metadata: { labels: { odd: String(name !== 'b') } } });
  }
  const answer = await get(`${world.widgets()}?limit=1&labelSelector=odd%3Dtrue`, { headers });
  expect(table(answer).rows.map((row) => row.cells[0])).toEqual(['a']);
  expect(answer.body.metadata.continue).toMatch(/./);
});

test('a type without columns has name and age', async () => {
  const v1beta1 = await get(world.widgets(undefined, 'v1beta1'), { headers });
  const cluster = await get(`${gadgets}?limit=1`, { headers });
  for (const answer of [v1beta1, cluster]) {
    expect(table(answer).columnDefinitions?.map(({ name, type }) => [name, type])).toEqual([
      ['Name', 'string'],
      ['Age', 'date'],
    ]);
  }
});

test('an error stays a Status', async () => {
  expect(failure(await get(world.widgets('absent'), { headers }))).toEqual(notFound('absent'));
});

test('a watch sends a table for each event; only the first names the columns', async () => {
  await full('a');
  const stream = await openWatch(`${world.widgets()}?watch=true`, { headers });
  const first = await stream.next();
  expect(first).toMatchObject({ type: 'ADDED', object: { kind: 'Table', rows: [{ cells }] } });
  expect(first.object['columnDefinitions']).toHaveLength(9);
  await mergePatch(world.widgets('a'), { spec: { color: 'blue' } });
  const second = await stream.next();
  expect(second).toMatchObject({
    type: 'MODIFIED',
    object: { kind: 'Table', rows: [{ cells: ['a', 3, 'blue', true, 0.5, 'True', 'Good', 'first', age] }] },
  });
  expect(second.object['columnDefinitions'] ?? null).toBeNull();
});

test('the first format that the server knows is taken', async () => {
  const either = { Accept: `${headers.Accept},application/json` };
  expect((await get(world.widgets(), { headers: either })).body.kind).toBe('Table');
  const unknown = { Accept: 'application/json;as=Nonsense;v=v1;g=meta.k8s.io' };
  expect((await get(world.widgets(), { headers: unknown })).status).toBe(406);
});
