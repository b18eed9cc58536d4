import { annotations, functionLabels } from '../../../../src/props/rules/metadata';
import { formatPath } from '../../../../src/path';
import type { Draft } from '../../../../src/props/draft';
import type { Rule } from '../../../../src/props/rules/rule';

function ask(rule: Rule, props: Draft): string[] {
  const problems = rule(props, { name: 'hello', namespace: 'default', releases: undefined });
  return problems.map(({ severity, path, message }) => `${severity} ${formatPath(path)}: ${message}`);
}

test.each([
  ['app', 'hello'],
  ['app.kubernetes.io/name', ''],
  [`${'a'.repeat(253)}/${'b'.repeat(63)}`, 'c'.repeat(63)],
  ['A_b.C', '1'],
])('the label %s: "%s" is fine', (key, value) => {
  expect(ask(functionLabels, { labels: { [key]: value } })).toEqual([]);
});

test.each(['', 'a b', '-a', 'a_', 'a/b/c', '/a', 'a/', 'a..b/c', 'A.b/c', 'x'.repeat(64), `${'a'.repeat(254)}/b`])(
  '"%s" cannot be the key of a label',
  (key) => {
    expect(ask(functionLabels, { labels: { [key]: 'x' } })).toEqual([
      `error ${formatPath(['labels', key])}: cannot be the key of a label, and Kubernetes would refuse the function. Use at most 63 letters, digits, "-", "_" and ".", if need be after a prefix such as example.com/.`,
    ]);
  },
);

test.each([
  ['app', 'a b', '"a b"'],
  ['app', '-a', '"-a"'],
  ['app', 'x'.repeat(64), `"${'x'.repeat(64)}"`],
  ['token', 'a b', '"<redacted>"'],
])('the label %s cannot be "%s"', (key, value, shown) => {
  expect(ask(functionLabels, { labels: { [key]: value } })).toEqual([
    `error labels.${key}: ${shown} cannot be the value of a label, and Kubernetes would refuse the function. Use at most 63 letters, digits, "-", "_" and "."; other text belongs in annotations.`,
  ]);
});

test('annotations have keys like labels, in any case, and any values', () => {
  expect(
    ask(annotations, { annotations: { 'Dapr.io/App-ID': 'a b\n' }, serving: { annotations: { plugins: '' } } }),
  ).toEqual([]);
  expect(ask(annotations, { annotations: { 'a b': '' }, serving: { annotations: { 'a/b/c': '' } } })).toEqual([
    'error annotations["a b"]: cannot be the key of an annotation, and Kubernetes would refuse the function.',
    'error serving.annotations["a/b/c"]: cannot be the key of an annotation, and the function would hang.',
  ]);
});

test('annotations together have at most 256 KiB', () => {
  const most = { a: 'é'.repeat(128 * 1024 - 1), b: '' };
  expect(ask(annotations, { annotations: most })).toEqual([]);
  expect(ask(annotations, { annotations: { ...most, c: '' } })).toEqual([
    'error annotations: have 262145 bytes, of which 262144 are possible, and Kubernetes would refuse the function.',
  ]);
});
