import { isRecord, valueAt } from './record';
import type { Path } from './path';

/**
 * Metadata of Dapr components that is no secret by its nature: names of topics and groups, delivery settings.
 * Everything else may hold a password or a key, whatever its name, and is never shown.
 */
const harmlessDaprMetadata = new Set([
  'topic', 'topics', 'publishTopic', 'allowedTopics', 'consumerGroup', 'consumerID', 'queueName', 'direction', 'route',
  'qos', 'retain', 'cleanSession', 'schedule', 'initialOffset', 'authRequired', 'authType',
]); // prettier-ignore

const secretName =
  /pass(word|wd|phrase)|pwd|secret|token|credential|api[-_]?key|access[-_]?key|private[-_]?key|[-_]key$|connection[-_]?string|dsn$|^auth$/i;
/** A key that is not one by the words around it, as `accountKey` and `clientKey` of Dapr. */
const keyOfSomething = /[a-z](Key|Pass)$|_PASS$/;

function isSecretName(name: string): boolean {
  return secretName.test(name) || keyOfSomething.test(name);
}

/** Where `kubectl apply` keeps the whole object as text, secrets included. */
export const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';
/** What a URL is a part of: it ends at a space or a quote. */
const unbroken = /[^\s"'<>]+/g;
/** It begins where a word begins, and no part repeats another: in a long text the search must not start over at every letter. */
const secretArgument = /(?<![\w-])((?=\w*-[\w-]*(?:password|passwd|token|secret|api-?key))[\w-]+[= ])(\S+)/gi;
/** What connection strings and certificates hold. */
const keyInText = /\b((?:Shared)?AccessKey|AccountKey)=[^;\s"']+/g;
const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(-----END|$)/g;
const bearerToken = /\b(bearer|basic)\s+([\w.~+/=-]{16,})/gi;

/** Marks a secret. Equal values get equal marks, so that a change can be seen without the value. */
export type Mark = (secret: string) => string;

const anonymousMark: Mark = () => '<redacted>';

/** A mark that numbers the values it meets. */
export function numberedMark(): Mark {
  const seen = new Map<string, number>();
  return (secret) => {
    const index = seen.get(secret) ?? seen.size + 1;
    seen.set(secret, index);
    return `<redacted #${index}>`;
  };
}

/** Hides the credentials of URLs alone, in text that is ours but for what it quotes. */
export function redactUrls(text: string, mark: Mark = anonymousMark): string {
  return text.replace(unbroken, (word) => withoutCredentials(word, mark));
}

/** Hides credentials in free text: `scheme://user:password@host`, `Bearer …`. */
export function redactText(text: string, mark: Mark = anonymousMark): string {
  if (!/[\s@=]/.test(text)) return text;
  return redactUrls(text, mark)
    .replace(bearerToken, (_match, kind: string, token: string) => `${kind} ${mark(token)}`)
    .replace(secretArgument, (_match, flag: string, value: string) => flag + mark(value))
    .replace(keyInText, (match, name: string) => `${name}=${mark(match.slice(name.length + 1))}`)
    .replace(privateKey, (match) => mark(match));
}

/** An image without the credentials of its registry, with which people sometimes begin it. A digest stays. */
export function redactImage(image: string, mark: Mark = anonymousMark): string {
  if (image.includes('://')) return redactText(image, mark);
  return image.replace(/^(.*)@(?!sha\d+:)/s, (_match, credentials: string) => `${mark(credentials)}@`);
}

/** Credentials reach to the last `@`: passwords may hold `@` and `/`. */
function withoutCredentials(word: string, mark: Mark): string {
  const scheme = word.indexOf('://');
  const start = scheme + '://'.length;
  const end = word.lastIndexOf('@');
  return scheme < 0 || end < start ? word : word.slice(0, start) + mark(word.slice(start, end)) + word.slice(end);
}

/** Whether a value that is called `name` is or holds a credential. */
export function hidesSecret(name: string, value: unknown): boolean {
  if (value === undefined || value === null || typeof value === 'boolean') return false;
  if (typeof value === 'string') {
    if (redactText(value) !== value) return true;
    if (/^(true|false|)$/.test(value)) return false;
  }
  return isSecretName(name) && !/(endpoint|ur[il]|name|file|path)$/i.test(name);
}

/** A copy of a Function manifest, or of a part of it at `path`, in which every secret is replaced by its mark. */
export function redact(value: unknown, mark: Mark = anonymousMark, path: Path = []): unknown {
  if (path.at(-1) === 'image' && typeof value === 'string') return redactImage(value, mark);
  if (isSecretPlace(path, value)) return mark(typeof value === 'string' ? value : JSON.stringify(value));
  if (typeof value === 'string') return redactText(value, mark);
  if (Array.isArray(value)) return value.map((item, index) => redact(item, mark, [...path, nameOf(item) ?? index]));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redact(item, mark, [...path, key])]));
}

