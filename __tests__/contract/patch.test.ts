import { apply, call, get, jsonPatch, mergePatch, post, put, type Answer, type Body } from './support/client';
import { group, installTypes } from './support/crds';
import {
  badRequest,
  create,
  failure,
  invalid,
  live,
  newWorld,
  notFound,
  outdated,
  refusal,
  widget,
  type World,
} from './support/world';

let world: World;
let path: string;
beforeAll(installTypes);
beforeEach(async () => {
  world = await newWorld();
  path = world.widgets('a');
});

describe('a merge patch', () => {
  test('merges objects, removes what is null, replaces lists', async () => {
    await create(world, 'a', {
      text: 'x',
      args: ['1', '2'],
      params: { a: '1', b: '2' },
      containers: [{ name: 'a', image: 'x' }],
    });
    const { status, body } = await mergePatch(path, {
      spec: { text: null, args: ['3'], params: { a: null, c: '3' }, containers: [{ name: 'b' }], ratio: null },
    });
    expect([status, body.spec]).toEqual([
      200,
      {
        args: ['3'],
        params: { b: '2', c: '3' },
        containers: [{ name: 'b', pull: 'Always' }],
        size: 3,
        settings: { retries: 2, mode: 'slow' },
      },
    ]);
    expect(body.metadata.generation).toBe(2);
  });

  test('may remove whole objects', async () => {
    await create(world, 'a', { params: { a: '1' } });
    expect((await mergePatch(path, { spec: { params: null } })).body.spec['params']).toBeUndefined();
    expect((await mergePatch(path, { spec: null })).body.spec).toBeUndefined();
  });

  test('that changes nothing keeps everything', async () => {
    const object = await create(world, 'a', { text: 'x' });
    for (const patch of [{}, { spec: { text: 'x' } }, { spec: { owner: null } }]) {
      expect((await mergePatch(path, patch)).body).toEqual(object);
    }
  });

  test('needs no resourceVersion, but keeps to one', async () => {
    const { metadata } = await create(world, 'a');
    expect((await mergePatch(path, { spec: { text: 'x' } })).status).toBe(200);
    const { resourceVersion } = metadata;
    const stale = await mergePatch(path, { metadata: { resourceVersion }, spec: { text: 'y' } });
    expect(failure(stale)).toEqual(outdated('a'));
    expect(failure(await mergePatch(path, { metadata: { resourceVersion } }))).toEqual(outdated('a'));
  });

  test.each<[string, object, unknown]>([
    ['name', { name: 'b' }, 'the name of the object (b) does not match the name on the URL (a)'],
    [
      'namespace',
      { namespace: 'other' },
      expect.stringMatching(
        /^the namespace of the object \(other\) does not match the namespace on the (request|URL) \(/,
      ),
    ],
  ])('cannot change the %s', async (_, metadata, message) => {
    await create(world, 'a');
    expect(failure(await mergePatch(path, { metadata }))).toEqual(badRequest(message));
  });

  test('cannot change the kind, the version and the UID', async () => {
    await create(world, 'a');
    expect(failure(await mergePatch(path, { kind: 'Other' }))).toEqual(
      invalid('a', [['kind', 'Invalid', 'Invalid value: "Other": must be Widget']], 'Other'),
    );
    expect(failure(await mergePatch(path, { apiVersion: `${group}/v1beta1` }))).toEqual(
      invalid('a', [['apiVersion', 'Invalid', `Invalid value: "${group}/v1beta1": must be ${group}/v1`]]),
    );
    const uid = await mergePatch(path, { metadata: { uid: '11111111-1111-1111-1111-111111111111' } });
    expect(failure(uid)).toMatchObject({ http: 422, reason: 'Invalid' });
    expect(uid.body.details?.causes?.[0]).toMatchObject({ field: 'metadata.uid', reason: 'FieldValueInvalid' });
  });

  test('cannot change when an object was made', async () => {
    const object = await create(world, 'a');
    const { body } = await mergePatch(path, { metadata: { creationTimestamp: '2001-01-01T00:00:00Z' } });
    expect(body).toEqual(object);
  });

  test('for a built-in type', async () => {
    await post(world.core('configmaps'), { metadata: { name: 'a' }, data: { x: '1', y: '2' } });
    const { body } = await mergePatch(world.core('configmaps', 'a'), { data: { x: null, z: '3' } });
    expect(body['data']).toEqual({ y: '2', z: '3' });
  });
});

describe('a JSON patch', () => {
  beforeEach(async () => {
    await create(world, 'a', { text: 'x', args: ['1', '2'], params: { a: '1' } });
  });

  test.each<[string, object[], object]>([
    ['adds a field', [{ op: 'add', path: '/spec/title', value: 'abc' }], { title: 'abc' }],
    ['adds an item in a list', [{ op: 'add', path: '/spec/args/1', value: 'mid' }], { args: ['1', 'mid', '2'] }],
    ['adds an item at the end', [{ op: 'add', path: '/spec/args/-', value: 'end' }], { args: ['1', '2', 'end'] }],
    ['replaces', [{ op: 'replace', path: '/spec/text', value: 'y' }], { text: 'y' }],
    ['removes an item', [{ op: 'remove', path: '/spec/args/0' }], { args: ['2'] }],
    [
      'moves',
      [
        { op: 'add', path: '/spec/title', value: 'abc' },
        { op: 'move', from: '/spec/title', path: '/spec/text' },
      ],
      { text: 'abc' },
    ],
    ['copies', [{ op: 'copy', from: '/spec/text', path: '/spec/title' }], { text: 'x', title: 'x' }],
    [
      'goes on after a test that holds',
      [
        { op: 'test', path: '/spec/text', value: 'x' },
        { op: 'replace', path: '/spec/text', value: 'y' },
      ],
      { text: 'y' },
    ],
    ['of no operations is no change', [], { text: 'x' }],
  ])('%s', async (_, patch, expected) => {
    const { status, body } = await jsonPatch(path, patch);
    expect([status, body.message]).toEqual([200, undefined]);
    expect(body.spec).toMatchObject(expected);
  });

  test('removes a field, and knows names with a slash', async () => {
    expect((await jsonPatch(path, [{ op: 'remove', path: '/spec/params' }])).body.spec['params']).toBeUndefined();
    const { body } = await jsonPatch(path, [
      { op: 'add', path: '/metadata/labels', value: {} },
      { op: 'add', path: '/metadata/labels/a.b~1c', value: 'd' },
    ]);
    expect(body.metadata.labels).toEqual({ 'a.b/c': 'd' });
  });

  test.each<[string, object[]]>([
    [
      'a test that does not hold',
      [
        { op: 'remove', path: '/spec/text' },
        { op: 'test', path: '/spec/params/a', value: '2' },
      ],
    ],
    ['a test of an absent field', [{ op: 'test', path: '/spec/title', value: 'x' }]],
    ['the removal of an absent field', [{ op: 'remove', path: '/spec/title' }]],
    ['an absent object on the way', [{ op: 'add', path: '/spec/owner/name', value: 'x' }]],
    ['an unknown operation', [{ op: 'sing', path: '/spec' }]],
    ['an item beyond the end', [{ op: 'add', path: '/spec/args/99', value: 'x' }]],
  ])('fails as a whole at %s: 422 without a reason why', async (_, patch) => {
    const before = await live(path);
    expect(failure(await jsonPatch(path, patch))).toEqual(
      refusal(422, 'Invalid', 'the server rejected our request due to an error in our request', {}),
    );
    expect(await live(path)).toEqual(before);
  });

  test.each(['{"op": "add"}', '['])('must be a list (%s)', async (body) => {
    expect(failure(await jsonPatch(path, body))).toEqual(badRequest(expect.any(String)));
  });

  test('may be tied to a resourceVersion by a test', async () => {
    const { metadata } = await live(path);
    const patch = (resourceVersion: string): object[] => [
      { op: 'test', path: '/metadata/resourceVersion', value: resourceVersion },
      { op: 'replace', path: '/spec/text', value: 'y' },
    ];
    expect((await jsonPatch(path, patch('1'))).status).toBe(422);
    expect((await jsonPatch(path, patch(metadata.resourceVersion))).status).toBe(200);
  });
});

describe('a dry run', () => {
  const dry = (method: string, at: string, body: unknown, type?: string): Promise<Answer> =>
    call(method, `${at}?dryRun=All`, { body, ...(type && { type }) });

  test('of a creation answers with the object, without a resourceVersion, and stores nothing', async () => {
    const { status, body } = await dry('POST', world.widgets(), widget('a', { color: 'red' }));
    expect(status).toBe(201);
    expect(body.metadata).toMatchObject({ name: 'a', generation: 1, uid: expect.any(String) as string });
    expect(body.metadata.resourceVersion).toBeUndefined();
    expect(body.spec).toMatchObject({ color: 'red', size: 3 });
    expect(failure(await get(path))).toEqual(notFound('a'));
  });

  test('of a creation by apply', async () => {
    const { status, body } = await apply(path, 'one', widget('a', { color: 'red' }), '&dryRun=All');
    expect([status, body.metadata.resourceVersion, body.metadata.generation]).toEqual([201, undefined, 1]);
    expect(body.metadata.managedFields).toMatchObject([{ manager: 'one', operation: 'Apply' }]);
    expect(failure(await get(path))).toEqual(notFound('a'));
  });

  const changes: [string, (object: Body) => Promise<Answer>][] = [
    ['a replacement', (object) => dry('PUT', path, { ...object, spec: { text: 'new' } })],
    ['a merge patch', () => dry('PATCH', path, { spec: { text: 'new' } }, 'application/merge-patch+json')],
    [
      'a JSON patch',
      () => dry('PATCH', path, [{ op: 'add', path: '/spec/text', value: 'new' }], 'application/json-patch+json'),
    ],
    ['an apply', () => apply(path, 'one', widget('a', { text: 'new' }), '&dryRun=All')],
  ];
  test.each(changes)('of %s answers with the next generation and the resourceVersion of now', async (_, change) => {
    const object = await create(world, 'a', { color: 'red' });
    const { status, body } = await change(object);
    expect([status, body.spec['text']]).toEqual([200, 'new']);
    expect(body.metadata).toMatchObject({ generation: 2, resourceVersion: object.metadata.resourceVersion });
    expect(await live(path)).toEqual(object);
  });

  test('of what changes nothing, or labels alone, keeps the generation', async () => {
    const object = await create(world, 'a', { color: 'red' });
    const type = 'application/merge-patch+json';
    expect((await dry('PATCH', path, {}, type)).body).toEqual(object);
    const { body } = await dry('PATCH', path, { metadata: { labels: { a: 'b' } } }, type);
    expect(body.metadata).toMatchObject({ generation: 1, labels: { a: 'b' } });
    expect(await live(path)).toEqual(object);
  });

  test('of an apply tells what would be removed', async () => {
    await apply(path, 'one', widget('a', { color: 'red', text: 'x' }));
    const { body } = await apply(path, 'one', widget('a', { color: 'red' }), '&dryRun=All');
    expect(body.spec['text']).toBeUndefined();
    expect((await live(path)).spec['text']).toBe('x');
  });

  test('is refused like the real thing', async () => {
    const object = await create(world, 'a', { color: 'red' });
    await mergePatch(path, { spec: { color: 'blue' } });
    expect((await dry('POST', world.widgets(), widget('a'))).body.reason).toBe('AlreadyExists');
    expect((await dry('POST', world.widgets(), widget('b', { size: 0 }))).status).toBe(422);
    expect(failure(await dry('PUT', path, object))).toEqual(outdated('a'));
    expect((await apply(path, 'one', widget('a', { color: 'green' }), '&dryRun=All')).status).toBe(409);
  });

  test('of the status', async () => {
    await create(world, 'a');
    const { body } = await dry('PATCH', `${path}/status`, { status: { phase: 'Up' } }, 'application/merge-patch+json');
    expect(body.status).toEqual({ phase: 'Up' });
    expect((await live(path)).status).toBeUndefined();
  });

  test.each([
    ['POST', 'CreateOptions', 'application/json'],
    ['PUT', 'UpdateOptions', 'application/json'],
    ['PATCH', 'PatchOptions', 'application/merge-patch+json'],
    ['DELETE', 'DeleteOptions', 'application/json'],
  ])('that is neither all nor nothing is refused (%s)', async (method, kind, type) => {
    const object = await create(world, 'a');
    const at = method === 'POST' ? world.widgets() : path;
    const body = method === 'DELETE' ? undefined : object;
    expect(failure(await call(method, `${at}?dryRun=Some`, { body, type }))).toMatchObject({
      http: 422,
      reason: 'Invalid',
      message: expect.stringMatching(
        new RegExp(`^${kind}\\.meta\\.k8s\\.io "" is invalid: dryRun: Unsupported value: `),
      ) as string,
      details: { kind, causes: [{ reason: 'FieldValueNotSupported', field: 'dryRun' }] },
    });
  });
});

test('a replacement of a built-in type may do without a resourceVersion', async () => {
  await post(world.core('configmaps'), { metadata: { name: 'a' }, data: { x: '1' } });
  const { status, body } = await put(world.core('configmaps', 'a'), { metadata: { name: 'a' }, data: { y: '2' } });
  expect([status, body['data']]).toEqual([200, { y: '2' }]);
});
