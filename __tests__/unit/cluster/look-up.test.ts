import type { Api } from '../../../src/cluster/api';
import { listNames, lookUp, servedGroups, type ObjectReference } from '../../../src/cluster/look-up';
import { NetworkFailure } from '../../../src/http/transport';
import type { ApiRequest } from '../../../src/cluster/types';
import { ClusterError } from '../../../src/errors';

/** What a server does with a request: it answers, or the way to it fails. */
type Reaction = { status?: number; body: unknown } | Error;

interface FakeApi {
  api: Api;
  /** What was asked for. */
  requests: ApiRequest[];
}

/** A cluster that reacts to each request in turn, and to all further ones as to the last. */
function fakeApi(...reactions: Reaction[]): FakeApi {
  const requests: ApiRequest[] = [];
  const refuse = (): never => {
    throw new Error('not expected');
  };
  const api: Api = {
    connection: {
      identity: { server: 'https://cluster', context: 'c', user: 'u', source: 's' },
      namespace: undefined,
      proxy: undefined,
      prepare: refuse,
      renewCredentials: refuse,
      abandon: refuse,
    },
    request(request) {
      const reaction = reactions[Math.min(requests.length, reactions.length - 1)];
      requests.push(request);
      if (reaction === undefined || reaction instanceof Error) {
        return Promise.reject(reaction ?? new Error('no reaction'));
      }
      const { status = 200, body } = reaction;
      return Promise.resolve({ status, body, serverTime: undefined, duration: 1, repeated: false });
    },
    stream: refuse,
  };
  return { api, requests };
}

const refusal = (status: number, more: object = {}): Reaction => ({
  status,
  body: { kind: 'Status', status: 'Failure', code: status, ...more },
});
const clusterError = (status?: number): ClusterError =>
  new ClusterError({ what: 'Refused.' }, status === undefined ? {} : { status });
const timeout = (): ClusterError =>
  new ClusterError(
    { what: 'Cannot reach it.' },
    { cause: new NetworkFailure('no answer', { code: 'ANSWER_TIMEOUT', reusedConnection: false }) },
  );
const refused = (): ClusterError =>
  new ClusterError(
    { what: 'Cannot reach it.' },
    { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) },
  );

/** Answers that tell nothing, whatever was asked. */
const untold: [string, Reaction, string][] = [
  ['an answer 403', refusal(403, { reason: 'Forbidden' }), 'not allowed'],
  ['an answer 500', refusal(500, { reason: 'InternalError' }), 'the server answers 500'],
  [
    'an answer 503 that is text',
    { status: 503, body: { kind: 'Status', message: 'no backend' } },
    'the server answers 503',
  ],
  ['an error with status 403', clusterError(403), 'not allowed'],
  ['an error with status 429', clusterError(429), 'the server answers 429'],
  ['an error with status 500', clusterError(500), 'the server answers 500'],
  ['no answer in time', timeout(), 'no answer within 5 s'],
];

/** Failures with which nothing else would work, either. */
const failures: [string, Error][] = [
  ['an error without status', clusterError()],
  ['a refused connection', refused()],
  ['a user whom the server does not know', clusterError(401)],
  ['an error of another kind', new TypeError('a bug')],
];

