import { admin } from '../support/cluster';
import { openWatch } from '../support/stream';
import { apply, call, get, mergePatch, post, put, remove, type Body } from './support/client';
import { group, installTypes } from './support/crds';
import { create, failure, live, newWorld, notFound, refusal, widget, type World } from './support/world';

const foreign = '11111111-1111-1111-1111-111111111111';

let world: World;
let path: string;
beforeAll(installTypes);
beforeEach(async () => {
  world = await newWorld();
  path = world.widgets('a');
});

/** The Status of a deletion that is done. */
function deleted({ metadata }: Body): object {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: { name: metadata.name, group, kind: 'widgets', uid: metadata.uid },
  };
}

/** An object that a finalizer holds, after its deletion began. */
async function dying(finalizers: string[]): Promise<Body> {
  await create(world, 'a', {}, { metadata: { finalizers } });
  return (await remove(path)).body;
}

describe('deleting', () => {
  test('answers 200 with a Status that names the object and its UID', async () => {
    const object = await create(world, 'a');
    const { status, body } = await remove(path);
    expect([status, body]).toEqual([200, deleted(object)]);
    expect(failure(await get(path))).toEqual(notFound('a'));
    expect(failure(await remove(path))).toEqual(notFound('a'));
  });

  test('a built-in type', async () => {
    const { body } = await post(world.core('configmaps'), { metadata: { name: 'a' } });
    expect((await remove(world.core('configmaps', 'a'))).body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: { name: 'a', kind: 'configmaps', uid: body.metadata.uid },
    });
  });

  test.each([
    ['in the query', '?dryRun=All', undefined],
    ['in the body', '', { kind: 'DeleteOptions', apiVersion: 'v1', dryRun: ['All'] }],
  ])('as a dry run %s answers alike and deletes nothing', async (_, query, body) => {
    const object = await create(world, 'a');
    expect((await remove(path + query, body)).body).toEqual(deleted(object));
    expect(await live(path)).toEqual(object);
  });

  test('of many at once answers with the list of them as they were', async () => {
    await create(world, 'a', {}, { metadata: { labels: { app: 'x' } } });
    await create(world, 'b', {}, { metadata: { labels: { app: 'x' }, finalizers: ['example.com/x'] } });
    await create(world, 'c');
    const { status, body } = await remove(`${world.widgets()}?labelSelector=app%3Dx`);
    expect([status, body.kind]).toEqual([200, 'WidgetList']);
    expect(body.items.map(({ metadata }) => metadata.name)).toEqual(['a', 'b']);
    const left = (await get(world.widgets())).body.items;
    expect(left.map(({ metadata }) => [metadata.name, metadata.deletionTimestamp !== undefined])).toEqual([
      ['b', true],
      ['c', false],
    ]);
    await mergePatch(world.widgets('b'), { metadata: { finalizers: null } });
  });
});

describe('preconditions', () => {
  const broken = (name: string, message: string): object =>
    refusal(409, 'Conflict', `Operation cannot be fulfilled on Widget.${group} "${name}": ${message}`, {
      name,
      group,
      kind: 'Widget',
    });

  test('the UID of another object', async () => {
    const { metadata } = await create(world, 'a');
    const answer = await remove(path, { preconditions: { uid: foreign } });
    expect(failure(answer)).toEqual(
      broken(
        'a',
        `the UID in the precondition (${foreign}) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`,
      ),
    );
    expect((await get(path)).status).toBe(200);
  });

  test('another resourceVersion', async () => {
    const { metadata } = await create(world, 'a');
    expect(failure(await remove(path, { preconditions: { resourceVersion: '1' } }))).toEqual(
      broken(
        'a',
        `the ResourceVersion in the precondition (1) does not match the ResourceVersion in record (${metadata.resourceVersion}). The object might have been modified`,
      ),
    );
  });

  test('that are met', async () => {
    const object = await create(world, 'a');
    const { uid, resourceVersion } = object.metadata;
    expect((await remove(path, { preconditions: { uid, resourceVersion } })).body).toEqual(deleted(object));
  });

  test('an absent object is absent first', async () => {
    expect(failure(await remove(path, { preconditions: { uid: foreign } }))).toEqual(notFound('a'));
  });

  test('hold for an object that is dying, too', async () => {
    await dying(['example.com/x']);
    expect((await remove(path, { preconditions: { uid: foreign } })).status).toBe(409);
    await mergePatch(path, { metadata: { finalizers: null } });
  });
});

