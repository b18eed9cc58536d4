import { isRecord, valueAt } from './record';

/** The way to a value inside props: keys of objects and indexes of arrays. */
export type Path = readonly (string | number)[];

const plainKey = /^[A-Za-z_][\w-]*$/;

/** As people write it: `serving.inputs[0].component`, `annotations["dapr.io/app-protocol"]`. */
export function formatPath(path: Path): string {
  return path
    .map((key, index) => {
      if (typeof key === 'number') return `[${key}]`;
      if (!plainKey.test(key)) return `[${JSON.stringify(key)}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join('');
}

/** Reads a JSON pointer (RFC 6901) into a value: what points into a list is an index. */
export function parsePointer(pointer: string, root?: unknown): Path {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const path: (string | number)[] = [];
  for (const key of keys) path.push(Array.isArray(valueAt(root, path)) ? Number(key) : key);
  return path;
}

/**
 * Reads a field path of a Kubernetes status cause, such as `spec.serving.inputs[0].name` or `.metadata.labels[a.b/c]`.
 * Keys that hold dots are not always quoted there (`.metadata.labels.app.kubernetes.io/name`), and items of some lists
 * are named by their keys (`.ports[containerPort=8080,protocol="TCP"]`); both are recognised when `root` has them.
 */
export function parseFieldPath(field: string, root?: unknown): Path {
  const path: (string | number)[] = [];
  let rest = field;
  while (rest !== '') {
    const [keyed, keys] = itemByKeys.exec(rest) ?? [];
    if (keyed !== undefined) {
      path.push(indexOfItem(valueAt(root, path), keys ?? '') ?? keyed);
      rest = rest.slice(keyed.length);
      continue;
    }
    const [whole, index, quoted] = /^\[(?:(\d+)|"?([^\]"]*)"?)\]/.exec(rest) ?? [];
    if (whole !== undefined) {
      path.push(index === undefined ? (quoted ?? '') : Number(index));
      rest = rest.slice(whole.length);
    } else {
      const text = rest.replace(/^\./, '');
      const key = longestKey(valueAt(root, path), text) ?? /^[^.[]*/.exec(text)?.[0] ?? '';
      if (key === '') break;
      path.push(key);
      rest = text.slice(key.length);
    }
  }
  return path;
}

const keyAndValue = /(\w+)=("[^"]*"|[^,\]]*)/;
const itemByKeys = new RegExp(`^\\[((?:${keyAndValue.source},?)+)\\]`);

/** The item of a list that has these keys; one that it lacks has its default. */
function indexOfItem(list: unknown, keys: string): number | undefined {
  if (!Array.isArray(list)) return undefined;
  const wanted = [...keys.matchAll(new RegExp(keyAndValue, 'g'))];
  const index = list.findIndex(
    (item) =>
      isRecord(item) &&
      wanted.every(([, key = '', value]) => item[key] === undefined || JSON.stringify(item[key]) === value),
  );
  return index < 0 ? undefined : index;
}

/** The longest key of a map with which the text begins. */
function longestKey(container: unknown, text: string): string | undefined {
  if (!isRecord(container)) return undefined;
  const keys = Object.keys(container).filter(
    (key) => text === key || text.startsWith(`${key}.`) || text.startsWith(`${key}[`),
  );
  return keys.sort((a, b) => b.length - a.length)[0];
}
