import { openWatch, type Watch } from '../support/stream';
import { apply, get, mergePatch, remove } from './support/client';
import { group, installTypes } from './support/crds';
import { badRequest, create, failure, live, newWorld, refusal, widget, type World } from './support/world';

let world: World;
beforeAll(installTypes);
beforeEach(async () => {
  world = await newWorld();
});

/** Opens a watch of the widgets of this test. */
const watch = (query = ''): Promise<Watch> => openWatch(`${world.widgets()}?watch=true${query}`);

/** The resourceVersion of a list: where a watch goes on. */
const listVersion = async (): Promise<string> => (await get(world.widgets())).body.metadata.resourceVersion;

/** Events by type and name, for instance `ADDED a`. */
const brief = ({ events }: Watch): string[] => events.map(({ type, object }) => `${type} ${object.metadata.name}`);

/** Waits for the last event of a test, so that all events before it have come. */
async function settle(stream: Watch, name = 'last'): Promise<string[]> {
  await create(world, name, {}, { metadata: { labels: { app: 'x' } } });
  await stream.next(({ object }) => object.metadata.name === name);
  return brief(stream);
}

describe('a watch from a resourceVersion', () => {
  test('tells what happened since, in order, with the objects as they were', async () => {
    const a = await create(world, 'a', { text: '1' });
    const stream = await watch(`&resourceVersion=${await listVersion()}`);
    expect([stream.status, stream.contentType]).toEqual([200, 'application/json']);
    const b = await create(world, 'b');
    const changed = (await mergePatch(world.widgets('a'), { spec: { text: '2' } })).body;
    await remove(world.widgets('b'));

    expect(await stream.next()).toEqual({ type: 'ADDED', object: b });
    expect(await stream.next()).toEqual({ type: 'MODIFIED', object: changed });
    const { type, object } = await stream.next();
    expect([type, object.metadata.name, object.metadata['uid']]).toEqual(['DELETED', 'b', b.metadata.uid]);
    // The deletion has a resourceVersion of its own.
    expect(Number(object.metadata.resourceVersion)).toBeGreaterThan(Number(changed.metadata.resourceVersion));
    expect(Number(changed.metadata.resourceVersion)).toBeGreaterThan(Number(a.metadata.resourceVersion));
    expect(stream.events).toHaveLength(3);
  });

  test('catches up with what happened before it was opened', async () => {
    const { metadata } = await create(world, 'a');
    await mergePatch(world.widgets('a'), { spec: { text: 'x' } });
    await remove(world.widgets('a'));
    await create(world, 'b');
    const stream = await watch(`&resourceVersion=${metadata.resourceVersion}`);
    expect(await settle(stream)).toEqual(['MODIFIED a', 'DELETED a', 'ADDED b', 'ADDED last']);
  });

  test('goes on from an event as from a list', async () => {
    const first = await watch(`&resourceVersion=${await listVersion()}`);
    await create(world, 'a');
    const { object } = await first.next();
    first.close();
    await mergePatch(world.widgets('a'), { spec: { text: 'x' } });
    const second = await watch(`&resourceVersion=${object.metadata.resourceVersion}`);
    expect((await second.next()).type).toBe('MODIFIED');
  });

  test('an apply is told as the change that it is, once', async () => {
    const stream = await watch(`&resourceVersion=${await listVersion()}`);
    const at = world.widgets('a');
    await apply(at, 'one', widget('a', { color: 'red' }));
    await apply(at, 'one', widget('a', { color: 'red' }));
    await apply(at, 'one', widget('a', { color: 'blue' }), '&dryRun=All');
    await apply(at, 'two', widget('a', { color: 'blue' }));
    await apply(at, 'one', widget('a', { color: 'green' }));
    await mergePatch(`${at}/status`, { status: { phase: 'Up' } });
    expect(await settle(stream)).toEqual(['ADDED a', 'MODIFIED a', 'MODIFIED a', 'ADDED last']);
  });

  test('that is too old: an ERROR event with a Status of 410, then the end', async () => {
    const stream = await watch('&resourceVersion=1');
    expect(stream.status).toBe(200);
    expect(await stream.next()).toMatchObject({
      type: 'ERROR',
      object: {
        kind: 'Status',
        apiVersion: 'v1',
        status: 'Failure',
        reason: 'Expired',
        code: 410,
        message: expect.stringMatching(/^too old resource version: 1 \(\d+\)$/) as string,
      },
    });
    expect(await stream.ended()).toBe(true);
  });

  test('that is yet to come waits for it', async () => {
    const stream = await watch('&resourceVersion=999999999&timeoutSeconds=1');
    await create(world, 'a');
    expect([stream.status, await stream.ended(), stream.events]).toEqual([200, true, []]);
  });

  test('that is no number is refused', async () => {
    const answer = await get(`${world.widgets()}?watch=true&resourceVersion=abc`);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.body.message).toMatch(/resourceVersion: Invalid value: "abc"/);
  });
});

