import { get, remove } from './support/client';
import { group, installTypes } from './support/crds';
import { badRequest, create, failure, newWorld, refusal, worldOf, type World } from './support/world';

let world: World;
beforeAll(installTypes);

/** Names in a list, which must succeed. */
async function names(query = ''): Promise<string[]> {
  const { status, body } = await get(world.widgets() + query);
  expect([status, body.message]).toEqual([200, undefined]);
  return body.items.map(({ metadata }) => metadata.name);
}

describe('a list', () => {
  beforeAll(async () => {
    world = await newWorld();
    await create(world, 'b', {}, { metadata: { labels: { app: 'x', env: 'prod' } } });
    await create(world, 'a', {}, { metadata: { labels: { app: 'y' } } });
    await create(world, 'd', {}, { metadata: { labels: { env: 'dev' } } });
    await create(world, 'c');
  });

  test('is sorted by name, and has a kind and a resourceVersion', async () => {
    const { status, body } = await get(world.widgets());
    expect(status).toBe(200);
    expect(body).toMatchObject({ apiVersion: `${group}/v1`, kind: 'WidgetList' });
    expect(await names()).toEqual(['a', 'b', 'c', 'd']);
    const versions = body.items.map(({ metadata }) => Number(metadata.resourceVersion));
    expect(Number(body.metadata.resourceVersion)).toBeGreaterThanOrEqual(Math.max(...versions));
    expect(body.metadata.continue ?? '').toBe('');
    expect(body.items[0]).toEqual((await get(world.widgets('a'))).body);
  });

  test.each<[string, string[]]>([
    ['app=x', ['b']],
    ['app==x', ['b']],
    [' app = x ', ['b']],
    ['app!=x', ['a', 'c', 'd']],
    ['app', ['a', 'b']],
    ['!app', ['c', 'd']],
    ['env in (prod, dev)', ['b', 'd']],
    ['env notin (prod)', ['a', 'c', 'd']],
    ['app=x,env=prod', ['b']],
    ['app=x,env!=prod', []],
    ['app in (x,y),!env', ['a']],
    ['app=', []],
    ['', ['a', 'b', 'c', 'd']],
  ])('by labels: %j', async (selector, expected) => {
    expect(await names(`?labelSelector=${encodeURIComponent(selector)}`)).toEqual(expected);
  });

  test.each<[string, string[]]>([
    ['metadata.name=a', ['a']],
    ['metadata.name==a', ['a']],
    ['metadata.name!=a', ['b', 'c', 'd']],
    ['metadata.name=absent', []],
    ['metadata.namespace=absent', []],
    ['metadata.name=a,metadata.namespace!=absent', ['a']],
  ])('by fields: %j', async (selector, expected) => {
    expect(await names(`?fieldSelector=${encodeURIComponent(selector)}`)).toEqual(expected);
  });

  test.each<[string, string, RegExp]>([
    ['labelSelector', 'app in (x', /^unable to parse requirement: found '', expected: ',' or '\)'$/],
    ['labelSelector', '=x', /^found '=', expected: !, identifier, or 'end of string'$/],
    ['labelSelector', 'a=b=c', /^found '=', expected: ',' or 'end of string'$/],
    ['labelSelector', 'x y', /^unable to parse requirement: found 'y', expected: /],
    ['labelSelector', '-a=b', /^unable to parse requirement: .*"-a".*name part must consist of alphanumeric/],
    ['fieldSelector', 'spec.text=x', /^field label not supported: spec\.text$/],
    ['fieldSelector', 'metadata.name', /^invalid selector: 'metadata\.name'; can't understand 'metadata\.name'$/],
  ])('that nobody understands is refused: %s=%s', async (parameter, selector, message) => {
    const answer = await get(`${world.widgets()}?${parameter}=${encodeURIComponent(selector)}`);
    expect(failure(answer)).toEqual(badRequest(expect.stringMatching(message)));
  });

  test('of all namespaces holds those of each', async () => {
    const { body } = await get(`/apis/${group}/v1/widgets?labelSelector=env`);
    expect(body.items.map(({ metadata }) => `${metadata.namespace} ${metadata.name}`)).toEqual(
      expect.arrayContaining([`${world.namespace} b`, `${world.namespace} d`]),
    );
  });

  test('of a namespace that does not exist is empty', async () => {
    const { status, body } = await get(worldOf('absent').widgets());
    expect([status, body.kind, body.items]).toEqual([200, 'WidgetList', []]);
  });

  test.each(['0', '1'])('from resourceVersion %s is as new, in any order', async (resourceVersion) => {
    expect((await names(`?resourceVersion=${resourceVersion}`)).sort()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('from the future is a timeout, to be tried again', async () => {
    const answer = await get(`${world.widgets()}?resourceVersion=999999999`);
    const details = {
      retryAfterSeconds: 1,
      causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    };
    expect(failure(answer)).toEqual(
      refusal(
        504,
        'Timeout',
        expect.stringMatching(/^Timeout: Too large resource version: 999999999, current: \d+$/),
        details,
      ),
    );
    expect(answer.headers['retry-after']).toBe('1');
  });

  test('of a built-in type is of the same form', async () => {
    const { body } = await get(world.core('pods'));
    expect(body).toMatchObject({ apiVersion: 'v1', kind: 'PodList', items: [] });
    expect(body.metadata.resourceVersion).toMatch(/^\d+$/);
  });
});

describe('a list in parts', () => {
  beforeAll(async () => {
    world = await newWorld();
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      await create(world, name, {}, { metadata: { labels: { odd: 'yes' } } });
    }
  });

  test('goes on where it stopped, as it was', async () => {
    const first = await get(`${world.widgets()}?limit=2`);
    expect(first.body.items.map(({ metadata }) => metadata.name)).toEqual(['a', 'b']);
    expect(first.body.metadata.remainingItemCount).toBe(3);
    await create(world, 'bb');
    await remove(world.widgets('d'));

    const token = encodeURIComponent(first.body.metadata.continue ?? '');
    const second = await get(`${world.widgets()}?limit=2&continue=${token}`);
    expect(second.body.items.map(({ metadata }) => metadata.name)).toEqual(['c', 'd']);
    expect(second.body.metadata.remainingItemCount).toBe(1);
    expect(second.body.metadata.resourceVersion).toBe(first.body.metadata.resourceVersion);

    const third = await get(
      `${world.widgets()}?limit=2&continue=${encodeURIComponent(second.body.metadata.continue ?? '')}`,
    );
    expect(third.body.items.map(({ metadata }) => metadata.name)).toEqual(['e']);
    expect(third.body.metadata.continue ?? '').toBe('');
    expect(third.body.metadata.remainingItemCount).toBeUndefined();
  });

  test('a limit that is not reached leaves nothing over', async () => {
    const { metadata } = (await get(`${world.widgets()}?limit=50`)).body;
    expect([metadata.continue ?? '', metadata.remainingItemCount]).toEqual(['', undefined]);
  });

  test('with a selector nobody counts what remains', async () => {
    const { metadata } = (await get(`${world.widgets()}?limit=2&labelSelector=odd`)).body;
    expect(metadata.continue).toMatch(/./);
    expect(metadata.remainingItemCount).toBeUndefined();
  });

  test('does not go on from a token that is none, nor from another resourceVersion', async () => {
    expect(failure(await get(`${world.widgets()}?limit=2&continue=garbage`))).toEqual(
      badRequest(expect.stringMatching(/continue key is not valid: /)),
    );
    const token = encodeURIComponent((await get(`${world.widgets()}?limit=2`)).body.metadata.continue ?? '');
    const answer = await get(`${world.widgets()}?limit=2&resourceVersion=1&continue=${token}`);
    expect(answer.status).toBe(400);
    expect(answer.body.message).toMatch(
      /resource ?[vV]ersion is not allowed when using continue|resourceVersion: Invalid/,
    );
  });

  test('needs a number', async () => {
    expect((await get(`${world.widgets()}?limit=abc`)).status).toBe(400);
  });
});
