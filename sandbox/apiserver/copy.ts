/**
 * A copy of plain data. Unlike those of structuredClone, its objects are of the same kind as all others where
 * modules run in a context of their own, as in Jest: deep comparisons tell objects of two contexts apart.
 */
export function copyOf<T>(data: T): T {
  return JSON.parse(JSON.stringify(data)) as T;
}
