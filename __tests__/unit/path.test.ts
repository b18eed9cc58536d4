import { formatPath, parseFieldPath, parsePointer } from '../../src/path';

test('a path is written as people write it', () => {
  expect(formatPath(['serving', 'inputs', 0, 'component'])).toBe('serving.inputs[0].component');
  expect(formatPath(['annotations', 'dapr.io/app-protocol'])).toBe('annotations["dapr.io/app-protocol"]');
});

test('a JSON pointer is read with its escapes', () => {
  expect(parsePointer('/annotations/a~1b~0c/0')).toEqual(['annotations', 'a/b~c', 0]);
});

test.each([
  ['spec.serving.inputs[0].name', ['spec', 'serving', 'inputs', 0, 'name']],
  ['.metadata.labels.app', ['metadata', 'labels', 'app']],
  ['metadata.annotations[dapr.io/id]', ['metadata', 'annotations', 'dapr.io/id']],
  ['spec.serving.params["A.B"]', ['spec', 'serving', 'params', 'A.B']],
])('the field path %s of a Kubernetes status is read', (field, path) => {
  expect(parseFieldPath(field)).toEqual(path);
});
