import type { Path } from '../../../src/path';
import { isRecord, valueAt } from '../../../src/record';

/** The paths of all values inside a value, its own first. */
export function pathsIn(value: unknown, path: Path = []): Path[] {
  if (Array.isArray(value)) return [path, ...value.flatMap((item, index) => pathsIn(item, [...path, index]))];
  if (!isRecord(value)) return [path];
  return [path, ...Object.entries(value).flatMap(([key, item]) => pathsIn(item, [...path, key]))];
}

/** A copy with another value at a path; undefined removes the entry, so that the items after it move up. */
export function changed(root: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(root)) {
    return root.flatMap((item: unknown, index) => {
      if (index !== key) return [item];
      const inner = changed(item, rest, value);
      return inner === undefined ? [] : [inner];
    });
  }
  if (!isRecord(root)) return root;
  const inner = changed(Object.hasOwn(root, key) ? root[key] : undefined, rest, value);
  const others = Object.entries(root);
  const entries = Object.hasOwn(root, key)
    ? others.map(([name, item]) => [name, name === key ? inner : item] as const)
    : [...others, [key, inner] as const];
  // Entries and not assignments: `__proto__` is a key like any other.
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}

/** Whether a path leads to something, or would after one more key. */
export function leadsSomewhere(root: unknown, path: Path): boolean {
  return path.length === 0 || [path, path.slice(0, -1)].some((way) => exists(root, way));
}

function exists(root: unknown, path: Path): boolean {
  return path.every((key, index) => {
    const parent = valueAt(root, path.slice(0, index));
    if (Array.isArray(parent)) return typeof key === 'number' && key < parent.length;
    return isRecord(parent) && typeof key === 'string' && Object.hasOwn(parent, key);
  });
}
