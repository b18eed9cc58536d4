import { call, get, mergePatch, post, put, remove } from './support/client';
import { group, installTypes } from './support/crds';
import {
  badRequest,
  create,
  failure,
  gadgets,
  invalid,
  live,
  newWorld,
  notFound,
  outdated,
  randomName,
  refusal,
  widget,
  type World,
} from './support/world';

let world: World;
beforeAll(installTypes);
beforeEach(async () => {
  world = await newWorld();
});

describe('creating', () => {
  test('answers 201 with the object, its metadata filled in and its defaults set', async () => {
    const { status, body } = await post(world.widgets(), widget('a', { color: 'red' }));
    expect(status).toBe(201);
    expect(body).toMatchObject({
      apiVersion: `${group}/v1`,
      kind: 'Widget',
      metadata: {
        name: 'a',
        namespace: world.namespace,
        generation: 1,
        uid: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string,
        resourceVersion: expect.stringMatching(/^[1-9]\d*$/) as string,
        creationTimestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
      },
      spec: { color: 'red', size: 3, settings: { retries: 2, mode: 'slow' } },
    });
    expect(body.status).toBeUndefined();
    expect(Math.abs(Date.parse(body.metadata.creationTimestamp) - Date.now())).toBeLessThan(60_000);
    expect((await get(world.widgets('a'))).body).toEqual(body);
  });

  test('what the server fills in cannot be chosen', async () => {
    const chosen = {
      uid: '11111111-1111-1111-1111-111111111111',
      generation: 7,
      creationTimestamp: '2001-01-01T00:00:00Z',
      deletionTimestamp: '2001-01-01T00:00:00Z',
    };
    const { metadata } = await create(world, 'a', {}, { metadata: chosen });
    expect(metadata.generation).toBe(1);
    expect(metadata.deletionTimestamp).toBeUndefined();
    expect(metadata.creationTimestamp).not.toBe(chosen.creationTimestamp);
    expect(metadata.uid).not.toBe(chosen.uid);
  });

  test('a second object of the name is refused', async () => {
    await create(world, 'a');
    expect(failure(await post(world.widgets(), widget('a')))).toEqual(
      refusal(409, 'AlreadyExists', `widgets.${group} "a" already exists`, { name: 'a', group, kind: 'widgets' }),
    );
  });

  test('the same name in another namespace, and again after a deletion, is another object', async () => {
    const first = await create(world, 'a');
    const second = await create(await newWorld(), 'a');
    await remove(world.widgets('a'));
    const third = await create(world, 'a');
    expect(new Set([first, second, third].map(({ metadata }) => metadata.uid)).size).toBe(3);
  });

  test('generateName makes a name of five more characters', async () => {
    const { status, body } = await post(world.widgets(), widget(undefined, {}, { metadata: { generateName: 'gen-' } }));
    expect(status).toBe(201);
    expect(body.metadata).toMatchObject({
      generateName: 'gen-',
      name: expect.stringMatching(/^gen-[a-z0-9]{5}$/) as string,
    });
  });

  test.each([
    ['of an object without a name', undefined, 'Required', 'Required value: name or generateName is required'],
    [
      'with capitals',
      'Bad_Name',
      'Invalid',
      expect.stringContaining('Invalid value: "Bad_Name": a lowercase RFC 1123'),
    ],
    ['that is too long', 'x'.repeat(254), 'Invalid', expect.stringContaining('must be no more than 253 ')],
  ])('a name %s is refused', async (_, name, reason, message) => {
    const answer = await post(world.widgets(), widget(name, {}));
    expect(failure(answer)).toMatchObject({
      http: 422,
      code: 422,
      reason: 'Invalid',
      details: {
        kind: 'Widget',
        group,
        causes: [{ reason: `FieldValue${reason}`, field: 'metadata.name', message: message as string }],
      },
    });
    expect(answer.body.details?.name).toBe(name);
  });

  test('labels and annotations that break the rules are refused, each as a cause', async () => {
    const labels = { 'a b': 'x', ok: 'not ok!' };
    const answer = await post(world.widgets(), widget('a', {}, { metadata: { labels, annotations: { '/x': 'y' } } }));
    expect(failure(answer)).toMatchObject({
      http: 422,
      reason: 'Invalid',
      details: {
        name: 'a',
        kind: 'Widget',
        group,
        causes: [
          ['metadata.annotations', /^Invalid value: "\/x": prefix part must be non-empty/],
          ['metadata.labels', /^Invalid value: "a b": name part must consist of alphanumeric characters/],
          ['metadata.labels', /^Invalid value: "not ok!": a valid label must be an empty string or consist of/],
        ].map(([field, message]) => ({
          reason: 'FieldValueInvalid',
          field,
          message: expect.stringMatching(message ?? '') as string,
        })),
      },
    });
  });

  test('a label that is no text is refused', async () => {
    const answer = await post(world.widgets(), widget('a', {}, { metadata: { labels: { a: 1 } } }));
    expect(failure(answer)).toEqual(
      badRequest(expect.stringMatching(/^Widget in version "v1" cannot be handled as a Widget: /)),
    );
  });

  test('a status is left out where it is a subresource', async () => {
    const { body } = await post(world.widgets(), { ...widget('a'), status: { phase: 'Up' } });
    expect(body.status).toBeUndefined();
  });
});

