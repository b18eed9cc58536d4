import { get, mergePatch, post, remove } from './support/client';
import { failure, newWorld, refusal, badRequest, type World } from './support/world';

let world: World;
beforeEach(async () => {
  world = await newWorld();
});

/** The error for an object of a built-in type that breaks one rule. */
function broken(kind: string, name: string, field: string, reason: string, message: string, group?: string): object {
  return refusal(422, 'Invalid', `${kind}${group ? `.${group}` : ''} "${name}" is invalid: ${field}: ${message}`, {
    name,
    kind,
    ...(group && { group }),
    causes: [{ field, reason: `FieldValue${reason}`, message }],
  });
}

describe('Secrets', () => {
  const secrets = (name?: string): string => world.core('secrets', name);

  test('hold base64; stringData is written into data', async () => {
    const secret = { metadata: { name: 'a' }, stringData: { a: 'hello' }, data: { b: 'aGk=' } };
    const { status, body } = await post(secrets(), secret);
    expect(status).toBe(201);
    expect(body).toMatchObject({ kind: 'Secret', apiVersion: 'v1', type: 'Opaque' });
    expect(body['data']).toEqual({ a: 'aGVsbG8=', b: 'aGk=' });
    expect(body['stringData']).toBeUndefined();
  });

  test('that are no base64 are refused', async () => {
    const answer = await post(secrets(), { metadata: { name: 'a' }, data: { b: '!!!' } });
    expect(failure(answer)).toEqual(
      badRequest(
        expect.stringMatching(
          /^Secret in version "v1" cannot be handled as a Secret: .*illegal base64 data at input byte 0/,
        ),
      ),
    );
  });

  test('for image registries need their key, and a type stays', async () => {
    const secret = (data: object): object => ({
      metadata: { name: 'a' },
      type: 'kubernetes.io/dockerconfigjson',
      data,
    });
    expect(failure(await post(secrets(), secret({})))).toEqual(
      broken('Secret', 'a', 'data[.dockerconfigjson]', 'Required', 'Required value'),
    );
    const config = Buffer.from('{"auths":{}}').toString('base64');
    expect((await post(secrets(), secret({ '.dockerconfigjson': config }))).status).toBe(201);
    const message = 'Invalid value: "Opaque": field is immutable';
    const answer = await mergePatch(secrets('a'), { type: 'Opaque' });
    expect(failure(answer)).toMatchObject({ http: 422, details: { causes: [{ field: 'type', message }] } });
  });

  test('keys have a form', async () => {
    const answer = await post(secrets(), { metadata: { name: 'a' }, data: { 'a b': 'aGk=' } });
    expect(failure(answer)).toMatchObject({
      http: 422,
      details: { name: 'a', kind: 'Secret', causes: [{ field: 'data[a b]' }] },
    });
  });
});

describe('ConfigMaps', () => {
  const configMaps = (name?: string): string => world.core('configmaps', name);

  test('are stored as they are, and need no apiVersion and kind', async () => {
    const { status, body } = await post(configMaps(), { metadata: { name: 'a' }, data: { x: '1' } });
    expect([status, body.kind, body.apiVersion, body['data']]).toEqual([201, 'ConfigMap', 'v1', { x: '1' }]);
    expect(body.metadata.generation).toBeUndefined();
  });

  test('hold texts only', async () => {
    const answer = await post(configMaps(), { metadata: { name: 'a' }, data: { x: 1 } });
    expect(failure(answer)).toEqual(
      badRequest(expect.stringMatching(/^ConfigMap in version "v1" cannot be handled as a ConfigMap: /)),
    );
  });

  test('errors name them without a group', async () => {
    expect(failure(await get(configMaps('absent')))).toEqual(
      refusal(404, 'NotFound', 'configmaps "absent" not found', { name: 'absent', kind: 'configmaps' }),
    );
    await post(configMaps(), { metadata: { name: 'a' } });
    expect(failure(await post(configMaps(), { metadata: { name: 'a' } }))).toEqual(
      refusal(409, 'AlreadyExists', 'configmaps "a" already exists', { name: 'a', kind: 'configmaps' }),
    );
  });
});