/** The value at a path, for an error message: short, quoted, without secrets. */
export function showValue(root: unknown, path: Path): string {
  const value = valueAt(root, path);
  if (Array.isArray(value)) return 'a list';
  if (isRecord(value)) return 'a map';
  const shown = redact(value, anonymousMark, namedPath(root, path));
  return typeof shown === 'string' ? quote(shown, 78) : String(shown);
}

/** Text of a place that holds no secret, for an error message: quoted, on one line, not endless, and no credentials of a URL. */
export function showText(text: string): string {
  return quote(redactText(text), 200);
}

/** The same of what is shown bare, such as names in a list, where it is a plain word. */
export function showWord(text: string): string {
  return /^\w(?:[\w./:@-]{0,78}\w)?$/.test(text) && redactText(text) === text ? text : showText(text);
}

/** In quotes, without what ends a line or turns its direction around. */
function quote(text: string, limit: number): string {
  const shown = text.length > limit ? `${text.slice(0, limit)}…` : text;
  return JSON.stringify(shown).replace(
    /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const daprSections = new Set<unknown>(['bindings', 'pubsub', 'states']);
const namedValues = new Set<unknown>(['params', 'env', 'metadata', 'annotations', 'labels', 'httpHeaders']);

/** A named item, such as an environment variable, is a map of its own; its parts are looked at one by one. */
function isSecretPlace(path: Path, value: unknown): boolean {
  const last = path.at(-1);
  if (last === lastAppliedAnnotation) return true;
  if (isDaprMetadata(path)) return mayHoldSecret(path);
  const given = isRecord(value) && last !== 'value' ? undefined : givenName(path);
  return given !== undefined && isSecretName(given);
}

/** State stores of v1beta2 have their metadata under `spec`. */
function isDaprMetadata(path: Path): boolean {
  const [last, , list, ...above] = [...path].reverse();
  const [, section] = above[0] === 'spec' ? above.slice(1) : above;
  return last === 'value' && list === 'metadata' && daprSections.has(section);
}

/** Whether a path leads to metadata of a Dapr component that may be a secret whatever it is called. */
export function mayHoldSecret(path: Path): boolean {
  return isDaprMetadata(path) && !harmlessDaprMetadata.has(String(path.at(-2)));
}

/**
 * The name that people gave to the value at a path: that of a variable, an annotation, a piece of metadata. Undefined elsewhere.
 * @param path with the names of named items in place of their indexes
 */
export function givenName(path: Path): string | undefined {
  const [last, name, list] = [...path].reverse();
  if (last === 'value' && namedValues.has(list)) return String(name);
  return namedValues.has(name) ? String(last) : undefined;
}

/** A path with the names of named items in place of their indexes. */
export function namedPath(root: unknown, path: Path): Path {
  return path.map((key, index) =>
    typeof key === 'number' ? (nameOf(valueAt(root, path.slice(0, index + 1))) ?? key) : key,
  );
}

function nameOf(item: unknown): string | undefined {
  return isRecord(item) && typeof item['name'] === 'string' ? item['name'] : undefined;
}
