import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { dump, load } from 'js-yaml';
import { parse } from 'yaml';
import { newSYaml, resourcesIn, withResources } from '../../../src/ui/s-yaml';

const added = { extra: { component: 'ofn', props: { image: 'i', serving: { params: { TEXT: 'a\n\nb\n' } } } } };

test('a new s.yaml', () => {
  expect(newSYaml('shop', { hello: { component: 'ofn', props: { image: 'i' } } })).toBe(`edition: 3.0.0
name: shop
resources:
  hello:
    component: ofn
    props:
      image: i
`);
});

test('resources are added after those that are there, and nothing else is touched', () => {
  const before = `# mine
edition: 3.0.0
name:    "shop"
vars: &v {a: 1}
resources:   # all of them
    first:
        component: ofn  # from the registry
        props: {image: "x:\${vars.a}",   port: 80}
        # no more of this

# what goes before
actions:
  pre-deploy: [{run: echo}]
`;
  expect(withResources(before, added)).toBe(`# mine
edition: 3.0.0
name:    "shop"
vars: &v {a: 1}
resources:   # all of them
    first:
        component: ofn  # from the registry
        props: {image: "x:\${vars.a}",   port: 80}
        # no more of this
    extra:
      component: ofn
      props:
        image: i
        serving:
          params:
            TEXT: |
              a

              b

# what goes before
actions:
  pre-deploy: [{run: echo}]
`);
});

test.each(['resources:   # none yet\n  # put here\n', 'resources: {}   # none yet\n', 'name:   x # mine\n'])(
  'what is written stays where there are no resources: %j',
  (text) => {
    const quoted = { extra: { component: 'ofn', props: { version: '2024-01-01', labels: { a: '0b11', b: '0o17' } } } };
    const after = withResources(text, quoted) ?? '';
    expect(load(after)).toMatchObject({ resources: quoted });
    for (const [line] of text.matchAll(/#.*|name: {3}x/g)) expect(after).toContain(line);
  },
);

test('resources in braces get company that the CLI reads as it is', () => {
  const quoted = { extra: { component: 'ofn', props: { version: '2024-01-01', labels: { a: '0b11' } } } };
  expect(load(withResources('resources: {a: {component: ofn}}\n', quoted) ?? '')).toEqual({
    resources: { a: { component: 'ofn' }, ...quoted },
  });
});

test.each([
  ['in braces', 'edition: 3.0.0\nresources: {a: {component: ofn}} # c\n'],
  ['as JSON', '{"edition":"3.0.0","resources":{"a":{"component":"ofn","props":{"image":"x"}}}}'],
  ['empty', 'edition: 3.0.0 # c\nresources: {}\nname: x\n'],
  ['nothing', 'edition: 3.0.0\nresources:\nname: x\n'],
  ['absent', 'edition: 3.0.0\nname: x\n'],
  ['without a line end', 'resources:\n  a:\n    component: ofn'],
  ['with Windows line ends', 'resources:\r\n  a:\r\n    component: ofn\r\nname: x\r\n'],
  ['ending in text that keeps its line ends', 'resources:\n  a:\n    text: |+\n      x\n\n\nname: x\n'],
  ['ending in text that looks like comments', 'resources:\n  a:\n    text: |\n      x\n      # no comment\nname: x\n'],
  ['with an anchor for others', 'resources:\n  a: &a\n    component: ofn\n  b:\n    <<: *a\nname: x\n'],
  ['before the end of the document', 'resources:\n  a:\n    component: ofn\n...\n'],
])('resources %s stay, and get company', (_what, text) => {
  const options = { merge: true };
  const before = parse(text, options) as { resources?: object };
  const after = withResources(text, added) ?? '';
  expect(parse(after, options)).toEqual({ ...before, resources: { ...before.resources, ...added } });
  for (const comment of text.match(/# .*/g) ?? []) expect(after).toContain(comment);
});

function isReadAlike(text: string): boolean {
  try {
    return isDeepStrictEqual(parse(text), load(text));
  } catch {
    return false;
  }
}

test('whatever an s.yaml holds, all of it is there afterwards', () => {
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      fc.string(),
      fc.stringMatching(/^[a-z #:\n-]*$/),
      fc.integer(),
      fc.array(tie('any')),
      fc.dictionary(fc.stringMatching(/^[a-z]+$/), tie('any')),
    ),
  })).any;
  const resources = fc.dictionary(fc.stringMatching(/^[a-d]+$/), value, { minKeys: 1 });
  const style = fc.record({ indent: fc.integer({ min: 1, max: 6 }), noArrayIndent: fc.boolean() });
  fc.assert(
    fc.property(resources, value, style, (present, other, options) => {
      const text = dump({ resources: present, other }, options);
      const before = load(text) as { resources: object };
      // Of a few odd texts `yaml` reads something else than js-yaml has written: these are refused.
      const after = resourcesIn(text) && withResources(text, added);
      if (after === undefined && !isReadAlike(text)) return;
      expect(load(after ?? '')).toEqual({ ...before, resources: { ...before.resources, ...added } });
    }),
  );
});

test.each([
  ['resources: {a: 1, b: 2}', ['a', 'b']],
  ['edition: 3.0.0', []],
  ['resources:', []],
  ['resources: [a]', undefined],
  ['a: &a {}\nresources: *a', undefined],
  ['- a', undefined],
  ['a: [', undefined],
  ['', undefined],
])('the names of the resources in %j are %j', (text, expected) => {
  expect(resourcesIn(text)).toEqual(expected);
});