describe('Events', () => {
  const old = (name?: string): string => world.core('events', name);
  const young = (name?: string): string =>
    `/apis/events.k8s.io/v1/namespaces/${world.namespace}/events${name === undefined ? '' : `/${name}`}`;
  const subject = (): object => ({
    apiVersion: 'contract.example.com/v1',
    kind: 'Widget',
    name: 'a',
    namespace: world.namespace,
    uid: 'u-1',
  });
  const oldEvent = (): object => ({
    ...{
      metadata: { name: 'old' },
      involvedObject: subject(),
      reason: 'Failed',
      message: 'no',
      type: 'Warning',
      count: 3,
    },
    ...{
      firstTimestamp: '2026-01-01T00:00:00Z',
      lastTimestamp: '2026-01-01T00:00:05Z',
      source: { component: 'me', host: 'h' },
    },
  });
  const youngEvent = (): object => ({
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    metadata: { name: 'young' },
    regarding: subject(),
    reason: 'Good',
    note: 'yes',
    type: 'Normal',
    action: 'Did',
    eventTime: '2026-01-01T00:00:00.000000Z',
    reportingController: 'example.com/x',
    reportingInstance: 'i',
  });

  test('of the core group are read through the other group', async () => {
    const { status, body: stored } = await post(old(), oldEvent());
    expect(status).toBe(201);
    const { body } = await get(young('old'));
    expect(body).toMatchObject({
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      reason: 'Failed',
      note: 'no',
      type: 'Warning',
      ...{
        regarding: subject(),
        deprecatedSource: { component: 'me', host: 'h' },
        deprecatedCount: 3,
        eventTime: null,
      },
      deprecatedFirstTimestamp: '2026-01-01T00:00:00Z',
      deprecatedLastTimestamp: '2026-01-01T00:00:05Z',
    });
    expect(body.metadata).toEqual(stored.metadata);
    expect(body.message).toBeUndefined();
  });

  test('of the other group are read through the core group', async () => {
    const { status, body: stored } = await post(young(), youngEvent());
    expect(status).toBe(201);
    const { body } = await get(old('young'));
    expect(body).toMatchObject({
      apiVersion: 'v1',
      kind: 'Event',
      reason: 'Good',
      message: 'yes',
      type: 'Normal',
      action: 'Did',
      ...{
        involvedObject: subject(),
        eventTime: '2026-01-01T00:00:00.000000Z',
        firstTimestamp: null,
        lastTimestamp: null,
      },
      reportingComponent: 'example.com/x',
      reportingInstance: 'i',
    });
    expect(body.metadata.uid).toBe(stored.metadata.uid);
  });

  test('are selected by their fields', async () => {
    await post(old(), oldEvent());
    await post(young(), youngEvent());
    const names = async (path: string, selector: string): Promise<string[]> =>
      (await get(`${path}?fieldSelector=${encodeURIComponent(selector)}`)).body.items.map(
        ({ metadata }) => metadata.name,
      );
    expect(await names(old(), 'involvedObject.name=a')).toEqual(['old', 'young']);
    expect(await names(old(), 'involvedObject.uid=u-1,type=Warning')).toEqual(['old']);
    expect(await names(old(), 'involvedObject.kind=Widget,reason=Good')).toEqual(['young']);
    expect(await names(old(), 'involvedObject.uid=u-2')).toEqual([]);
    expect(await names(young(), 'regarding.name=a,reason=Good')).toEqual(['young']);
    expect(failure(await get(`${old()}?fieldSelector=message%3Dx`))).toEqual(
      badRequest('field label not supported: message'),
    );
  });

  test('are about an object of their own namespace', async () => {
    const answer = await post(old(), { metadata: { name: 'a' }, involvedObject: { namespace: 'other' } });
    expect(failure(answer)).toEqual(
      broken(
        'Event',
        'a',
        'involvedObject.namespace',
        'Invalid',
        'Invalid value: "other": does not match event.namespace',
      ),
    );
  });
});