describe('finalizers', () => {
  test('keep the object: 200 with the object, marked', async () => {
    const before = await create(world, 'a', {}, { metadata: { finalizers: ['example.com/x', 'example.com/y'] } });
    const { status, body } = await remove(path);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      kind: 'Widget',
      metadata: {
        uid: before.metadata.uid,
        // A deletion counts as a change of what is wanted.
        generation: 2,
        deletionGracePeriodSeconds: 0,
        deletionTimestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
        finalizers: ['example.com/x', 'example.com/y'],
      },
    });
    expect(await live(path)).toEqual(body);
    expect((await remove(path)).body).toEqual(body);
    await mergePatch(path, { metadata: { finalizers: null } });
  });

  test('the object is gone with the last of them', async () => {
    const { metadata } = await dying(['example.com/x', 'example.com/y']);
    const one = await mergePatch(path, { metadata: { finalizers: ['example.com/y'] } });
    expect(one.body.metadata).toMatchObject({ generation: 2, finalizers: ['example.com/y'] });
    const none = await mergePatch(path, { metadata: { finalizers: [] } });
    expect(none.status).toBe(200);
    expect(none.body.metadata).toMatchObject({ uid: metadata.uid, deletionTimestamp: metadata.deletionTimestamp });
    expect(none.body.metadata.finalizers).toBeUndefined();
    expect(failure(await get(path))).toEqual(notFound('a'));
    expect((await create(world, 'a')).metadata.uid).not.toBe(metadata.uid);
  });

  test('the last of them may also go by a replacement', async () => {
    const object = await dying(['example.com/x']);
    const { status } = await put(path, { ...object, metadata: { ...object.metadata, finalizers: [] } });
    expect([status, (await get(path)).status]).toEqual([200, 404]);
  });

  test('a watch tells of the mark as a change, and of the end', async () => {
    const { metadata } = await create(world, 'a', {}, { metadata: { finalizers: ['example.com/x'] } });
    const stream = await openWatch(`${world.widgets()}?watch=true&resourceVersion=${metadata.resourceVersion}`);
    const { body } = await remove(path);
    expect(await stream.next()).toEqual({ type: 'MODIFIED', object: body });
    await mergePatch(path, { metadata: { finalizers: null } });
    const last = await stream.next();
    expect([last.type, last.object.metadata['uid']]).toEqual(['DELETED', metadata.uid]);
    expect(last.object.metadata['deletionTimestamp']).toBe(body.metadata.deletionTimestamp);
    expect(stream.events).toHaveLength(2);
  });

  test('none can be added to an object that is dying', async () => {
    await dying(['example.com/x']);
    const answer = await mergePatch(path, { metadata: { finalizers: ['example.com/x', 'example.com/z'] } });
    const message =
      'Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"example.com/z"}';
    expect(failure(answer)).toMatchObject({
      http: 422,
      reason: 'Invalid',
      message: expect.stringContaining(`metadata.finalizers: ${message}`) as string,
    });
    expect(answer.body.details?.causes?.[0]).toEqual({
      reason: 'FieldValueForbidden',
      message,
      field: 'metadata.finalizers',
    });
    await mergePatch(path, { metadata: { finalizers: null } });
  });

  test('an object that is dying can be changed and applied to, but not brought back', async () => {
    const { metadata } = await dying(['example.com/x']);
    await mergePatch(path, { spec: { text: 'x' } });
    const applied = await apply(path, 'one', widget('a', { title: 'y' }));
    expect(applied.status).toBe(200);
    expect(applied.body.spec).toMatchObject({ text: 'x', title: 'y' });
    const { body } = await mergePatch(path, { metadata: { deletionTimestamp: null } });
    expect(body.metadata.deletionTimestamp).toBe(metadata.deletionTimestamp);
    await mergePatch(path, { metadata: { finalizers: null } });
  });

  test('the name of an object that is dying is taken', async () => {
    await dying(['example.com/x']);
    expect(failure(await post(world.widgets(), widget('a')))).toEqual(
      refusal(409, 'AlreadyExists', `object is being deleted: widgets.${group} "a" already exists`, {
        name: 'a',
        group,
        kind: 'widgets',
      }),
    );
    await mergePatch(path, { metadata: { finalizers: null } });
  });
});

