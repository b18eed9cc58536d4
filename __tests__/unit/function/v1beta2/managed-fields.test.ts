import { applied, managedInV1beta2, tellsOfV1beta1 } from '../../../../src/function/v1beta2/managed-fields';
import type { LiveObject, ManagedFields } from '../../../../src/live-object';

const entry = (
  manager: string,
  fieldsV1: Record<string, unknown>,
  other: Partial<ManagedFields> = {},
): ManagedFields => ({
  manager,
  operation: 'Update',
  apiVersion: 'core.openfunction.io/v1beta1',
  time: '2026-01-01T00:00:00Z',
  fieldsV1,
  ...other,
});

const ofOfn = entry(
  'serverless-devs-ofn',
  {
    'f:metadata': { 'f:labels': { 'f:team': {} } },
    'f:spec': {
      'f:image': {},
      'f:build': { 'f:params': { 'f:b': {}, 'f:a': {} }, 'f:shipwright': { 'f:strategy': { 'f:name': {} } } },
      'f:serving': {
        'f:runtime': {},
        'f:inputs': {},
        'f:outputs': {},
        'f:params': { 'f:A': {} },
        'f:bindings': { 'f:mqtt': { 'f:type': {}, 'f:version': {}, 'f:metadata': {} } },
      },
    },
  },
  { operation: 'Apply' },
);

function live(...managedFields: ManagedFields[]): LiveObject {
  return {
    apiVersion: 'core.openfunction.io/v1beta1',
    kind: 'Function',
    metadata: { name: 'f', uid: 'u', resourceVersion: '1', labels: { team: 'a', other: 'b' }, managedFields },
    spec: {
      image: 'i',
      version: 'latest',
      port: 8080,
      build: { params: { b: '2', a: '1' }, shipwright: { strategy: { name: 's' } } },
      serving: {
        runtime: 'async',
        inputs: [{ name: 'in', component: 'mqtt' }],
        outputs: [{ name: 'out', component: 'mqtt' }],
        params: { A: '1', B: '2' },
        bindings: { mqtt: { type: 'bindings.mqtt', version: 'v1', metadata: [] } },
        scaleOptions: { minReplicas: 1, keda: { scaledObject: { pollingInterval: 15, maxReplicaCount: 3 } } },
      },
    },
  };
}

const fieldsOf = (managedFields: readonly ManagedFields[], manager: string): unknown =>
  managedFields.find((one) => one.manager === manager)?.fieldsV1;

test('what ofn has set is told in v1beta2, and no more', () => {
  const managed = managedInV1beta2(live(ofOfn));
  expect(managed).toEqual([
    { ...ofOfn, apiVersion: 'core.openfunction.io/v1beta2', fieldsV1: expect.any(Object) as unknown },
  ]);
  expect(fieldsOf(managed, 'serverless-devs-ofn')).toEqual({
    'f:metadata': { 'f:labels': { 'f:team': {} } },
    'f:spec': {
      'f:image': {},
      'f:build': { 'f:shipwright': { 'f:strategy': { 'f:name': {} }, 'f:params': {} } },
      'f:serving': {
        'f:params': { 'f:A': {} },
        'f:bindings': { 'f:mqtt': { 'f:type': {}, 'f:version': {}, 'f:metadata': {} } },
        'f:triggers': { 'f:dapr': {} },
        'f:outputs': {},
      },
    },
  });
});

test.each<[string, Record<string, unknown>, unknown]>([
  [
    'a variable',
    { 'f:spec': { 'f:serving': { 'f:params': { '.': {}, 'f:B': {} } } } },
    { 'f:spec': { 'f:serving': { 'f:params': { 'f:B': {} } } } },
  ],
  [
    'the bounds of a scaler',
    {
      'f:spec': { 'f:serving': { 'f:scaleOptions': { 'f:keda': { 'f:scaledObject': { 'f:maxReplicaCount': {} } } } } },
    },
    { 'f:spec': { 'f:serving': { 'f:scaleOptions': { 'f:maxReplicas': {} } } } },
  ],
  ['a label', { 'f:metadata': { 'f:labels': { 'f:other': {} } } }, { 'f:metadata': { 'f:labels': { 'f:other': {} } } }],
  ['a finalizer, which is the same in both', { 'f:metadata': { 'f:finalizers': { 'v:"x"': {} } } }, {}],
])('another tool has set %s', (_title, fields, expected) => {
  expect(fieldsOf(managedInV1beta2(live(ofOfn, entry('kubectl-edit', fields))), 'kubectl-edit')).toEqual(expected);
});

test('the status is left to its writer, and what is told of v1beta2 stays', () => {
  const status = entry('manager', { 'f:status': {} }, { subresource: 'status' });
  const newer = entry('kubectl-edit', { 'f:spec': {} }, { apiVersion: 'core.openfunction.io/v1beta2' });
  expect(managedInV1beta2(live(status, newer))).toEqual([newer]);
  expect(tellsOfV1beta1(live(newer))).toBe(false);
  expect(tellsOfV1beta1(live(newer, status))).toBe(true);
});

test('an apply takes away what its manager had set before, and only that', () => {
  const fn = {
    ...live(),
    spec: { image: 'i', serving: { params: { A: '1', B: '2' }, triggers: { http: { port: 8080 } } } },
  };
  const own = entry(
    'serverless-devs-ofn',
    { 'f:spec': { 'f:image': {}, 'f:serving': { 'f:params': { 'f:A': {} } } } },
    { operation: 'Apply' },
  );
  const manifest = { spec: { image: 'j', serving: { triggers: { http: {} } } } };
  expect(applied(fn, manifest, [own])).toMatchObject({
    spec: { image: 'j', serving: { params: { B: '2' }, triggers: { http: { port: 8080 } } } },
  });
  expect(applied(fn, manifest, [own])).not.toHaveProperty('spec.serving.params.A');
});
