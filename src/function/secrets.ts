import { formatPath, type Path } from '../path';
import type { JsonRecord } from '../record';
import { givenName, hidesSecret, mayHoldSecret, namedPath, redactImage, redactText, redactUrls } from '../redact';

/** An environment variable that takes the place of a secret in an s.yaml. */
export interface SecretVariable {
  name: string;
  /** The secret itself. */
  value: string;
  /** Where in the props it is first used, for instance `serving.params.DB_PASSWORD`. */
  place: string;
}

/**
 * Props with references in place of their secrets: of values whose names say so, of credentials in URLs and images, and of Dapr
 * metadata that is no known setting and does not look like one. Equal values share a variable.
 * @param owner whose props they are: the names of the variables begin with it
 * @param taken names that others have
 */
export function referToSecrets(
  props: JsonRecord,
  owner: string,
  taken: readonly string[] = [],
): { props: JsonRecord; variables: SecretVariable[] } {
  const variables: SecretVariable[] = [];
  const refer = (text: string, path: Path): string => {
    // The CLI takes an empty variable for a missing one.
    if (text === '') return text;
    const value = withValues(text, variables);
    const known = variables.find((variable) => variable.value === value);
    const isFree = (name: string): boolean => ![...taken, ...variables.map((one) => one.name)].includes(name);
    const name = known?.name ?? freeName(nameFor(owner, namedPath(props, path)), isFree);
    if (known === undefined) variables.push({ name, value, place: formatPath(path) });
    return `\${env('${name}')}`;
  };
  const change = (value: unknown, path: Path): unknown => {
    const named = namedPath(props, path);
    if (typeof value !== 'object' || value === null) {
      return withReference(value, named, (secret) => refer(secret, path));
    }
    if (mayHoldSecret(named)) return refer(JSON.stringify(value), path);
    if (Array.isArray(value)) return value.map((item, index) => change(item, [...path, index]));
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item, [...path, key])]));
  };
  const open = change(props, []) as JsonRecord;
  const written = JSON.stringify(open);
  return { props: open, variables: variables.filter(({ name }) => written.includes(`'${name}'`)) };
}

/** A secret that is found around another one holds that itself, not its reference. */
function withValues(text: string, variables: readonly SecretVariable[]): string {
  return variables.reduce((whole, { name, value }) => whole.replaceAll(`\${env('${name}')}`, () => value), text);
}

/** What is no secret beside one, such as the address in a URL, stays. */
function withReference(value: unknown, path: Path, refer: (secret: string) => string): unknown {
  const name = givenName(path);
  const isHidden = name !== undefined && (hidesSecret(name, value) || (mayHoldSecret(path) && !isPlain(String(value))));
  if (typeof value !== 'string') return isHidden ? refer(String(value)) : value;
  if (path.at(-1) === 'image') return redactImage(value, refer);
  if (!isHidden) return redactText(value, refer);
  return isLoginAlone(value, path) ? redactUrls(value, refer) : refer(value);
}

/** Whether the secrets in a text are the credentials of URLs, and nothing else of it may be one. */
function isLoginAlone(text: string, path: Path): boolean {
  const hidden = redactUrls(text);
  const rest = redactUrls(text, () => '').replaceAll('://@', '://');
  return hidden !== text && hidden === redactText(text) && (!mayHoldSecret(path) || isPlain(rest));
}

/** Whether text is a setting by its form: yes or no, a number or a duration, nothing, or addresses. */
function isPlain(text: string): boolean {
  return /^(true|false|null|-?\d+(\.\d+)?(ms|s|m|h)?|)$/.test(text) || text.split(',').every(isAddress);
}

/** A host with its port or its protocol. A path may be one that only who may call it knows. */
function isAddress(text: string): boolean {
  const [, protocol, port] = /^\s*([a-z]+:\/\/)?[a-z0-9](?:[-.a-z0-9]*[a-z0-9])?(:\d{2,5})?\/?$/i.exec(text) ?? [];
  return protocol !== undefined || port !== undefined;
}

/** What the function, the Dapr component and the value are called. */
function nameFor(owner: string, path: Path): string {
  const [section, component = ''] = path.slice(1);
  const isOfDapr = section === 'bindings' || section === 'pubsub' || section === 'states';
  const last = toConstant(String(givenName(path) ?? path.filter((key) => typeof key === 'string').at(-1)));
  const middle = isOfDapr ? toConstant(String(component)) : '';
  const words = [toConstant(owner), last.startsWith(middle) ? '' : middle, last];
  return words
    .filter((word) => word !== '')
    .join('_')
    .replace(/^\d/, '_$&');
}

/** `saslPassword` as `SASL_PASSWORD`. */
function toConstant(word: string): string {
  return word
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toUpperCase();
}

function freeName(name: string, isFree: (name: string) => boolean): string {
  let candidate = name;
  for (let count = 2; !isFree(candidate); count += 1) candidate = `${name}_${count}`;
  return candidate;
}
