import { toInfo } from '../../../src/function/info';

test('a running HTTP function of v1beta2 is told in full', () => {
  const live = {
    apiVersion: 'core.openfunction.io/v1beta2',
    metadata: { name: 'hello', namespace: 'default', generation: 2 },
    spec: { version: 'v1', image: 'r/hello:v1', serving: { triggers: { http: { port: 8080 } } } },
    status: {
      build: { state: 'Succeeded', resourceRef: 'builder-abcde' },
      serving: { state: 'Running', resourceRef: 'serving-abcde', reason: 'Ready', message: 'ok' },
      revision: { imageDigest: 'sha256:1' },
      addresses: [
        { type: 'External', value: 'http://hello.default.ofn.io/' },
        { type: 'Internal', value: 'http://hello.default.svc.cluster.local/' },
      ],
      route: { hosts: ['hello.default.ofn.io'], paths: [{ type: 'PathPrefix', value: '/' }] },
    },
  };
  expect(toInfo(live)).toEqual({
    name: 'hello',
    namespace: 'default',
    apiVersion: 'core.openfunction.io/v1beta2',
    generation: 2,
    version: 'v1',
    image: 'r/hello:v1',
    imageDigest: 'sha256:1',
    runtime: 'knative',
    build: { state: 'Succeeded', resource: 'builder-abcde' },
    serving: { state: 'Running', reason: 'Ready', message: 'ok', resource: 'serving-abcde' },
    addresses: {
      http: { external: 'http://hello.default.ofn.io/', internal: 'http://hello.default.svc.cluster.local/' },
      hosts: ['hello.default.ofn.io'],
      paths: ['/'],
    },
  });
});

test.each([
  [{ runtime: 'async' }, 'async'],
  [{ runtime: 'knative' }, 'knative'],
  [{ triggers: { dapr: [{ name: 'a' }] } }, 'async'],
  [{ triggers: {} }, undefined],
])('the runtime of serving %j is %s', (serving, runtime) => {
  expect(toInfo({ spec: { serving } }).runtime).toBe(runtime);
});

test('the one URL of OpenFunction 0.6 is the external address', () => {
  expect(toInfo({ status: { url: 'http://x' } }).addresses).toEqual({ http: { external: 'http://x' } });
});

test.each([
  undefined,
  null,
  1,
  [],
  {},
  { status: null, spec: 'x', metadata: [] },
  { status: { addresses: [null, 1], route: { hosts: 1 } } },
])('it never throws: %j', (live) => {
  expect(toInfo(live)).toEqual({ name: '', namespace: '', apiVersion: '' });
});

test('credentials in front of an image are hidden', () => {
  expect(toInfo({ spec: { image: 'https://me:hunter2@r/i:v1' } }).image).toBe('https://<redacted>@r/i:v1');
});

test('secrets in messages of the cluster are hidden', () => {
  const live = { status: { build: { state: 'Failed', message: 'clone https://me:s3cret@git.example.com failed' } } };
  expect(toInfo(live).build?.message).toBe('clone https://<redacted>@git.example.com failed');
});
