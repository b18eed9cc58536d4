import { toFunction } from '../../../src/function/manifest';
import type { Props } from '../../../src/props/generated/types';
import { publishedFunctions, toProps } from '../../support/conformance';

const published = publishedFunctions();
const describePublished = published.length > 0 ? describe : describe.skip;

describePublished('published Functions given as props', () => {
  test.each(published.map((item) => [item.file, item] as const))('%s renders to itself', (_file, item) => {
    const { name, namespace } = item.manifest.metadata;
    expect(toFunction(toProps(item) as Props, { name, namespace })).toEqual(item.manifest);
  });
});

const spec = (props: Partial<Props>): Record<string, unknown> =>
  toFunction({ image: 'i', ...props }, { name: 'f' }).spec;

test('the metadata holds what the props say and nothing else', () => {
  expect(toFunction({ image: 'i', labels: { a: 'b' } }, { name: 'f', namespace: 'n' })).toEqual({
    apiVersion: 'core.openfunction.io/v1beta1',
    kind: 'Function',
    metadata: { name: 'f', namespace: 'n', labels: { a: 'b' } },
    spec: { image: 'i' },
  });
});

test('where to deploy and how to build locally are no part of the Function', () => {
  const props: Props = {
    image: 'i',
    kubeconfig: 'k',
    context: 'c',
    namespace: 'n',
    createNamespace: true,
    pack: { builder: 'b' },
  };
  expect(toFunction(props, { name: 'f' }).spec).toEqual({ image: 'i' });
});

test('environment values are written as text', () => {
  const { serving, build } = spec({
    serving: { runtime: 'async', params: { PORT: 8080, DEBUG: true, RATIO: 0.5, NAME: 'x', EMPTY: '' } },
    build: { env: { FUNC_NAME: 'f', N: 1 }, srcRepo: { url: 'u' } },
  });
  expect(serving).toMatchObject({ params: { PORT: '8080', DEBUG: 'true', RATIO: '0.5', NAME: 'x', EMPTY: '' } });
  expect(build).toMatchObject({ env: { FUNC_NAME: 'f', N: '1' } });
});

test('the runtime defaults to knative, the strategy to one of the cluster', () => {
  expect(spec({ serving: {} })['serving']).toEqual({ runtime: 'knative' });
  expect(spec({ build: { srcRepo: {}, shipwright: { strategy: { name: 's' }, timeout: '5m' } } })['build']).toEqual({
    srcRepo: {},
    shipwright: { strategy: { name: 's', kind: 'ClusterBuildStrategy' }, timeout: '5m' },
  });
  expect(
    spec({ build: { srcRepo: {}, shipwright: { strategy: { name: 's', kind: 'BuildStrategy' } } } })['build'],
  ).toMatchObject({
    shipwright: { strategy: { kind: 'BuildStrategy' } },
  });
});

test.each([
  ['serving', { serving: '${resources.a.output.serving}' }],
  ['build', { build: '${resources.a.output.build}' }],
  ['params', { serving: { runtime: 'async', params: '${resources.a.output.params}' } }],
  ['env', { build: { env: '${resources.a.output.env}', srcRepo: {} } }],
  ['shipwright', { build: { srcRepo: {}, shipwright: '${resources.a.output.shipwright}' } }],
  ['strategy', { build: { srcRepo: {}, shipwright: { strategy: '${resources.a.output.strategy}' } } }],
  ['a list', { serving: { runtime: 'async', inputs: '${resources.a.output.inputs}' } }],
])('a reference in place of %s stays as it is', (_title, props) => {
  expect(spec(props as Partial<Props>)).toEqual({ image: 'i', ...props });
});

test('references in place of labels and annotations stay as they are', () => {
  const metadata = { labels: '${resources.a.output.labels}', annotations: '${resources.a.output.annotations}' };
  expect(toFunction({ image: 'i', ...metadata } as unknown as Props, { name: 'f' }).metadata).toEqual({
    name: 'f',
    ...metadata,
  });
});

test('the props are not changed', () => {
  const props: Props = { image: 'i', serving: { params: { A: 1 } } };
  toFunction(props, { name: 'f' });
  expect(props).toEqual({ image: 'i', serving: { params: { A: 1 } } });
});
