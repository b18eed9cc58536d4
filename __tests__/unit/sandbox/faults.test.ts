import type { Sandbox } from '../../../sandbox';
import { createFaultPicker, type Fault, type FaultyRequest } from '../../../sandbox/faults/fault';
import { start } from './support/cluster';
import { ask, send } from './support/wire';

describe('which requests a fault befalls', () => {
  const request: FaultyRequest = {
    verb: 'patch',
    resource: 'functions',
    subresource: '',
    namespace: 'default',
    name: 'f',
    user: 'admin',
  };
  const late = (on: Fault['on'], more: Omit<Fault, 'on'> = {}): Fault => ({ on, delay: 1, ...more });

  test.each<[string, Fault['on'], Partial<FaultyRequest>, boolean]>([
    ['all', {}, {}, true],
    ['a verb', { verb: 'patch' }, {}, true],
    ['another verb', { verb: 'get' }, {}, false],
    ['one of some verbs', { verb: ['get', 'patch'] }, {}, true],
    ['none of some verbs', { verb: ['get', 'list'] }, {}, false],
    ['a resource', { resource: 'functions' }, {}, true],
    ['another resource', { resource: 'pods' }, {}, false],
    ['a subresource', { resource: 'pods/log' }, { resource: 'pods', subresource: 'log' }, true],
    ['a resource, not its subresource', { resource: 'functions' }, { subresource: 'status' }, false],
    ['a namespace', { namespace: 'default' }, {}, true],
    ['another namespace', { namespace: 'team' }, {}, false],
    ['a name', { name: 'f' }, {}, true],
    ['another name', { name: 'g' }, {}, false],
    ['a user', { user: 'admin' }, {}, true],
    ['another user', { user: 'nobody' }, {}, false],
    ['all that is named', { verb: 'patch', resource: 'functions', user: 'nobody' }, {}, false],
  ])('those with %s', (_title, on, changes, expected) => {
    expect(createFaultPicker([late(on)])({ ...request, ...changes }).length).toBe(expected ? 1 : 0);
  });

  test.each<[string, Omit<Fault, 'on'>, string]>([
    ['all', {}, 'xxxxx'],
    ['the first two', { times: 2 }, 'xx---'],
    ['all after two', { after: 2 }, '--xxx'],
    ['one after two', { after: 2, times: 1 }, '--x--'],
    ['none', { times: 0 }, '-----'],
  ])('%s of them', (_title, more, expected) => {
    const pick = createFaultPicker([late({}, more)]);
    const befallen = Array.from({ length: 5 }, () => (pick(request).length > 0 ? 'x' : '-'));
    expect(befallen.join('')).toBe(expected);
  });

  test('only those that fit are counted', () => {
    const pick = createFaultPicker([late({ verb: 'patch' }, { after: 1 })]);
    expect([pick(request), pick({ ...request, verb: 'get' }), pick(request)].map(({ length }) => length)).toEqual([
      0, 0, 1,
    ]);
  });

  test('several may befall the same, in their order', () => {
    const faults = [late({ verb: 'patch' }), late({ verb: 'get' }), late({}, { times: 1 })];
    const pick = createFaultPicker(faults);
    expect([pick(request), pick(request)]).toEqual([[faults[0], faults[2]], [faults[0]]]);
  });
});

const configMaps = '/api/v1/namespaces/default/configmaps';
const configMap = (name: string, data: Record<string, string> = {}): object => ({ metadata: { name }, data });
const withFaults = (...faults: Fault[]): Promise<Sandbox> => start({ scenario: { faults } });

/** The names of the stored ConfigMaps. */
function stored({ state }: Sandbox): string[] {
  return state.store.list('configmaps.').map(({ metadata }) => metadata.name);
}

const create = (sandbox: Sandbox, name: string): ReturnType<typeof ask> =>
  ask(sandbox, 'POST', configMaps, { body: configMap(name, { a: '1' }) });

describe('an answer that is late', () => {
  test('comes after that time, and is a good one', async () => {
    const sandbox = await withFaults({ on: { verb: 'create' }, delay: 80 });
    const begin = performance.now();
    expect((await create(sandbox, 'a')).status).toBe(201);
    expect(performance.now() - begin).toBeGreaterThanOrEqual(79);
  });

  test('may be a refusal', async () => {
    const sandbox = await withFaults({ on: {}, delay: 20, answer: { status: 503, message: 'no' } });
    expect(await create(sandbox, 'a')).toMatchObject({ status: 503, text: 'no' });
  });
});