describe('Pods that nobody schedules', () => {
  const pods = (name?: string): string => world.core('pods', name);
  const container = (name: string): object => ({ name, image: 'x' });
  const pod = (spec: object): object => ({ metadata: { name: 'a', labels: { app: 'x' } }, spec });

  test('wait, and take a status from whoever runs them', async () => {
    const { status, body } = await post(pods(), pod({ containers: [container('main')] }));
    expect([status, body.status]).toEqual([201, { phase: 'Pending', qosClass: 'BestEffort' }]);
    const containerStatus = {
      name: 'main',
      image: 'x',
      imageID: '',
      ready: false,
      restartCount: 2,
      state: { waiting: { reason: 'ImagePullBackOff', message: 'no such image' } },
    };
    const running = await mergePatch(`${pods('a')}/status`, {
      status: { phase: 'Running', containerStatuses: [containerStatus] },
    });
    expect(running.body.status).toMatchObject({ phase: 'Running', containerStatuses: [containerStatus] });
    const names = async (selector: string): Promise<string[]> =>
      (await get(`${pods()}?fieldSelector=${encodeURIComponent(selector)}`)).body.items.map(
        ({ metadata }) => metadata.name,
      );
    expect(await names('status.phase=Running')).toEqual(['a']);
    expect(await names('status.phase=Pending')).toEqual([]);
    expect(await names('spec.nodeName=')).toEqual(['a']);
  });

  test('have no log yet: 204 without a body', async () => {
    await post(pods(), pod({ containers: [container('main'), container('side')] }));
    for (const query of ['?container=main', '?container=side&follow=true', '?container=main&tailLines=5']) {
      const { status, text } = await get(`${pods('a')}/log${query}`);
      expect([status, text]).toEqual([204, '']);
    }
  });

  test('with one container have its log by default', async () => {
    await post(pods(), pod({ containers: [container('main')] }));
    expect((await get(`${pods('a')}/log`)).status).toBe(204);
  });

  test('with several containers want one named', async () => {
    await post(pods(), pod({ containers: [container('main'), container('side')] }));
    expect(failure(await get(`${pods('a')}/log`))).toEqual(
      badRequest('a container name must be specified for pod a, choose one of: [main side]'),
    );
    expect(failure(await get(`${pods('a')}/log?container=none`))).toEqual(
      badRequest('container none is not valid for pod a'),
    );
  });

  test('have logs of their init containers, too', async () => {
    await post(pods(), pod({ containers: [container('main')], initContainers: [container('init')] }));
    expect((await get(`${pods('a')}/log?container=init`)).status).toBe(204);
  });

  test.each([
    ['tailLines=-1', 'tailLines', 'Invalid value: -1: must be greater than or equal to 0'],
    ['sinceSeconds=0', 'sinceSeconds', 'Invalid value: 0: must be greater than 0'],
  ])('refuse a log with %s', async (query, field, message) => {
    await post(pods(), pod({ containers: [container('main')] }));
    expect(failure(await get(`${pods('a')}/log?${query}`))).toEqual(
      broken('PodLogOptions', 'a', field, 'Invalid', message),
    );
  });

  test('that are absent have no log', async () => {
    expect(failure(await get(`${pods('absent')}/log?container=main`))).toEqual(
      refusal(404, 'NotFound', 'pods "absent" not found', { name: 'absent', kind: 'pods' }),
    );
  });

  test('are gone at once when they are deleted', async () => {
    await post(pods(), pod({ containers: [container('main')] }));
    const { status, body } = await remove(pods('a'));
    expect([status, body.kind, body.metadata.deletionGracePeriodSeconds]).toEqual([200, 'Pod', 0]);
    expect((await get(pods('a'))).status).toBe(404);
  });

  test('need containers', async () => {
    expect(failure(await post(pods(), pod({ containers: [] })))).toEqual(
      broken('Pod', 'a', 'spec.containers', 'Required', 'Required value'),
    );
  });
});

describe('Pods on a node', () => {
  test('that are deleted have thirty seconds, or less if asked for', async () => {
    const pods = (name?: string): string => world.core('pods', name);
    await post(pods(), {
      metadata: { name: 'a' },
      spec: { nodeName: 'absent', containers: [{ name: 'main', image: 'x' }] },
    });
    const { body } = await remove(pods('a'));
    expect(body.metadata).toMatchObject({
      deletionGracePeriodSeconds: 30,
      deletionTimestamp: expect.any(String) as string,
    });
    expect((await get(pods('a'))).status).toBe(200);
    const now = await remove(pods('a'), { gracePeriodSeconds: 0 });
    expect([now.status, (await get(pods('a'))).status]).toEqual([200, 404]);
  });
});

describe('Deployments', () => {
  const deployments = (name = ''): string =>
    `/apis/apps/v1/namespaces/${world.namespace}/deployments${name && `/${name}`}`;
  const deployment = (labels: object): object => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'a', labels: { app: 'x' } },
    spec: {
      selector: { matchLabels: { app: 'x' } },
      template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'x' }] } },
    },
  });

  test('are stored with defaults; nobody reports on them', async () => {
    const { status, body } = await post(deployments(), deployment({ app: 'x' }));
    expect([status, body.metadata.generation, body.status ?? {}]).toEqual([201, 1, {}]);
    expect(body.spec).toMatchObject({
      replicas: 1,
      template: { spec: { containers: [{ name: 'main', image: 'x' }] } },
    });
  });

  test('have a status of their own', async () => {
    await post(deployments(), deployment({ app: 'x' }));
    const reported = {
      observedGeneration: 1,
      replicas: 1,
      conditions: [{ type: 'Available', status: 'False', reason: 'No' }],
    };
    const { body } = await mergePatch(`${deployments('a')}/status`, { status: reported });
    expect(body.status).toMatchObject(reported);
    expect(body.metadata.generation).toBe(1);
    expect((await mergePatch(deployments('a'), { spec: { replicas: 2 } })).body.metadata.generation).toBe(2);
  });

  test('need a template that fits', async () => {
    const answer = await post(deployments(), deployment({ app: 'y' }));
    expect(failure(answer)).toMatchObject({
      http: 422,
      reason: 'Invalid',
      details: {
        name: 'a',
        group: 'apps',
        kind: 'Deployment',
        causes: [{ field: 'spec.template.metadata.labels', reason: 'FieldValueInvalid' }],
      },
    });
  });
});