describe('an object', () => {
  const secret: ObjectReference = { group: '', version: 'v1', resource: 'secrets', namespace: 'n', name: 's' };

  test.each<[string, ObjectReference, Partial<ApiRequest>]>([
    [
      'of the core group',
      secret,
      {
        path: '/api/v1/namespaces/n/secrets/s',
        subject: { verb: 'get', group: '', resource: 'secrets', namespace: 'n', name: 's' },
      },
    ],
    [
      'of another group',
      { group: 'apps', version: 'v1', resource: 'deployments', namespace: 'n', name: 'd' },
      {
        path: '/apis/apps/v1/namespaces/n/deployments/d',
        subject: { verb: 'get', group: 'apps', resource: 'deployments', namespace: 'n', name: 'd' },
      },
    ],
    [
      'of the cluster',
      { group: 'shipwright.io', version: 'v1alpha1', resource: 'clusterbuildstrategies', name: 'ko' },
      {
        path: '/apis/shipwright.io/v1alpha1/clusterbuildstrategies/ko',
        subject: {
          verb: 'get',
          group: 'shipwright.io',
          resource: 'clusterbuildstrategies',
          namespace: undefined,
          name: 'ko',
        },
      },
    ],
    [
      'of odd names, which stay in their place',
      { ...secret, namespace: 'a/b', name: '../x?y=1' },
      {
        path: '/api/v1/namespaces/a%2Fb/secrets/..%2Fx%3Fy%3D1',
        subject: { verb: 'get', group: '', resource: 'secrets', namespace: 'a/b', name: '../x?y=1' },
      },
    ],
  ])('%s is asked for once, and not for long', async (_title, reference, expected) => {
    const { api, requests } = fakeApi({ body: { kind: 'Any', metadata: {} } });
    await lookUp(api, reference);
    expect(requests).toEqual([{ method: 'GET', patience: 5000, ...expected }]);
  });

  test.each<[string, object]>([
    ['whole', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { a: 'eA==' } }],
    ['without kind', { metadata: {} }],
  ])('is handed over as it is: %s', async (_title, body) => {
    expect(await lookUp(fakeApi({ body }).api, secret)).toEqual({ kind: 'object', object: body });
  });

  test.each<[string, Reaction, string]>([
    [
      'missing',
      refusal(404, { reason: 'NotFound', message: 'secrets "s" not found', details: { name: 's', kind: 'secrets' } }),
      'missing',
    ],
    [
      'missing with its namespace',
      refusal(404, {
        reason: 'NotFound',
        message: 'namespaces "n" not found',
        details: { name: 'n', kind: 'namespaces' },
      }),
      'missing',
    ],
    [
      'of a version that is unknown',
      refusal(404, {
        reason: 'NotFound',
        message: 'the server could not find the requested resource',
        details: {},
      }),
      'unknown type',
    ],
    [
      'of a group that is unknown',
      { status: 404, body: { kind: 'Status', message: '404 page not found' } },
      'unknown type',
    ],
  ])('is %s', async (_title, reaction, kind) => {
    expect(await lookUp(fakeApi(reaction).api, secret)).toEqual({ kind });
  });

  test.each<[string, Reaction, string]>([
    ...untold,
    [
      'a 404 that comes from elsewhere',
      { status: 404, body: { kind: 'Status', message: '<html>nothing here</html>' } },
      'the server answers 404',
    ],
    ['a 404 without words', { status: 404, body: {} }, 'the server answers 404'],
    [
      'a missing object with another status',
      refusal(410, { reason: 'NotFound', details: { name: 's' } }),
      'the server answers 410',
    ],
    ['an error about an answer 404', clusterError(404), 'the server answers 404'],
  ])('is not told with %s', async (_title, reaction, why) => {
    expect(await lookUp(fakeApi(reaction).api, secret)).toEqual({ kind: 'not told', why });
  });

  test.each<[string, unknown]>([
    ['an empty map', {}],
    ['nothing', null],
    ['a list', []],
    ['text', 'hello'],
    ['metadata of nothing', { kind: 'Secret', metadata: null }],
    ['a list as metadata', { kind: 'Secret', metadata: [] }],
    ['a Status', { kind: 'Status', status: 'Success', metadata: {} }],
  ])('is not told by %s', async (_title, body) => {
    expect(await lookUp(fakeApi({ body }).api, secret)).toMatchObject({ kind: 'not told' });
  });

  test.each(failures)('%s is for the caller', async (_title, error) => {
    await expect(lookUp(fakeApi(error).api, secret)).rejects.toBe(error);
  });
});

