import fc from 'fast-check';
import type { Path } from '../../../src/path';
import { isRecord, valueAt } from '../../../src/record';
import { changed, pathsIn } from './places-of';
import { inherited, longText, oddText } from './text';

/** One change of a value at a place; `pick` chooses the place among all that there are. */
interface Mutation {
  pick: number;
  change: (root: unknown, path: Path) => unknown;
}

const reference = fc.constantFrom('${resources.a.output.b}', 'x-${vars.y}', '${ resources.a.info.b }', '${env.HOME}');

function nested(depth: number, isList: boolean): unknown {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level += 1) value = isList ? [value] : { a: value };
  return value;
}

/** What may stand where something else belongs. */
export const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, '', [], {}, -1, 0, 1, 1.5, true, false, 2 ** 31, 2 ** 63, 1e300, -0, NaN, Infinity),
  fc.constantFrom('NaN', '.inf', '1', 'true', 'null', '-1', '0x1F', '1e3', '1,000'),
  oddText,
  reference,
  longText,
  fc.tuple(fc.constantFrom(2, 20, 200), fc.boolean()).map(([depth, isList]) => nested(depth, isList)),
  fc
    .constantFrom(...inherited)
    .chain((key) => fc.jsonValue({ maxDepth: 1 }).map((value) => Object.fromEntries([[key, value]]))),
  fc.jsonValue({ maxDepth: 3 }),
);

const replaced = anyValue.map((value) => (root: unknown, path: Path) => changed(root, path, value));

const removed = fc.constant((root: unknown, path: Path) => (path.length === 0 ? {} : changed(root, path, undefined)));

const added = fc
  .tuple(fc.oneof(fc.constantFrom(...inherited, 'port', 'name', 'serving', 'image', 'env'), oddText), anyValue)
  .map(([key, value]) => (root: unknown, path: Path) => {
    const here = valueAt(root, path);
    if (Array.isArray(here)) return changed(root, path, [...(here as unknown[]), value]);
    return isRecord(here) ? changed(root, [...path, key], value) : root;
  });

/** A letter lost, doubled, changed, or in the other case. */
const misspelt = fc
  .tuple(fc.nat(20), fc.constantFrom('lost', 'doubled', 'changed', 'upper'))
  .map(([at, slip]) => (root: unknown, path: Path): unknown => {
    const key = path.at(-1);
    if (typeof key !== 'string' || key === '') return root;
    const index = at % key.length;
    const letter = key.charAt(index);
    const instead = { lost: '', doubled: letter + letter, changed: 'q', upper: letter.toUpperCase() }[slip] ?? '';
    const name = key.slice(0, index) + instead + key.slice(index + 1);
    return changed(changed(root, path, undefined), [...path.slice(0, -1), name], valueAt(root, path));
  });

/** A list where a map is, and the other way round. */
const swapped = fc.constant((root: unknown, path: Path) => {
  const value = valueAt(root, path);
  if (Array.isArray(value)) {
    return changed(root, path, Object.fromEntries(value.map((item, index) => [index, item as unknown])));
  }
  return changed(root, path, isRecord(value) ? Object.values(value) : [value]);
});

/** The value of another place. */
const moved = fc.nat().map((pick) => (root: unknown, path: Path) => {
  const paths = pathsIn(root);
  return changed(root, path, valueAt(root, paths[pick % paths.length] ?? []));
});

const mutation: fc.Arbitrary<Mutation> = fc.record({
  pick: fc.nat(),
  change: fc.oneof(
    { weight: 4, arbitrary: replaced },
    { weight: 2, arbitrary: removed },
    { weight: 2, arbitrary: added },
    { weight: 2, arbitrary: misspelt },
    { weight: 1, arbitrary: swapped },
    { weight: 1, arbitrary: moved },
  ),
});

/** A value with some mistakes in it. */
export function mutated(values: fc.Arbitrary<unknown>, { maximum = 4 } = {}): fc.Arbitrary<unknown> {
  return fc.tuple(values, fc.array(mutation, { minLength: 1, maxLength: maximum })).map(([value, mutations]) =>
    mutations.reduce((root: unknown, { pick, change }) => {
      const paths = pathsIn(root);
      return change(root, paths[pick % paths.length] ?? []);
    }, value),
  );
}