describe('a connection that breaks', () => {
  test('before the request is handled changes nothing', async () => {
    const sandbox = await withFaults({ on: { verb: 'create' }, times: 1, reset: 'before' });
    await expect(create(sandbox, 'a')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(stored(sandbox)).toEqual([]);
    expect((await create(sandbox, 'a')).status).toBe(201);
  });

  test('after the request was handled leaves the change', async () => {
    const sandbox = await withFaults({ on: { verb: 'create' }, times: 1, reset: 'after' });
    await expect(create(sandbox, 'a')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(stored(sandbox)).toEqual(['a']);
    expect((await create(sandbox, 'a')).status).toBe(409);
  });

  test('within the answer leaves the change and half of its words', async () => {
    const sandbox = await withFaults({ on: { verb: 'create' }, times: 1, reset: 'midway' });
    const { status, end, text, headers } = await create(sandbox, 'a');
    expect([status, end]).toEqual([201, 'broken']);
    expect(text).toMatch(/^\{/);
    expect(text.length).toBe(Math.ceil(Number(headers['content-length']) / 2));
    expect(stored(sandbox)).toEqual(['a']);
  });

  test('within a refusal, too', async () => {
    const sandbox = await withFaults({ on: { verb: 'get' }, reset: 'midway' });
    expect(await ask(sandbox, 'GET', `${configMaps}/absent`)).toMatchObject({ status: 404, end: 'broken' });
  });
});

describe('a refusal', () => {
  test('in the words of the API is a Status', async () => {
    const answer = { status: 429, reason: 'TooManyRequests', message: 'try again later', retryAfter: 7 };
    const sandbox = await withFaults({ on: { verb: 'create' }, times: 1, answer });
    const { status, headers, text } = await create(sandbox, 'a');
    expect([status, headers['retry-after'], headers['content-type']]).toEqual([429, '7', 'application/json']);
    expect(JSON.parse(text)).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'try again later',
      reason: 'TooManyRequests',
      details: { retryAfterSeconds: 7 },
      code: 429,
    });
    expect(stored(sandbox)).toEqual([]);
    expect((await create(sandbox, 'a')).status).toBe(201);
  });

  test('without a reason is plain text, as of a proxy', async () => {
    const answer = { status: 502, message: '<html>Bad Gateway</html>', retryAfter: 1 };
    const sandbox = await withFaults({ on: {}, answer });
    expect(await create(sandbox, 'a')).toMatchObject({
      status: 502,
      headers: { 'content-type': 'text/plain', 'retry-after': '1' },
      text: '<html>Bad Gateway</html>',
    });
  });

  test('comes in place of what the server would say', async () => {
    const answer = { status: 401, reason: 'Unauthorized', message: 'Unauthorized' };
    const sandbox = await withFaults({ on: { user: 'nobody' }, answer });
    const token = sandbox.tokens.nobody;
    expect((await ask(sandbox, 'GET', configMaps, { token })).status).toBe(401);
    expect((await ask(sandbox, 'GET', configMaps)).status).toBe(200);
  });

  test('does not befall what is no resource', async () => {
    const sandbox = await withFaults({ on: {}, answer: { status: 503, message: 'no' } });
    expect((await ask(sandbox, 'GET', '/version')).status).toBe(200);
  });
});

/** The types and names of the events in a watch. */
function eventsIn(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { type: string; object: { metadata: { name?: string }; message?: string } })
    .map(({ type, object }) => `${type} ${object.metadata.name ?? object.message ?? ''}`);
}

