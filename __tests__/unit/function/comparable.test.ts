import { toComparable } from '../../../src/function/comparable';

const object = (metadata: object): object => ({ apiVersion: 'v', kind: 'K', metadata, spec: {}, status: {} });

test.each([
  ['what the author wrote', { name: 'n', labels: { a: 'b' } }, { name: 'n', labels: { a: 'b' } }],
  ['no bookkeeping of the server', { name: 'n', uid: 'u', managedFields: [] }, { name: 'n' }],
  [
    'no bookkeeping of kubectl',
    { name: 'n', annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}', a: 'b' } },
    { name: 'n', annotations: { a: 'b' } },
  ],
  [
    'no annotations when that is all there is',
    { name: 'n', annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}' } },
    { name: 'n' },
  ],
  [
    'references in place of maps',
    { name: 'n', labels: '${resources.a.output.labels}', annotations: '${resources.a.output.annotations}' },
    { name: 'n', labels: '${resources.a.output.labels}', annotations: '${resources.a.output.annotations}' },
  ],
])('of the metadata it has %s', (_title, metadata, expected) => {
  expect(toComparable(object(metadata))).toEqual({ apiVersion: 'v', kind: 'K', metadata: expected, spec: {} });
});