describe('groups', () => {
  const apps = { name: 'apps', versions: [{ groupVersion: 'apps/v1', version: 'v1' }] };

  test('are told with all their versions', async () => {
    const core = {
      name: 'core.openfunction.io',
      versions: [{ version: 'v1beta2' }, { version: 'v1beta1' }],
      preferredVersion: { version: 'v1beta2' },
    };
    const { api, requests } = fakeApi({ body: { kind: 'APIGroupList', groups: [apps, core] } });
    expect(await servedGroups(api)).toEqual(
      new Map([
        ['apps', ['v1']],
        ['core.openfunction.io', ['v1beta2', 'v1beta1']],
      ]),
    );
    expect(requests).toEqual([
      {
        method: 'GET',
        path: '/apis',
        patience: 5000,
        subject: { verb: 'get', group: '', resource: 'apigroups', namespace: undefined, name: '' },
      },
    ]);
  });

  test.each<[string, unknown[], [string, string[]][]]>([
    ['no groups at all', [], []],
    [
      'a group without versions',
      [{ name: 'a' }, apps],
      [
        ['a', []],
        ['apps', ['v1']],
      ],
    ],
    ['versions that are nothing', [{ name: 'a', versions: null }], [['a', []]]],
    ['versions that are a map', [{ name: 'a', versions: { version: 'v1' } }], [['a', []]]],
    ['no versions in the list', [{ name: 'a', versions: [] }], [['a', []]]],
    ['what is no group', [null, 'apps', 1, [], apps], [['apps', ['v1']]]],
  ])('survive %s', async (_title, groups, expected) => {
    expect(await servedGroups(fakeApi({ body: { groups } }).api)).toEqual(new Map(expected));
  });

  test.each<[string, Reaction, string]>(untold)('are not told with %s', async (_title, reaction, why) => {
    expect(await servedGroups(fakeApi(reaction).api)).toEqual({ kind: 'not told', why });
  });

  test.each([{ groups: null }, { groups: {} }, { groups: 'apps' }, {}, null, [], 'text'])(
    'are not told by %j',
    async (body) => {
      expect(await servedGroups(fakeApi({ body }).api)).toMatchObject({ kind: 'not told' });
    },
  );

  test.each(failures)('%s is for the caller', async (_title, error) => {
    await expect(servedGroups(fakeApi(error).api)).rejects.toBe(error);
  });

  test('are asked for once for a connection, also at the same time and through another Api', async () => {
    const { api, requests } = fakeApi({ body: { groups: [apps] } }, new Error('asked again'));
    const expected = new Map([['apps', ['v1']]]);
    expect(await Promise.all([servedGroups(api), servedGroups(api)])).toEqual([expected, expected]);
    expect(await servedGroups({ ...api })).toEqual(expected);
    expect(requests).toHaveLength(1);
  });

  test('are asked for of each connection', async () => {
    const one = fakeApi({ body: { groups: [apps] } });
    const other = fakeApi({ body: { groups: [] } });
    expect(await servedGroups(one.api)).toEqual(new Map([['apps', ['v1']]]));
    expect(await servedGroups(other.api)).toEqual(new Map());
    expect([one.requests.length, other.requests.length]).toEqual([1, 1]);
  });

  const reactions = [...untold, ...failures].map(([title, reaction]): [string, Reaction] => [title, reaction]);

  test.each(reactions)('are asked for again after %s', async (_title, reaction) => {
    const { api, requests } = fakeApi(reaction, { body: { groups: [apps] } });
    await servedGroups(api).catch(() => {});
    expect(await servedGroups(api)).toEqual(new Map([['apps', ['v1']]]));
    expect(await servedGroups(api)).toEqual(new Map([['apps', ['v1']]]));
    expect(requests).toHaveLength(2);
  });

  test('a failure is shared by all who asked for them meanwhile', async () => {
    const { api, requests } = fakeApi(clusterError());
    const answers = await Promise.allSettled([servedGroups(api), servedGroups(api), servedGroups(api)]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(requests).toHaveLength(1);
  });
});

describe('names', () => {
  const path = '/apis/shipwright.io/v1alpha1/clusterbuildstrategies';
  const names = (reaction: Reaction): Promise<string[] | undefined> =>
    listNames(fakeApi(reaction).api, path, 'clusterbuildstrategies');

  test('are those of the items', async () => {
    const { api, requests } = fakeApi({ body: { items: [{ metadata: { name: 'b' } }, { metadata: { name: 'a' } }] } });
    expect(await listNames(api, path, 'clusterbuildstrategies')).toEqual(['b', 'a']);
    expect(requests).toEqual([
      {
        method: 'GET',
        path,
        patience: 5000,
        subject: { verb: 'get', group: '', resource: 'clusterbuildstrategies', namespace: undefined, name: '' },
      },
    ]);
  });

  test('may be none', async () => {
    expect(await names({ body: { items: [] } })).toEqual([]);
  });

  test.each([{ items: null }, { items: {} }, {}, null, [], 'text'])('are not told by %j', async (body) => {
    expect(await names({ body })).toBeUndefined();
  });

  test.each(untold)('are not told with %s', async (_title, reaction) => {
    expect(await names(reaction)).toBeUndefined();
  });

  test.each([{}, null, 'text', { metadata: null }])('survive the item %j', async (item) => {
    const told = await names({ body: { items: [item, { metadata: { name: 'a' } }] } });
    expect(told).toContain('a');
  });

  test.each(failures)('%s is for the caller', async (_title, error) => {
    await expect(names(error)).rejects.toBe(error);
  });
});
