import { formatPath, parseFieldPath, parsePointer } from '../../src/path';

test('a path is written as people write it', () => {
  expect(formatPath(['serving', 'inputs', 0, 'component'])).toBe('serving.inputs[0].component');
  expect(formatPath(['annotations', 'dapr.io/app-protocol'])).toBe('annotations["dapr.io/app-protocol"]');
});

test('a JSON pointer is read with its escapes; only lists have indexes', () => {
  const root = { inputs: [{ name: 'a' }], labels: { 8080: 'b' } };
  expect(parsePointer('/inputs/0/name', root)).toEqual(['inputs', 0, 'name']);
  expect(parsePointer('/labels/8080', root)).toEqual(['labels', '8080']);
  expect(parsePointer('/annotations/a~1b~0c')).toEqual(['annotations', 'a/b~c']);
});

test.each([
  ['spec.serving.inputs[0].name', ['spec', 'serving', 'inputs', 0, 'name']],
  ['.metadata.labels.app', ['metadata', 'labels', 'app']],
  ['metadata.annotations[dapr.io/id]', ['metadata', 'annotations', 'dapr.io/id']],
  ['spec.serving.params["A.B"]', ['spec', 'serving', 'params', 'A.B']],
])('the field path %s of a Kubernetes status is read', (field, path) => {
  expect(parseFieldPath(field)).toEqual(path);
});

test('a key with dots is recognised in an object that has it', () => {
  const root = { metadata: { labels: { 'app.kubernetes.io/name': 'a', app: 'b' } } };
  expect(parseFieldPath('.metadata.labels.app.kubernetes.io/name', root)).toEqual([
    'metadata',
    'labels',
    'app.kubernetes.io/name',
  ]);
  expect(parseFieldPath('.metadata.labels.app', root)).toEqual(['metadata', 'labels', 'app']);
});
