import { changesBetween } from '../../src/ui/diff';
import { manifestDiff } from '../../src/ui/manifest-diff';

test.each([
  ['nothing', { a: 1 }, { a: 1 }, []],
  ['the order of keys', { a: 1, b: 2 }, { b: 2, a: 1 }, []],
  ['a value', { a: { b: 1 } }, { a: { b: 2 } }, [{ path: 'a.b', before: 1, after: 2 }]],
  ['an addition', {}, { a: { b: 1 } }, [{ path: 'a', after: { b: 1 } }]],
  ['a removal', { a: 1 }, {}, [{ path: 'a', before: 1 }]],
  [
    'an item of a named list',
    { l: [{ name: 'x', v: 1 }] },
    { l: [{ name: 'x', v: 2 }] },
    [{ path: 'l.x.v', before: 1, after: 2 }],
  ],
  [
    'a new first item of a named list',
    { l: [{ name: 'x' }] },
    { l: [{ name: 'w' }, { name: 'x' }] },
    [{ path: 'l.w', after: { name: 'w' } }],
  ],
  [
    'the order of a named list',
    { l: [{ name: 'x' }, { name: 'y' }] },
    { l: [{ name: 'y' }, { name: 'x' }] },
    [{ path: 'l', before: [{ name: 'x' }, { name: 'y' }], after: [{ name: 'y' }, { name: 'x' }] }],
  ],
  ['a plain list', { l: [1, 2] }, { l: [1, 3] }, [{ path: 'l', before: [1, 2], after: [1, 3] }]],
  ['a type', { a: [] }, { a: {} }, [{ path: 'a', before: [], after: {} }]],
  ['null', { a: null }, { a: 0 }, [{ path: 'a', before: null, after: 0 }]],
])('changes: %s', (_title, before, after, expected) => {
  expect(changesBetween(before, after)).toEqual(expected);
});

test('two manifests are compared as YAML', () => {
  const before = { spec: { image: 'a:v1', version: 'v1', port: 1, extra: 1, last: 2 } };
  const after = { spec: { image: 'a:v2', version: 'v1', port: 1, extra: 1, last: 2 } };
  expect(manifestDiff(before, after, false)).toMatchInlineSnapshot(`
"@@ line 1 @@
 spec:
-  image: a:v1
+  image: a:v2
   version: v1
   port: 1
   extra: 1"
`);
});

test('colours mark what comes and goes', () => {
  expect(manifestDiff({ a: 1 }, { a: 2 }, true)).toContain('\u001b[32m+a: 2\u001b[39m');
});

test('a manifest that is new is all additions', () => {
  expect(manifestDiff(undefined, { a: 1 }, false)).toBe('@@ line 1 @@\n+a: 1');
});