describe('requests that are wrong in themselves', () => {
  test.each<[string, (world: World) => object, unknown]>([
    [
      'another namespace',
      () => widget('a', {}, { metadata: { namespace: 'other' } }),
      // Newer servers name both namespaces.
      expect.stringMatching(/^the namespace of the (provided )?object .*does not match the namespace .*on the request/),
    ],
    [
      'another version of the type',
      () => widget('a', {}, { version: 'v1beta1' }),
      `the API version in the data (${group}/v1beta1) does not match the expected API version (${group}/v1)`,
    ],
    [
      'no kind',
      () => ({ metadata: { name: 'a' } }),
      expect.stringMatching(/^Widget in version "v1" cannot be handled as a Widget: .*Object 'Kind' is missing in/),
    ],
  ])('an object of %s is not created', async (_, object, message) => {
    expect(failure(await post(world.widgets(), object(world)))).toEqual(badRequest(message));
  });

  test('an object of another kind is not created', async () => {
    expect(failure(await post(world.widgets(), { ...widget('a'), kind: 'Wodget' }))).toEqual(
      invalid('a', [['kind', 'Invalid', 'Invalid value: "Wodget": must be Widget']], 'Wodget'),
    );
  });

  test.each([
    ['that ends too early', '{"kind": '],
    ['that is a list', '[]'],
    ['that is a text', '"x"'],
    ['that is empty', ''],
  ])('a body %s is refused', async (_, body) => {
    const expected = badRequest(
      expect.stringMatching(
        /^the object provided is unrecognized \(must be of type Widget\): couldn't get version\/kind;/,
      ),
    );
    expect(failure(await call('POST', world.widgets(), { body }))).toEqual(expected);
    await create(world, 'a');
    expect(failure(await call('PUT', world.widgets('a'), { body }))).toEqual(expected);
  });

  test.each([
    ['POST', 'text/plain', 'application/json, application/yaml, application/vnd.kubernetes.protobuf'],
    [
      'PATCH',
      'application/json',
      'application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
    ],
    [
      'PATCH',
      'application/strategic-merge-patch+json',
      'application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
    ],
  ])('%s of %s is not understood', async (method, type, accepted) => {
    await create(world, 'a');
    const answer = await call(method, world.widgets(method === 'POST' ? undefined : 'a'), { body: widget('b'), type });
    const message = `the body of the request was in an unknown format - accepted media types include: ${accepted}`;
    expect(failure(answer)).toEqual(refusal(415, 'UnsupportedMediaType', message));
  });

  test.each([
    ['without a content type, as JSON', null, (object: object) => JSON.stringify(object)],
    ['of JSON with a character set', 'application/json; charset=utf-8', (object: object) => JSON.stringify(object)],
    [
      'of YAML',
      'application/yaml',
      () => `apiVersion: ${group}/v1\nkind: Widget\nmetadata:\n  name: a\nspec:\n  text: x # a comment\n`,
    ],
  ])('a body %s, is read', async (_, type, write) => {
    const answer = await call('POST', world.widgets(), { body: write(widget('a', { text: 'x' })), type });
    expect(answer.status).toBe(201);
    expect(answer.body.spec['text']).toBe('x');
  });

  test('an answer can only be had in a known format', async () => {
    await create(world, 'a');
    expect(failure(await get(world.widgets('a'), { headers: { Accept: 'text/html' } }))).toMatchObject({
      http: 406,
      reason: 'NotAcceptable',
      message: expect.stringContaining('only the following media types are accepted: application/json') as string,
    });
    expect((await get(world.widgets('a'), { headers: { Accept: '*/*' } })).headers['content-type']).toBe(
      'application/json',
    );
  });
});

