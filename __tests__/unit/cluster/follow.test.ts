import { setTimeout as pause } from 'node:timers/promises';
import { startSandbox, type Sandbox } from '../../../sandbox';
import type { Fault } from '../../../sandbox/faults/fault';
import { createAdmin, type Admin } from '../../../scripts/control-plane/admin';
import { createApi, type Api } from '../../../src/cluster/api';
import { openConnection } from '../../../src/cluster/connection';
import { followObjects, lookOnce, type Change, type Collection, type FollowPace } from '../../../src/cluster/follow';
import { follow } from '../../../src/cluster/share';
import { temporaryFolder } from '../../support/files';

const maps: Collection = {
  path: '/api/v1/namespaces/default/configmaps',
  subject: { group: '', resource: 'configmaps', namespace: 'default' },
};
const nothing: Collection = {
  path: '/apis/example.com/v1/namespaces/default/things',
  subject: { group: 'example.com', resource: 'things', namespace: 'default' },
};
const watch = { verb: 'watch', resource: 'configmaps' } as const;

interface Followed {
  sandbox: Sandbox;
  admin: Admin;
  api: Api;
  changes: Change[];
  /** Names that are there, by all that was told. */
  names: () => string[];
  put: (name: string) => Promise<unknown>;
  /** How many watches there were, once following has ended: the server notes a watch when it ends. */
  watches: () => Promise<number>;
}

const ends: (() => unknown)[] = [];
afterEach(() => Promise.all(ends.splice(0).map((end) => end())));

async function setUp(faults: Fault[] = []): Promise<Followed> {
  const sandbox = await startSandbox({ scenario: { faults } });
  const folder = temporaryFolder({ config: sandbox.kubeconfig });
  const connection = await openConnection({ kubeconfig: `${folder}/config` });
  ends.push(
    () => connection.abandon(),
    () => sandbox.stop(),
  );
  const admin = createAdmin({ ...sandbox, token: sandbox.tokens.admin });
  const changes: Change[] = [];
  return {
    sandbox,
    admin,
    api: createApi(connection),
    changes,
    names: () => namesOf(changes),
    put: (name) => admin.request('POST', maps.path, { metadata: { name } }),
    watches: async () => {
      while (ends.length > 2) await ends.shift()?.();
      await pause(100);
      return sandbox.requests().filter(({ verb, userAgent }) => verb === 'watch' && userAgent.startsWith('ofn/'))
        .length;
    },
  };
}

function namesOf(changes: readonly Change[]): string[] {
  const known = new Set<string>();
  for (const change of changes) {
    if (change.type === 'seen') known.add(change.object.metadata.name);
    if (change.type === 'deleted') known.delete(change.object.metadata.name);
    if (change.type !== 'listed') continue;
    known.clear();
    for (const { metadata } of change.objects) known.add(metadata.name);
  }
  return [...known].sort();
}

function begin({ api, changes }: Followed, collection = maps, pace: Partial<FollowPace> = {}): void {
  const stop = new AbortController();
  const done = followObjects(api, collection, {
    signal: stop.signal,
    tell: (change) => void changes.push(change),
    pace,
  });
  ends.unshift(() => {
    stop.abort();
    return done;
  });
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('it never came');
    await pause(20);
  }
}

test('what was there, comes and goes is told', async () => {
  const followed = await setUp();
  await followed.put('a');
  begin(followed);
  await until(() => followed.names().join() === 'a');
  await followed.put('b');
  await followed.admin.request('DELETE', `${maps.path}/a`);
  await until(() => followed.names().join() === 'b');
  expect(await followed.watches()).toBe(1);
});

/** Fault 16: nobody says that the connection is dead. */
test('a watch that falls silent is given up after a while, and nothing is missed', async () => {
  const followed = await setUp([{ on: watch, times: 1, stream: { afterLines: 1, end: 'silence' } }]);
  await followed.put('a');
  begin(followed, maps, { idle: 300 });
  await until(() => followed.names().join() === 'a');
  await followed.put('b');
  await until(() => followed.names().join() === 'a,b');
});

test.each<[string, Fault[]]>([
  ['that is too old', [{ on: watch, times: 1, stream: { afterLines: 1, end: 'gone' } }]],
  ['that ends within a line', [{ on: watch, times: 1, stream: { afterLines: 1, end: 'partial-line' } }]],
  ['that is refused', [{ on: watch, times: 1, answer: { status: 410, reason: 'Expired', message: 'too old' } }]],
  ['that is not allowed', [{ on: watch, answer: { status: 403, reason: 'Forbidden', message: 'configmaps is forbidden: User "u" cannot watch' } }]],
])('a watch %s is made good', async (_title, faults) => {
  const followed = await setUp(faults);
  await followed.put('a');
  begin(followed, maps, { poll: 50 });
  await until(() => followed.names().join() === 'a');
  await followed.put('b');
  await followed.admin.request('DELETE', `${maps.path}/a`);
  await until(() => followed.names().join() === 'b');
}); // prettier-ignore

const forbidden = (verb: Fault['on']['verb']): Fault => ({
  on: { verb, resource: 'configmaps' },
  answer: { status: 403, reason: 'Forbidden', message: 'configmaps is forbidden: User "u" cannot list' },
});

