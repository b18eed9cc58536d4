import ts from 'typescript';
import { isRecord, valueAt, type JsonRecord } from '../../src/record';

/**
 * The code of compiled validators with no more of its copies of the schema than it looks at: the values of an enum,
 * and the keys of properties.
 */
export function pruneSchemas(code: string): string {
  const file = ts.createSourceFile('validator.js', code, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const copies = new Map<string, ts.Expression>();
  const uses = new Map<string, string[][]>();
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && isCopy(node.name.text) && node.initializer) {
      copies.set(node.name.text, node.initializer);
      return;
    }
    const [name = '', ...path] = chainOf(node) ?? [];
    if (isCopy(name)) {
      uses.set(name, [...(uses.get(name) ?? []), path]);
      return;
    }
    ts.forEachChild(node, visit);
  };
  visit(file);

  const edits = [...copies].map(([name, node]) => {
    const schema = JSON.parse(node.getText()) as JsonRecord;
    return { start: node.getStart(), end: node.getEnd(), text: JSON.stringify(used(schema, uses.get(name) ?? [])) };
  });
  return edits
    .sort((a, b) => b.start - a.start)
    .reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), code);
}

function isCopy(name: string): boolean {
  return /^schema\d+$/.test(name);
}

/** `schema6.properties["a"].enum` as its names. */
function chainOf(node: ts.Node): string[] | undefined {
  if (ts.isIdentifier(node)) return [node.text];
  if (ts.isPropertyAccessExpression(node)) return append(chainOf(node.expression), node.name.text);
  if (ts.isElementAccessExpression(node) && ts.isStringLiteral(node.argumentExpression)) {
    return append(chainOf(node.expression), node.argumentExpression.text);
  }
  return undefined;
}

function append(chain: string[] | undefined, name: string): string[] | undefined {
  return chain && [...chain, name];
}

/** What is at these paths of a schema; of properties their keys alone. */
function used(schema: JsonRecord, paths: readonly string[][]): JsonRecord {
  const kept: JsonRecord = {};
  for (const path of paths) {
    let place = kept;
    for (const key of path.slice(0, -1)) place = place[key] = isRecord(place[key]) ? place[key] : {};
    const last = path.at(-1) ?? '';
    const value = valueAt(schema, path);
    const before = isRecord(place[last]) ? place[last] : {};
    place[last] = isRecord(value)
      ? { ...Object.fromEntries(Object.keys(value).map((key) => [key, 0])), ...before }
      : value;
  }
  return kept;
}