describe('propagation', () => {
  test.each([
    ['Foreground', 'foregroundDeletion'],
    ['Orphan', 'orphan'],
  ])('%s puts the finalizer %s, which waits for a controller', async (propagationPolicy, finalizer) => {
    await create(world, 'a');
    const options = { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy };
    const { status, body } = await remove(path, options);
    expect(status).toBe(200);
    expect(body.metadata).toMatchObject({ generation: 2, finalizers: [finalizer], deletionGracePeriodSeconds: 0 });
    expect((await remove(path, options)).body).toEqual(body);
    // No controller waits for widgets.
    await mergePatch(path, { metadata: { finalizers: null } });
    expect((await get(path)).status).toBe(404);
  });

  test('Foreground comes after the other finalizers', async () => {
    await create(world, 'a', {}, { metadata: { finalizers: ['example.com/x'] } });
    const { body } = await remove(`${path}?propagationPolicy=Foreground`);
    expect(body.metadata.finalizers).toEqual(['example.com/x', 'foregroundDeletion']);
    await mergePatch(path, { metadata: { finalizers: ['foregroundDeletion'] } });
    expect((await get(path)).status).toBe(200);
    await mergePatch(path, { metadata: { finalizers: [] } });
    expect((await get(path)).status).toBe(404);
  });

  test('Background deletes at once, also what was to go in the foreground', async () => {
    const object = await create(world, 'a');
    await remove(path, { propagationPolicy: 'Foreground' });
    const { status, body } = await remove(path, { propagationPolicy: 'Background' });
    expect([status, body]).toEqual([200, deleted(object)]);
    expect((await get(path)).status).toBe(404);
  });

  test('an unknown policy is refused', async () => {
    await create(world, 'a');
    const answer = await remove(path, { propagationPolicy: 'Sideways' });
    expect(failure(answer)).toMatchObject({
      http: 422,
      reason: 'Invalid',
      message: expect.stringMatching(
        /^DeleteOptions\.meta\.k8s\.io "" is invalid: propagationPolicy: Unsupported value: "Sideways"/,
      ) as string,
      details: { kind: 'DeleteOptions', causes: [{ reason: 'FieldValueNotSupported', field: 'propagationPolicy' }] },
    });
  });

  test('a Function that goes in the foreground is gone soon', async () => {
    const functions = `/apis/core.openfunction.io/v1beta1/namespaces/${world.namespace}/functions`;
    const created = await admin.request('POST', functions, {
      apiVersion: 'core.openfunction.io/v1beta1',
      kind: 'Function',
      metadata: { name: 'a' },
      spec: { version: 'v1.0.0', image: 'x', serving: { runtime: 'knative', template: { containers: [] } } },
    });
    expect(created.status).toBe(201);
    const { body } = await remove(`${functions}/a`, { propagationPolicy: 'Foreground' });
    expect(body.metadata.finalizers).toEqual(['foregroundDeletion']);
    const stream = await openWatch(
      `${functions}?watch=true&fieldSelector=metadata.name%3Da&resourceVersion=${body.metadata.resourceVersion}`,
    );
    await stream.next(({ type }) => type === 'DELETED');
    expect((await call('GET', `${functions}/a`)).status).toBe(404);
  });
});
