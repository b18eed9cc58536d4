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

/** Reads a JSON pointer (RFC 6901); keys made of digits become indexes. */
export function parsePointer(pointer: string): Path {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((key) => (/^\d+$/.test(key) ? Number(key) : key));
}

/** Reads a field path of a Kubernetes status cause, such as `spec.serving.inputs[0].name` or `.metadata.labels[a.b/c]`. */
export function parseFieldPath(field: string): Path {
  const keys: (string | number)[] = [];
  for (const [, index, quoted, key] of field.matchAll(/\[(\d+)\]|\["?([^\]"]*)"?\]|([^.[\]]+)/g)) {
    if (index !== undefined) keys.push(Number(index));
    else keys.push(quoted ?? key ?? '');
  }
  return keys;
}