describe('what is not there', () => {
  test.each<[string, (path: string) => ReturnType<typeof get>]>([
    ['reading', get],
    ['replacing', (path) => put(path, widget('absent', {}, { metadata: { resourceVersion: '1' } }))],
    ['patching', (path) => mergePatch(path, {})],
    ['deleting', (path) => remove(path)],
  ])('%s an absent object', async (_, act) => {
    expect(failure(await act(world.widgets('absent')))).toEqual(notFound('absent'));
  });

  test('reading an absent object of the whole cluster, and an absent status', async () => {
    expect(failure(await get(`${gadgets}/absent`))).toEqual(notFound('absent', 'gadgets'));
    expect(failure(await get(`${world.widgets('absent')}/status`))).toEqual(notFound('absent'));
  });

  test.each([
    ['a type', `/apis/${group}/v1/namespaces/default/nothings`],
    ['an object of a type', `/apis/${group}/v1/namespaces/default/nothings/a`],
    ['a type of the whole cluster', `/apis/${group}/v1/nothings`],
    ['a version', `/apis/${group}/v9/namespaces/default/widgets`],
    ['a group', '/apis/absent.example.com/v1/namespaces/default/widgets'],
  ])('%s that no definition knows: plain text', async (_, path) => {
    for (const method of ['GET', 'POST', 'PATCH', 'DELETE']) {
      const answer = await call(method, path, { ...(method !== 'GET' && { body: {} }) });
      expect([answer.status, answer.text]).toEqual([404, '404 page not found\n']);
      expect(answer.headers['content-type']).toMatch(/^text\/plain/);
    }
  });

  test.each(['/api/v1/namespaces/default/nothings', '/apis/apps/v1/namespaces/default/nothings', '/api/v2/namespaces'])(
    'a type that is missing in a built-in group: a Status that names nothing (%s)',
    async (path) => {
      expect(failure(await get(path))).toEqual(
        refusal(404, 'NotFound', 'the server could not find the requested resource', {}),
      );
    },
  );
});

describe('replacing', () => {
  test('answers 200 with a new resourceVersion, and generation one higher', async () => {
    const { metadata } = await create(world, 'a', { color: 'red' });
    const { status, body } = await put(
      world.widgets('a'),
      widget('a', { color: 'blue' }, { metadata: { resourceVersion: metadata.resourceVersion } }),
    );
    expect(status).toBe(200);
    expect(body.spec['color']).toBe('blue');
    expect(body.metadata).toMatchObject({
      uid: metadata.uid,
      generation: 2,
      creationTimestamp: metadata.creationTimestamp,
    });
    expect(Number(body.metadata.resourceVersion)).toBeGreaterThan(Number(metadata.resourceVersion));
  });

  test('needs a resourceVersion', async () => {
    await create(world, 'a');
    expect(failure(await put(world.widgets('a'), widget('a')))).toEqual(
      refusal(
        422,
        'Invalid',
        `widgets.${group} "a" is invalid: metadata.resourceVersion: Invalid value: 0x0: must be specified for an update`,
        {
          name: 'a',
          group,
          kind: 'widgets',
          causes: [
            {
              reason: 'FieldValueInvalid',
              message: 'Invalid value: 0x0: must be specified for an update',
              field: 'metadata.resourceVersion',
            },
          ],
        },
      ),
    );
  });

  test('is refused for any resourceVersion but the current one, even without a change', async () => {
    const { metadata } = await create(world, 'a');
    await mergePatch(world.widgets('a'), { spec: { text: 'x' } });
    for (const resourceVersion of [metadata.resourceVersion, '999999999999']) {
      const object = widget('a', { text: 'x' }, { metadata: { resourceVersion } });
      expect(failure(await put(world.widgets('a'), object))).toEqual(outdated('a'));
    }
  });

  test('is refused for the UID of another object', async () => {
    const { metadata } = await create(world, 'a');
    const uid = '11111111-1111-1111-1111-111111111111';
    const object = widget('a', {}, { metadata: { uid, resourceVersion: metadata.resourceVersion } });
    expect(failure(await put(world.widgets('a'), object))).toEqual(
      refusal(
        409,
        'Conflict',
        expect.stringMatching(
          new RegExp(
            `^Operation cannot be fulfilled on widgets.${group} "a": .*Precondition failed: UID in precondition: ${uid}, UID in object meta: ${metadata.uid}$`,
          ),
        ),
        { name: 'a', group, kind: 'widgets' },
      ),
    );
  });

  test('without a change keeps the resourceVersion', async () => {
    const object = await create(world, 'a', { color: 'red' });
    const { status, body } = await put(world.widgets('a'), object);
    expect(status).toBe(200);
    expect(body).toEqual(object);
  });

  test.each([
    ['name', { name: 'b' }, 'the name of the object (b) does not match the name on the URL (a)'],
    [
      'namespace',
      { name: 'a', namespace: 'other' },
      /^the namespace of the object \(other\) does not match the namespace on the (request|URL) \(t-[0-9a-f]+\)$/,
    ],
    [
      'name at all',
      { name: undefined },
      /^the name of the object \(a based on URL\) was undeterminable: name must be provided$/,
    ],
  ])('needs the %s of the path', async (_, metadata, message) => {
    const { resourceVersion } = (await create(world, 'a')).metadata;
    const object = widget(undefined, {}, { metadata: { ...metadata, resourceVersion } });
    expect(failure(await put(world.widgets('a'), object))).toEqual(
      badRequest(typeof message === 'string' ? message : expect.stringMatching(message)),
    );
  });

  test('removes what is left out, and sets defaults anew', async () => {
    const { metadata } = await create(world, 'a', { color: 'red', size: 9, settings: { retries: 5, label: 'x' } });
    const { body } = await put(
      world.widgets('a'),
      widget('a', { settings: { label: 'y' } }, { metadata: { resourceVersion: metadata.resourceVersion } }),
    );
    expect(body.spec).toEqual({ size: 3, settings: { retries: 2, mode: 'slow', label: 'y' } });
  });
});

