import { isDeepStrictEqual } from 'node:util';
import { load } from 'js-yaml';
import { isMap, isScalar, parseDocument, type Pair, type Scalar, type YAMLMap } from 'yaml';
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
  const before = read(text) as { resources?: object } | undefined;
  const wanted = { ...before, resources: { ...before?.resources, ...resources } };
  for (const candidate of candidates(text, resources)) {
    if (candidate !== undefined && isDeepStrictEqual(read(candidate), wanted)) return candidate;
  }
  return undefined;
}

/** Texts that may be what is wanted, those with the least changes first. */
function* candidates(text: string, resources: Resources): Generator<string | undefined> {
  yield inserted(text, resources, lengthOfContent);
  yield inserted(text, resources, (content) => content.length);
  yield rewritten(text, resources);
}

/** As the CLI reads it, which knows another YAML than `yaml` does; undefined for what it cannot read. */
function read(text: string): unknown {
  try {
    return load(text);
  } catch {
    return undefined;
  }
}

/**
 * The text with lines for the resources; undefined where there are resources in braces.
 * @param endOf where those that are there end in a text, by their indent
 */
function inserted(
  text: string,
  resources: Resources,
  endOf: (content: string, indent: number) => number,
): string | undefined {
  const document = parseDocument(text);
  const map = document.get('resources', true);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const key = isMap(document.contents) ? keyOf(document.contents, 'resources') : undefined;
  if (key?.range && isEmpty(map)) {
    const braces = isMap(map) ? map.range : undefined;
    const open = braces ? text.slice(0, braces[0]).trimEnd() + text.slice(braces[1]) : text;
    return insert(open, endOfLine(open, key.range[1]), toLines(resources, '  ', eol), eol);
  }
  if (key === undefined) return insert(text, text.length, `resources:${eol}${toLines(resources, '  ', eol)}`, eol);
  if (!isMap(map) || map.flow || !map.range) return undefined;
  const [first] = map.items as Pair<Scalar>[];
  const start = first?.key.range?.[0] ?? 0;
  const indent = text.slice(text.lastIndexOf('\n', start) + 1, start);
  return insert(text, endOf(text.slice(0, map.range[1]), indent.length), toLines(resources, indent, eol), eol);
}

/** The same by a new print of all of it, which keeps comments but not every space. */
function rewritten(text: string, resources: Resources): string {
  const document = parseDocument(text);
  if (!isMap(document.get('resources'))) document.set('resources', document.createNode({}));
  for (const [name, resource] of Object.entries(resources)) {
    // Quotes stay as the CLI needs them.
    document.setIn(['resources', name], parseDocument(toYaml(resource)).contents);
  }
  return document.toString({ lineWidth: 0 });
}

function keyOf(map: YAMLMap, name: string): Scalar | undefined {
  return (map.items as Pair<Scalar>[]).map(({ key }) => key).find(({ value }) => value === name);
}

function isEmpty(node: unknown): boolean {
  return isMap(node) ? node.items.length === 0 : isScalar(node) && node.value === null;
}

function insert(text: string, at: number, lines: string, eol: string): string {
  const before = text.slice(0, at);
  return `${before}${before === '' || before.endsWith('\n') ? '' : eol}${lines}${eol}${text.slice(at)}`;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
}

function toLines(resources: Resources, indent: string, eol: string): string {
  const lines = toYaml(resources).trimEnd().split('\n');
  return lines.map((line) => (line === '' ? line : indent + line)).join(eol);
}

/** Without the empty lines and the comments after it that belong to what follows. */
function lengthOfContent(text: string, indent: number): number {
  const lines = text.split(/(?<=\n)/);
  const isContent = (line: string): boolean => /^\s*[^\s#]/.test(line) || line.search(/\S/) >= indent;
  while (lines.length > 0 && !isContent(lines.at(-1) ?? '')) lines.pop();
  return lines.join('').length;
}
