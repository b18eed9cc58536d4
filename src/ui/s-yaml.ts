import { isDeepStrictEqual } from 'node:util';
import { isMap, parseDocument, type Document, type Pair, type Scalar } from 'yaml';
import { toYaml } from './yaml';

/** Resources of an s.yaml by their names. */
export type Resources = Readonly<Record<string, object>>;

/** A new s.yaml. */
export function newSYaml(name: string, resources: Resources): string {
  return toYaml({ edition: '3.0.0', name, resources });
}

/** The names of the resources in an s.yaml; undefined for text to which none could be added. */
export function resourcesIn(text: string): string[] | undefined {
  const document = parseDocument(text, { logLevel: 'silent', prettyErrors: false });
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined;
  const resources = document.get('resources');
  if (resources === undefined || resources === null) return [];
  return isMap(resources) ? Object.keys(resources.toJS(document) as object) : undefined;
}

/**
 * The text of an s.yaml with more resources after those that it has. All else stays as it is written, where that is possible.
 * @returns undefined for text to which they cannot be added without harm
 */
export function withResources(text: string, resources: Resources): string | undefined {
  const document = parseDocument(text);
  const inserted = inserting(text, document, resources);
  if (!isMap(document.get('resources'))) document.set('resources', document.createNode({}));
  for (const [name, resource] of Object.entries(resources)) {
    document.setIn(['resources', name], document.createNode(resource));
  }
  const wanted = toObject(document);
  return [inserted, document.toString({ lineWidth: 0 })].find(
    (candidate) => candidate !== undefined && isDeepStrictEqual(toObject(parseDocument(candidate)), wanted),
  );
}

function toObject(document: Document): unknown {
  return document.toJS({ maxAliasCount: -1 });
}

/** The text with lines for the resources, indented as the others are; undefined where these are not in lines of their own. */
function inserting(text: string, document: Document, resources: Resources): string | undefined {
  const map = document.get('resources', true);
  if (!isMap(map) || map.flow || !map.range) return undefined;
  const [first] = map.items as Pair<Scalar>[];
  const start = first?.key.range?.[0] ?? 0;
  const indent = text.slice(text.lastIndexOf('\n', start) + 1, start);
  const end = lengthOfContent(text.slice(0, map.range[1]), indent.length);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = toYaml(resources).trimEnd().split('\n');
  const added = lines.map((line) => (line === '' ? line : indent + line)).join(eol);
  const before = text.slice(0, end);
  return `${before}${before.endsWith('\n') ? '' : eol}${added}${eol}${text.slice(end)}`;
}

/** Without the empty lines and the comments after it that belong to what follows. */
function lengthOfContent(text: string, indent: number): number {
  const lines = text.split(/(?<=\n)/);
  const isContent = (line: string): boolean => /^\s*[^\s#]/.test(line) || line.search(/\S/) >= indent;
  while (lines.length > 0 && !isContent(lines.at(-1) ?? '')) lines.pop();
  return lines.join('').length;
}
