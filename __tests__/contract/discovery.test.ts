import { call, get } from './support/client';
import { group, installTypes } from './support/crds';

beforeAll(installTypes);

interface Resource {
  name: string;
  verbs: string[];
  [field: string]: unknown;
}

/** Resources of a version, with their verbs sorted. */
async function resources(path: string): Promise<Record<string, Resource>> {
  const { body } = await get(path);
  const list = body['resources'] as Resource[];
  return Object.fromEntries(
    list.map((resource) => [resource.name, { ...resource, verbs: [...resource.verbs].sort() }]),
  );
}

const allVerbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const versions = ['v1', 'v1beta1'].map((version) => ({ groupVersion: `${group}/${version}`, version }));

test('/version says which release it is', async () => {
  const { status, body } = await get('/version');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    major: '1',
    minor: expect.stringMatching(/^\d+\+?$/) as string,
    gitVersion: expect.stringMatching(/^v1\.\d+\.\d+/) as string,
    platform: expect.any(String) as string,
  });
});

test.each(['/healthz', '/livez', '/readyz'])('%s is ok', async (path) => {
  const { status, text, headers } = await get(path);
  expect([status, text]).toEqual([200, 'ok']);
  expect(headers['content-type']).toMatch(/^text\/plain/);
});

test('/api has the version of the core group', async () => {
  expect((await get('/api')).body).toMatchObject({ kind: 'APIVersions', versions: ['v1'] });
});

test('/api/v1 has its resources', async () => {
  const { body } = await get('/api/v1');
  expect(body).toMatchObject({ kind: 'APIResourceList', groupVersion: 'v1' });
  expect(await resources('/api/v1')).toMatchObject({
    pods: {
      singularName: expect.any(String) as string,
      namespaced: true,
      kind: 'Pod',
      shortNames: ['po'],
      verbs: allVerbs,
    },
    'pods/log': { namespaced: true, kind: 'Pod', verbs: ['get'] },
    namespaces: { namespaced: false, kind: 'Namespace', shortNames: ['ns'] },
    configmaps: { namespaced: true, kind: 'ConfigMap', shortNames: ['cm'], verbs: allVerbs },
    secrets: { namespaced: true, kind: 'Secret', verbs: allVerbs },
    events: { namespaced: true, kind: 'Event', shortNames: ['ev'], verbs: allVerbs },
  });
});

test('/apis has all groups with their versions', async () => {
  const { body } = await get('/apis');
  expect([body.kind, body.apiVersion]).toEqual(['APIGroupList', 'v1']);
  const groups = body['groups'] as { name: string }[];
  expect(groups.find(({ name }) => name === group)).toEqual({ name: group, versions, preferredVersion: versions[0] });
  expect(groups.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      ...['apps', 'events.k8s.io', 'authorization.k8s.io', 'rbac.authorization.k8s.io', 'apiextensions.k8s.io'],
    ]),
  );
});

test('a group has its versions', async () => {
  expect((await get(`/apis/${group}`)).body).toEqual({
    kind: 'APIGroup',
    apiVersion: 'v1',
    name: group,
    versions,
    preferredVersion: versions[0],
  });
});

test('a version has its types with their subresources, names and verbs', async () => {
  const { body } = await get(`/apis/${group}/v1`);
  expect(body).toMatchObject({ kind: 'APIResourceList', apiVersion: 'v1', groupVersion: `${group}/v1` });
  const found = await resources(`/apis/${group}/v1`);
  expect(found).toMatchObject({
    widgets: {
      name: 'widgets',
      singularName: 'widget',
      namespaced: true,
      kind: 'Widget',
      verbs: allVerbs,
      shortNames: ['wd'],
      categories: ['contract'],
    },
    'widgets/status': {
      ...{
        name: 'widgets/status',
        singularName: '',
        namespaced: true,
        kind: 'Widget',
        verbs: ['get', 'patch', 'update'],
      },
    },
    gadgets: { name: 'gadgets', singularName: 'gadget', namespaced: false, kind: 'Gadget', verbs: allVerbs },
  });
  expect(found['gadgets/status']).toBeUndefined();
  expect(found['gadgets']?.['shortNames']).toBeUndefined();
});

test('a version has only the types that it serves', async () => {
  expect(Object.keys(await resources(`/apis/${group}/v1beta1`)).sort()).toEqual(['widgets', 'widgets/status']);
});

test.each(['/apis/absent.example.com', '/apis/absent.example.com/v1', `/apis/${group}/v9`])(
  '%s is not there: plain text',
  async (path) => {
    const { status, text, headers } = await get(path);
    expect([status, text]).toEqual([404, '404 page not found\n']);
    expect(headers['content-type']).toMatch(/^text\/plain/);
  },
);

test('answers have a date', async () => {
  const { headers } = await call('GET', '/version');
  expect(Math.abs(Date.parse(headers.date ?? '') - Date.now())).toBeLessThan(60_000);
});
