import { readFileSync } from 'node:fs';
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import type { Path } from '../path';

/** Where something stands in a file; both count from 1. */
export interface Position {
  line: number;
  column: number;
}

/**
 * Finds places in a YAML file: the position of the key, or of the item of a list; for what is missing, that of the map around it.
 * Undefined for what the file does not hold, as with `extend`, and when it cannot be read.
 * @param root keys that must be there for a position to mean anything
 */
export function positionsIn(file: string, root: Path): (path: Path) => Position | undefined {
  const lines = new LineCounter();
  const document = parse(file, lines);
  return (path) => {
    const offset = document && offsetOf(document, path, root.length);
    if (offset === undefined) return undefined;
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
}

function parse(file: string, lineCounter: LineCounter): Document | undefined {
  try {
    return parseDocument(readFileSync(file, 'utf8'), {
      lineCounter,
      logLevel: 'silent',
      prettyErrors: false,
      uniqueKeys: false,
    });
  } catch {
    return undefined;
  }
}

interface Found {
  offset: number | undefined;
  value: unknown;
}

/** Where the longest part of the path begins that the document holds; undefined when less than `least` keys are there. */
function offsetOf(document: Document, path: Path, least: number): number | undefined {
  let current: Found = { offset: undefined, value: document.contents };
  for (const [depth, key] of path.entries()) {
    const next = child(document, current.value, key);
    if (next === undefined) return depth >= least ? current.offset : undefined;
    current = next;
  }
  return current.offset;
}

function child(
  document: Document,
  parent: unknown,
  key: string | number,
  seen: ReadonlySet<unknown> = new Set(),
): Found | undefined {
  const node = resolveAlias(document, parent);
  // A map may merge itself.
  if (seen.has(node)) return undefined;
  if (isSeq(node) && typeof key === 'number') {
    const item = node.items[key];
    return item === undefined ? undefined : { offset: startOf(item), value: item };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find((candidate) => isScalar(candidate.key) && String(candidate.key.value) === String(key));
  if (pair) return { offset: startOf(pair.key), value: pair.value };
  return mergedInto(document, node.items)
    .map((merged) => child(document, merged, key, new Set([...seen, node])))
    .find((found) => found !== undefined);
}

/** The maps that `<<` brings in. */
function mergedInto(document: Document, items: readonly { key: unknown; value: unknown }[]): unknown[] {
  return items
    .filter(({ key }) => isScalar(key) && (key.value === '<<' || typeof key.value === 'symbol'))
    .flatMap(({ value }) => {
      const node = resolveAlias(document, value);
      return isSeq(node) ? node.items : [node];
    });
}

function resolveAlias(document: Document, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

function startOf(node: unknown): number | undefined {
  return (node as Node | undefined)?.range?.[0];
}
