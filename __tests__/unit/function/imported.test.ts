import { importFunction } from '../../../src/function/imported';
import { toFunction } from '../../../src/function/manifest';
import { toV1beta2 } from '../../../src/function/v1beta2';
import type { FunctionManifest } from '../../../src/function/types';
import { publishedFunctions, testEach } from '../../support/conformance';

describe('published Functions', () => {
  const published = publishedFunctions().map((fn) => [fn.file, fn.manifest as FunctionManifest] as const);
  const again = (fn: FunctionManifest): FunctionManifest => {
    const { name, namespace, props, leftOut } = importFunction({ ...fn });
    expect(leftOut).toEqual([]);
    return toFunction(props, { name, namespace });
  };

  testEach('%s is the same after its import', published, (fn) => expect(again(fn)).toEqual(fn));

  testEach('%s as v1beta2 is the same after its import', published, (fn) => {
    const newer = toV1beta2(fn);
    expect(again(newer)).toEqual(newer);
  });
});

const metadata = {
  name: 'hello',
  namespace: 'team-a',
  uid: 'u-1',
  resourceVersion: '7',
  generation: 2,
  creationTimestamp: '2026-01-01T00:00:00Z',
  managedFields: [],
};

test('of a live Function, status, bookkeeping and defaults are gone', () => {
  const fn = {
    apiVersion: 'core.openfunction.io/v1beta1',
    kind: 'Function',
    metadata: {
      ...metadata,
      labels: { team: 'a' },
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{"spec":{"password":"x"}}' },
    },
    spec: {
      version: 'latest',
      port: 8080,
      workloadRuntime: 'OCIContainer',
      image: 'i',
      route: { gatewayRef: { name: 'openfunction', namespace: 'openfunction' } },
      build: { builder: 'b', env: { OFN_ROLLOUT: '2026-01-01T00:00:00Z' } },
      serving: { runtime: 'knative', annotations: { 'ofn.serverless-devs.com/rollout': '2026', mine: 'x' } },
    },
    status: { serving: { state: 'Running' } },
  };
  expect(importFunction(fn)).toEqual({
    name: 'hello',
    namespace: 'team-a',
    props: {
      labels: { team: 'a' },
      image: 'i',
      build: { builder: 'b' },
      serving: { runtime: 'knative', annotations: { mine: 'x' } },
    },
    leftOut: [],
  });
});

test.each([
  [{ port: 9090 }, { port: 9090 }],
  [{ version: 'v1' }, { version: 'v1' }],
  [{ workloadRuntime: 'WasmEdge' }, { workloadRuntime: 'WasmEdge' }],
  [
    { route: { gatewayRef: { name: 'mine', namespace: 'openfunction' } } },
    { route: { gatewayRef: { name: 'mine', namespace: 'openfunction' } } },
  ],
  [
    { route: { hostnames: ['a.b'], gatewayRef: { name: 'openfunction', namespace: 'openfunction' } } },
    { route: { hostnames: ['a.b'] } },
  ],
  [
    { build: { dockerfile: 'Dockerfile', shipwright: { timeout: '1h0m0.123456789s' } } },
    { build: { dockerfile: 'Dockerfile' } },
  ],
  [{ build: { shipwright: { timeout: '1h0m0s' } } }, { build: { shipwright: { timeout: '1h0m0s' } } }],
  // Who sets a list sets all of it.
  [
    { serving: { template: { containers: [{ ports: [{ containerPort: 80, protocol: 'TCP' }] }] } } },
    { serving: { template: { containers: [{ ports: [{ containerPort: 80, protocol: 'TCP' }] }] } } },
  ],
])('of a live v1beta1 spec %j, %j is imported', (spec, expected) => {
  expect(importFunction({ apiVersion: 'core.openfunction.io/v1beta1', metadata, spec }).props).toEqual(expected);
});

test.each([
  [{ http: { port: 8080, route: { gatewayRef: { name: 'openfunction', namespace: 'openfunction' } } } }, { http: {} }],
  [{ http: { port: 80, engine: 'keda' } }, { http: { port: 80, engine: 'keda' } }],
  [{ dapr: [{ name: 'in' }] }, { dapr: [{ name: 'in' }] }],
])('of live v1beta2 triggers %j, %j are imported', (triggers, expected) => {
  const fn = {
    apiVersion: 'core.openfunction.io/v1beta2',
    metadata,
    spec: { version: 'latest', serving: { triggers } },
  };
  expect(importFunction(fn).props).toEqual({
    apiVersion: 'core.openfunction.io/v1beta2',
    serving: { triggers: expected },
  });
});

test('a manifest is taken as it is written, defaults and all', () => {
  const spec = { version: 'latest', port: 8080, image: 'i', serving: { runtime: 'knative' } };
  const fn = { apiVersion: 'core.openfunction.io/v1beta1', metadata: { name: 'hello', annotations: null }, spec };
  expect(importFunction(fn)).toEqual({ name: 'hello', namespace: undefined, props: spec, leftOut: [] });
});

test('metadata that ofn does not apply is told', () => {
  const fn = {
    apiVersion: 'core.openfunction.io/v1beta1',
    metadata: { ...metadata, finalizers: ['x'], ownerReferences: [{}], generateName: null },
    spec: {},
  };
  expect(importFunction(fn).leftOut).toEqual(['finalizers', 'ownerReferences']);
});

test('what ofn has set stays, though the server would set the same: a deploy without it would take it away', () => {
  const gateway = { gatewayRef: { name: 'openfunction', namespace: 'openfunction' } };
  const fieldsV1 = { 'f:spec': { 'f:port': {}, 'f:route': { 'f:gatewayRef': {} } } };
  const own = {
    manager: 'serverless-devs-ofn',
    operation: 'Apply',
    apiVersion: 'core.openfunction.io/v1beta1',
    fieldsV1,
  };
  const fn = {
    apiVersion: 'core.openfunction.io/v1beta1',
    metadata: { ...metadata, managedFields: [own] },
    spec: { version: 'latest', port: 8080, route: gateway, serving: { runtime: 'async' } },
  };
  expect(importFunction(fn).props).toEqual({ port: 8080, route: gateway, serving: { runtime: 'async' } });
});

test('a strategy without a kind is one of the namespace', () => {
  const spec = { build: { shipwright: { strategy: { name: 'mine' } } } };
  const fn = { apiVersion: 'core.openfunction.io/v1beta1', metadata, spec };
  expect(importFunction(fn).props).toEqual({
    build: { shipwright: { strategy: { name: 'mine', kind: 'BuildStrategy' } } },
  });
});