describe('a watch from nowhere', () => {
  test.each(['', '&resourceVersion=', '&resourceVersion=0'])(
    'begins with what there is, as ADDED (%j)',
    async (query) => {
      const a = await create(world, 'a');
      await create(world, 'b');
      await mergePatch(world.widgets('b'), { spec: { text: 'x' } });
      const stream = await watch(query);
      await stream.next();
      await stream.next();
      // In any order.
      expect(brief(stream).sort()).toEqual(['ADDED a', 'ADDED b']);
      expect(stream.events.find(({ object }) => object.metadata.name === 'a')?.object).toEqual(a);
      await remove(world.widgets('a'));
      expect(await stream.next()).toMatchObject({ type: 'DELETED', object: { metadata: { name: 'a' } } });
    },
  );
});

describe('the end of a watch', () => {
  test('comes after timeoutSeconds, cleanly', async () => {
    const begin = Date.now();
    const stream = await watch('&timeoutSeconds=1');
    expect(await stream.ended()).toBe(true);
    expect(Date.now() - begin).toBeGreaterThan(900);
    // Unless it is told, the server ends one after half an hour at the earliest.
    expect(Date.now() - begin).toBeLessThan(60_000);
  });

  test('needs a number', async () => {
    expect(failure(await get(`${world.widgets()}?watch=true&timeoutSeconds=abc`))).toEqual(
      badRequest(expect.stringContaining('strconv.ParseInt: parsing "abc": invalid syntax')),
    );
  });
});

describe('selectors of a watch', () => {
  test('objects come and go as they fit the labels', async () => {
    const stream = await watch(`&resourceVersion=${await listVersion()}&labelSelector=app%3Dx`);
    await create(world, 'a', {}, { metadata: { labels: { app: 'y' } } });
    const changes = [{ app: 'x' }, { app: 'x', more: 'yes' }, { app: 'y' }, { app: 'z' }, { app: 'x' }];
    for (const labels of changes) await mergePatch(world.widgets('a'), { metadata: { labels } });
    await remove(world.widgets('a'));
    expect(await settle(stream)).toEqual(['ADDED a', 'MODIFIED a', 'DELETED a', 'ADDED a', 'DELETED a', 'ADDED last']);
    // An object that leaves is shown as it was last seen, at the time it left.
    const [, modified, left] = stream.events;
    expect(left?.object.metadata.labels).toEqual({ app: 'x', more: 'yes' });
    expect(Number(left?.object.metadata.resourceVersion)).toBeGreaterThan(
      Number(modified?.object.metadata.resourceVersion),
    );
  });

  test('one object by its name', async () => {
    const stream = await watch(`&resourceVersion=${await listVersion()}&fieldSelector=metadata.name%3Dlast`);
    await create(world, 'a');
    await remove(world.widgets('a'));
    expect(await settle(stream)).toEqual(['ADDED last']);
  });

  test('one object by its name, from nowhere', async () => {
    await create(world, 'a');
    await create(world, 'b');
    const stream = await watch('&fieldSelector=metadata.name%3Db');
    await stream.next();
    await mergePatch(world.widgets('a'), { spec: { text: 'x' } });
    await remove(world.widgets('b'));
    await stream.next(({ type }) => type === 'DELETED');
    expect(brief(stream)).toEqual(['ADDED b', 'DELETED b']);
  });

  test.each([
    ['labelSelector', 'a b c', /^unable to parse requirement: found 'b', expected: /],
    ['fieldSelector', 'spec.text=x', /^field label not supported: spec\.text$/],
  ])('that nobody understands are refused: %s=%s', async (parameter, selector, message) => {
    const answer = await get(`${world.widgets()}?watch=true&${parameter}=${encodeURIComponent(selector)}`);
    expect(failure(answer)).toEqual(badRequest(expect.stringMatching(message)));
  });
});