describe('generation', () => {
  test('does not rise with metadata, nor with a status of its own', async () => {
    const first = await create(world, 'a', { color: 'red' });
    const labelled = await mergePatch(world.widgets('a'), {
      metadata: { labels: { a: 'b' }, annotations: { c: 'd' } },
    });
    const reported = await mergePatch(`${world.widgets('a')}/status`, { status: { phase: 'Up' } });
    const versions = [first, labelled.body, reported.body].map(({ metadata }) => metadata.resourceVersion);
    expect(new Set(versions).size).toBe(3);
    expect([labelled, reported].map(({ body }) => body.metadata.generation)).toEqual([1, 1]);
    const changed = await mergePatch(world.widgets('a'), { spec: { color: 'blue' } });
    expect(changed.body.metadata.generation).toBe(2);
  });

  test('cannot be chosen', async () => {
    await create(world, 'a');
    const { body } = await mergePatch(world.widgets('a'), { metadata: { generation: 70 } });
    expect(body.metadata.generation).toBe(1);
  });

  test('rises with any field but metadata where status is no subresource', async () => {
    const name = randomName('g');
    const gadget = { apiVersion: `${group}/v1`, kind: 'Gadget', metadata: { name }, any: [1, null, { x: 1.5 }] };
    const { status, body } = await post(gadgets, { ...gadget, status: { phase: 'Up' } });
    expect([status, body['any'], body.status]).toEqual([201, gadget.any, { phase: 'Up' }]);
    const generations = [];
    for (const change of [{ status: { phase: 'Down' } }, { metadata: { labels: { a: 'b' } } }, { any: 2 }]) {
      generations.push((await mergePatch(`${gadgets}/${name}`, change)).body.metadata.generation);
    }
    expect(generations).toEqual([2, 2, 3]);
    await remove(`${gadgets}/${name}`);
  });
});

describe('the status subresource', () => {
  test('takes the status alone', async () => {
    const object = await create(world, 'a', { color: 'red' });
    const { status, body } = await put(`${world.widgets('a')}/status`, {
      ...object,
      metadata: { ...object.metadata, labels: { ignored: 'yes' } },
      spec: { color: 'blue' },
      status: { phase: 'Up' },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: { phase: 'Up' }, spec: object.spec });
    expect(body.metadata.labels).toBeUndefined();
    expect((await get(`${world.widgets('a')}/status`)).body).toEqual(await live(world.widgets('a')));
  });

  test('is the only way to change the status', async () => {
    await create(world, 'a', { color: 'red' });
    const { body } = await mergePatch(`${world.widgets('a')}/status`, { status: { phase: 'Up' } });
    const replaced = await put(world.widgets('a'), { ...body, status: { phase: 'Down' } });
    const patched = await mergePatch(world.widgets('a'), { status: { phase: 'Down' } });
    for (const answer of [replaced, patched]) {
      expect(answer.status).toBe(200);
      expect(answer.body.status).toEqual({ phase: 'Up' });
      expect(answer.body.metadata.resourceVersion).toBe(body.metadata.resourceVersion);
    }
  });

  test('knows the same conflicts', async () => {
    const object = await create(world, 'a');
    await mergePatch(`${world.widgets('a')}/status`, { status: { phase: 'Up' } });
    expect(failure(await put(`${world.widgets('a')}/status`, { ...object, status: {} }))).toEqual(outdated('a'));
  });
});

describe('versions', () => {
  test('an object is the same in each served version', async () => {
    const object = await create(world, 'a', { color: 'red' });
    const { body } = await get(world.widgets('a', 'v1beta1'));
    expect(body).toEqual({ ...object, apiVersion: `${group}/v1beta1` });
    const { body: list } = await get(world.widgets(undefined, 'v1beta1'));
    expect(list).toMatchObject({ apiVersion: `${group}/v1beta1`, kind: 'WidgetList', items: [body] });
  });

  test('a change through one shows in the other', async () => {
    await create(world, 'a');
    await mergePatch(world.widgets('a', 'v1beta1'), { spec: { text: 'x' } });
    expect((await live(world.widgets('a'))).spec['text']).toBe('x');
  });
});