describe('a watch', () => {
  const watch = `${configMaps}?watch=true`;
  const withWatch = (stream: Fault['stream']): Promise<Sandbox> =>
    withFaults({ on: { verb: 'watch' }, times: 1, ...(stream && { stream }) });

  test('ends cleanly after so many events', async () => {
    const sandbox = await withWatch({ afterLines: 2, end: 'close' });
    for (const name of ['a', 'b', 'c']) await create(sandbox, name);
    const { end, text, status } = await ask(sandbox, 'GET', watch);
    expect([status, end, eventsIn(text)]).toEqual([200, 'complete', ['ADDED a', 'ADDED b']]);
  });

  test('breaks after so many events, which have come through', async () => {
    const sandbox = await withWatch({ afterLines: 2, end: 'reset' });
    for (const name of ['a', 'b', 'c']) await create(sandbox, name);
    const { end, text } = await ask(sandbox, 'GET', watch);
    expect([end, eventsIn(text)]).toEqual(['broken', ['ADDED a', 'ADDED b']]);
  });

  test('ends with an event that says that it is too old', async () => {
    const sandbox = await withWatch({ afterLines: 1, end: 'gone' });
    for (const name of ['a', 'b']) await create(sandbox, name);
    const { end, text } = await ask(sandbox, 'GET', watch);
    expect([end, eventsIn(text)]).toEqual(['complete', ['ADDED a', 'ERROR too old resource version']]);
    expect(text).toContain('"reason":"Expired","code":410');
  });

  test('ends within an event', async () => {
    const sandbox = await withWatch({ afterLines: 1, end: 'partial-line' });
    for (const name of ['a', 'b']) await create(sandbox, name);
    const { end, text } = await ask(sandbox, 'GET', watch);
    const [first = '', rest = ''] = text.split('\n');
    expect([end, eventsIn(first), rest.startsWith('{"type":"ADDED"')]).toEqual(['complete', ['ADDED a'], true]);
    expect(() => JSON.parse(rest) as unknown).toThrow();
  });

  test('falls silent, and stays open', async () => {
    const sandbox = await withWatch({ afterLines: 1, end: 'silence' });
    await create(sandbox, 'a');
    const silent = await send(sandbox, 'GET', watch);
    const other = await send(sandbox, 'GET', watch);
    for (const name of ['b', 'c']) await create(sandbox, name);
    await other.until((text) => eventsIn(text).length === 3);
    expect(eventsIn(silent.text())).toEqual(['ADDED a']);
    const state = await Promise.race([silent.end, other.end, Promise.resolve('open')]);
    expect(state).toBe('open');
  });

  test('falls silent even when its time is over', async () => {
    const sandbox = await withWatch({ end: 'silence' });
    await create(sandbox, 'a');
    const silent = await send(sandbox, 'GET', `${watch}&timeoutSeconds=1`);
    const other = await send(sandbox, 'GET', `${watch}&timeoutSeconds=1`);
    expect(await other.end).toBe('complete');
    expect([silent.text(), await Promise.race([silent.end, Promise.resolve('open')])]).toEqual(['', 'open']);
  });

  test('comes byte by byte, even within characters', async () => {
    const sandbox = await withWatch({ byteByByte: true, afterLines: 1, end: 'close' });
    await ask(sandbox, 'POST', configMaps, { body: configMap('a', { text: 'für 你好 🎉' }) });
    const received = await send(sandbox, 'GET', watch);
    await received.until((text) => text.endsWith('\n'));
    expect(new Set(received.chunks.map(({ length }) => length))).toEqual(new Set([1]));
    expect(JSON.parse(received.text())).toMatchObject({ object: { data: { text: 'für 你好 🎉' } } });
  });

  test('is whole without a fault', async () => {
    const sandbox = await withFaults({ on: { verb: 'list' }, stream: { end: 'close' } });
    await create(sandbox, 'a');
    const received = await send(sandbox, 'GET', watch);
    await received.until((text) => eventsIn(text).length === 1);
    await create(sandbox, 'b');
    await received.until((text) => text.includes('"name":"b"'));
    expect(eventsIn(received.text())).toEqual(['ADDED a', 'ADDED b']);
  });
});

describe('a log', () => {
  const pods = '/api/v1/namespaces/default/pods';

  /** A sandbox with a pod that has written three lines. */
  async function withLog(stream: Fault['stream']): Promise<{ sandbox: Sandbox; uid: string }> {
    const sandbox = await start({
      controllers: false,
      scenario: { faults: [{ on: { resource: 'pods/log' }, times: 1, ...(stream && { stream }) }] },
    });
    const spec = { nodeName: 'n', containers: [{ name: 'main', image: 'i' }] };
    const { text } = await ask(sandbox, 'POST', pods, { body: { metadata: { name: 'p' }, spec } });
    const { uid } = (JSON.parse(text) as { metadata: { uid: string } }).metadata;
    for (const line of ['one', 'zwölf', 'three']) sandbox.logs.write(uid, 'main', line);
    return { sandbox, uid };
  }

  test.each<[NonNullable<Fault['stream']>['end'], string, string]>([
    ['close', 'complete', 'one\n'],
    ['reset', 'broken', 'one\n'],
    ['partial-line', 'complete', 'one\nzwö'],
  ])('ends by %s', async (fault, end, text) => {
    const { sandbox } = await withLog({ afterLines: 1, ...(fault && { end: fault }) });
    expect(await ask(sandbox, 'GET', `${pods}/p/log?follow=true`)).toMatchObject({ status: 200, end, text });
  });

  test('falls silent', async () => {
    const { sandbox, uid } = await withLog({ afterLines: 1, end: 'silence' });
    const silent = await send(sandbox, 'GET', `${pods}/p/log?follow=true`);
    const other = await send(sandbox, 'GET', `${pods}/p/log?follow=true`);
    sandbox.logs.write(uid, 'main', 'four');
    sandbox.logs.end(uid, 'main');
    expect(await other.end).toBe('complete');
    expect(other.text()).toBe('one\nzwölf\nthree\nfour\n');
    expect([silent.text(), await Promise.race([silent.end, Promise.resolve('open')])]).toEqual(['one\n', 'open']);
  });

  test('comes byte by byte', async () => {
    const { sandbox } = await withLog({ byteByByte: true });
    const received = await send(sandbox, 'GET', `${pods}/p/log`);
    expect(await received.end).toBe('complete');
    expect(received.text()).toBe('one\nzwölf\nthree\n');
    expect(new Set(received.chunks.map(({ length }) => length))).toEqual(new Set([1]));
  });
});

test.each([
  ['/api/v1/%zz', 400],
  ['//', 404],
])('the path %s is no harm', async (path, expected) => {
  const sandbox = await start();
  expect((await ask(sandbox, 'GET', path)).status).toBe(expected);
  expect((await ask(sandbox, 'GET', '/version')).status).toBe(200);
});
