import { readManifest } from '../../../src/inputs/manifest';
import { temporaryFolder } from '../../support/files';

const read = (content: string): Promise<object> => readManifest('./f.yaml', temporaryFolder({ 'f.yaml': content }));

test('a Function becomes props, without what only the server writes', async () => {
  const { props, origin } = await readManifest(
    './f.yaml',
    temporaryFolder({
      'f.yaml': `
apiVersion: core.openfunction.io/v1beta1
kind: Function
metadata: {name: a, namespace: b, labels: {c: d}, uid: e, resourceVersion: "1", creationTimestamp: null}
spec: {image: i, serving: {runtime: async}}
status: {build: {state: Skipped}}
`,
    }),
  );
  expect(props).toEqual({ name: 'a', namespace: 'b', labels: { c: 'd' }, image: 'i', serving: { runtime: 'async' } });
  expect(origin.locate(['serving', 'runtime'])).toBe('./f.yaml: spec.serving.runtime');
  expect(origin.locate(['name'])).toBe('./f.yaml: metadata.name');
});

test.each([
  ['kind: Function\n---\nkind: Function', 'It holds 2 YAML documents.'],
  ['', 'It holds 0 YAML documents.'],
  ['apiVersion: apps/v1\nkind: Deployment', 'It is apps/v1 Deployment.'],
  ['apiVersion: core.openfunction.io/v1beta1\nkind: Function', 'It has no spec.'],
  [
    'apiVersion: core.openfunction.io/v1beta1\nkind: Function\nmetadata: {finalizers: [a]}\nspec: {}',
    'ofn does not apply metadata.finalizers.',
  ],
  ['a: [', 'The manifest ./f.yaml cannot be used.'],
])('the manifest %j is refused', async (content, message) => {
  await expect(read(content)).rejects.toThrow(message);
});

test('a missing manifest names the prop and the path', async () => {
  await expect(readManifest('./none.yaml', '/nowhere')).rejects.toThrow(
    'Cannot read the file of props.manifest: /nowhere/none.yaml.',
  );
});