describe('what can be watched', () => {
  test('all namespaces at once, or one of them by a field', async () => {
    const other = await newWorld();
    const from = await listVersion();
    const all = await openWatch(`/apis/${group}/v1/widgets?watch=true&resourceVersion=${from}`);
    const one = await openWatch(
      `/apis/${group}/v1/widgets?watch=true&resourceVersion=${from}&fieldSelector=metadata.namespace%3D${world.namespace}`,
    );
    await create(other, 'a');
    await create(world, 'a');
    await all.next(({ object }) => object.metadata.namespace === other.namespace);
    await all.next(({ object }) => object.metadata.namespace === world.namespace);
    await one.next();
    expect(one.events.map(({ object }) => object.metadata.namespace)).toEqual([world.namespace]);
  });

  test('another version of the type, with objects of that version', async () => {
    const stream = await openWatch(`${world.widgets(undefined, 'v1beta1')}?watch=true`);
    await create(world, 'a');
    expect((await stream.next()).object).toMatchObject({ apiVersion: `${group}/v1beta1`, kind: 'Widget' });
  });

  test('built-in types', async () => {
    const stream = await openWatch(`${world.core('configmaps')}?watch=1&fieldSelector=metadata.name%3Da`);
    const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { x: '1' } };
    const { body } = await apply(world.core('configmaps', 'a'), 'one', configMap);
    expect(await stream.next()).toEqual({ type: 'ADDED', object: body });
  });

  test('a namespace that does not exist: nothing comes', async () => {
    const stream = await openWatch(`/apis/${group}/v1/namespaces/absent/widgets?watch=true&timeoutSeconds=1`);
    expect([stream.status, await stream.ended(), stream.events]).toEqual([200, true, []]);
  });

  test('not an object by its path: that is a plain read', async () => {
    const a = await create(world, 'a');
    const { body } = await get(`${world.widgets('a')}?watch=true`);
    expect(body).toEqual(a);
  });

  test('watch=false is a list', async () => {
    expect((await get(`${world.widgets()}?watch=false`)).body.kind).toBe('WidgetList');
  });
});

test('bookmarks, when they come, have a kind and a resourceVersion, and no more', async () => {
  const stream = await watch(`&allowWatchBookmarks=true&timeoutSeconds=3&resourceVersion=${await listVersion()}`);
  await create(world, 'a');
  expect(await stream.ended()).toBe(true);
  expect(brief(stream).filter((event) => !event.startsWith('BOOKMARK'))).toEqual(['ADDED a']);
  for (const { object } of stream.events.filter(({ type }) => type === 'BOOKMARK')) {
    expect(object).toMatchObject({
      kind: 'Widget',
      apiVersion: `${group}/v1`,
      metadata: { resourceVersion: expect.stringMatching(/^\d+$/) as string },
    });
  }
});

test('many watches at once see the same', async () => {
  const from = await listVersion();
  const streams = await Promise.all(Array.from({ length: 10 }, () => watch(`&resourceVersion=${from}`)));
  for (const name of ['a', 'b', 'c']) await create(world, name);
  await Promise.all(streams.map((stream) => stream.next(({ object }) => object.metadata.name === 'c')));
  for (const stream of streams) expect(brief(stream)).toEqual(['ADDED a', 'ADDED b', 'ADDED c']);
});

test('a watch sees what a read sees', async () => {
  const stream = await watch(`&resourceVersion=${await listVersion()}`);
  await create(world, 'a', { color: 'red' });
  expect((await stream.next()).object).toEqual(await live(world.widgets('a')));
});

test('an absent type cannot be watched', async () => {
  expect((await get(`/apis/${group}/v1/nothings?watch=true`)).text).toBe('404 page not found\n');
  expect(failure(await get('/apis/apps/v1/nothings?watch=true'))).toEqual(
    refusal(404, 'NotFound', 'the server could not find the requested resource', {}),
  );
});