describe('a refusal of what was allowed before', () => {
  const broken: Fault = { on: watch, times: 1, stream: { afterLines: 1, end: 'close' } };

  test('is not believed at once: the server may have just started', async () => {
    const followed = await setUp([broken, { ...forbidden('watch'), after: 1, times: 3 }, forbidden('list')]);
    await followed.put('a');
    begin(followed, maps, { retry: 10 });
    await until(() => followed.names().join() === 'a');
    await followed.put('b');
    await until(() => followed.names().join() === 'a,b');
    expect(await followed.watches()).toBe(5);
  });

  test('is believed when it lasts', async () => {
    const followed = await setUp([broken, { ...forbidden('watch'), after: 1 }, forbidden('list')]);
    await followed.put('a');
    begin(followed, maps, { retry: 1, longestRetry: 10, poll: 10 });
    await until(() => followed.names().join() === 'a');
    await followed.put('b');
    await until(() => followed.changes.some(({ type }) => type === 'blind'));
    expect(followed.changes.at(-1)).toMatchObject({ type: 'blind', why: 'not allowed' });
    expect(await followed.watches()).toBe(11);
  });
});

test('an object that has not changed for long, and whose version is too old, is followed from now on', async () => {
  const world = await setUp();
  await world.put('a');
  const { body } = await world.admin.request('GET', `${maps.path}/a`);
  const { resourceVersion } = body['metadata'] as { resourceVersion: string };
  await world.put('b');
  // As after a restart of the server.
  world.sandbox.state.store.compact();
  const stop = new AbortController();
  const done = followObjects(
    world.api,
    { ...maps, names: ['a'] },
    { signal: stop.signal, tell: (change) => void world.changes.push(change), from: resourceVersion },
  );
  ends.unshift(() => {
    stop.abort();
    return done;
  });
  while (world.changes.length === 0) await pause(20);
  await pause(1500);
  await world.admin.request('DELETE', `${maps.path}/a`);
  while (world.names().length > 0) await pause(20);
  expect(await world.watches()).toBe(2);
});

test('who may neither watch nor list may read by name', async () => {
  const followed = await setUp([forbidden(['list', 'watch'])]);
  await followed.put('a');
  await followed.put('c');
  begin(followed, { ...maps, names: ['a', 'b'] }, { poll: 50 });
  await until(() => followed.names().join() === 'a');
  await followed.put('b');
  await until(() => followed.names().join() === 'a,b');
});

test.each<[string, Collection, Fault[], string]>([
  ['what may not be looked at', maps, [forbidden(['list', 'watch'])], 'not allowed'],
  [
    'what may not be looked at by name',
    { ...maps, names: ['a'] },
    [forbidden(['get', 'list', 'watch'])],
    'not allowed',
  ],
  ['a type that is not there', nothing, [], 'unknown type'],
])('%s is told, once', async (_title, collection, faults, why) => {
  const followed = await setUp(faults);
  begin(followed, collection, { poll: 20 });
  await until(() => followed.changes.length > 0);
  await pause(100);
  expect(followed.changes).toMatchObject([{ type: 'blind', why }]);
  const looked: Change[] = [];
  await lookOnce(followed.api, collection, (change) => looked.push(change), new AbortController().signal);
  expect(looked).toMatchObject([{ type: 'blind', why }]);
});

test('who is no longer logged in is told so', async () => {
  const { api } = await setUp([
    { on: watch, answer: { status: 401, reason: 'Unauthorized', message: 'Unauthorized' } },
  ]);
  const following = followObjects(api, maps, { signal: new AbortController().signal, tell: () => {} });
  await expect(following).rejects.toThrow('Not logged in');
});

describe('shared', () => {
  const join = ({ api }: Followed, collection: Collection): { changes: Change[]; leave: () => void } => {
    const changes: Change[] = [];
    const leave = follow(api, collection, { tell: (change) => void changes.push(change), fail: () => {} });
    ends.unshift(leave);
    return { changes, leave };
  };

  test('many follow with one watch, and who comes late learns what is known', async () => {
    const followed = await setUp();
    await followed.put('a');
    const first = join(followed, maps);
    await until(() => namesOf(first.changes).join() === 'a');
    const second = join(followed, maps);
    expect(namesOf(second.changes)).toEqual(['a']);
    await followed.put('b');
    await until(() => namesOf(first.changes).join() === 'a,b' && namesOf(second.changes).join() === 'a,b');
    expect(await followed.watches()).toBe(1);
  });

  test('those who want different parts share the whole', async () => {
    const followed = await setUp();
    await followed.put('a');
    const one = join(followed, { ...maps, names: ['a'] });
    await until(() => namesOf(one.changes).join() === 'a');
    const others = ['b', 'c', 'd'].map((name) => join(followed, { ...maps, names: [name] }));
    await followed.put('d');
    await until(() => others.every(({ changes }) => namesOf(changes).includes('d')));
    expect(await followed.watches()).toBe(2);
  });

  test('who may not list, and joins while the others are read, does not take his for gone', async () => {
    const followed = await setUp([
      forbidden('list'),
      { on: { verb: 'get', resource: 'configmaps' }, times: 2, delay: 300 },
    ]);
    for (const name of ['c', 'a', 'b']) await followed.put(name);
    const first = join(followed, { ...maps, names: ['a'] });
    await until(() => namesOf(first.changes).join() === 'a');
    join(followed, { ...maps, names: ['b'] });
    await pause(100);
    const last = join(followed, { ...maps, names: ['c'] });
    await until(() => last.changes.some(({ type }) => type === 'listed'));
    expect(namesOf(last.changes)).toEqual(['a', 'b', 'c']);
  });

  test('the last who leaves ends it', async () => {
    const followed = await setUp();
    const { changes, leave } = join(followed, maps);
    await followed.put('a');
    await until(() => namesOf(changes).join() === 'a');
    leave();
    await followed.put('b');
    await pause(200);
    expect(namesOf(changes)).toEqual(['a']);
  });
});
