import { isRecord, valueAt, type JsonRecord } from '../record';
import { redactImage, redactText } from '../redact';

/** A function as it is in the cluster; parts that the cluster does not tell are absent. */
export interface FunctionInfo {
  name: string;
  namespace: string;
  /** API version in which it was read. */
  apiVersion: string;
  generation?: number;
  /** When it was marked for deletion; present while it is being deleted. */
  deletionTimestamp?: string;
  version?: string;
  image?: string;
  /** Digest of the image that an in-cluster build produced. */
  imageDigest?: string;
  runtime?: 'knative' | 'async';
  build?: StageInfo;
  serving?: StageInfo;
  /** URLs of an HTTP function, by who can reach them. */
  addresses?: { external?: string; internal?: string };
  route?: { hosts?: string[]; paths?: string[] };
}

/** State of the build or the serving. */
export interface StageInfo {
  /** As OpenFunction names it: Created, Building, Succeeded, Starting, Running, Failed, Timeout, Canceled, Skipped. */
  state?: string;
  reason?: string;
  message?: string;
  /** The Builder or Serving that does the work. */
  resource?: string;
}

/** Reads a live Function of v1beta1 or v1beta2. Never throws: what is missing or odd is left out. */
export function toInfo(live: unknown): FunctionInfo {
  return compact({
    name: text(live, 'metadata', 'name') ?? '',
    namespace: text(live, 'metadata', 'namespace') ?? '',
    apiVersion: text(live, 'apiVersion') ?? '',
    generation: number(live, 'metadata', 'generation'),
    deletionTimestamp: text(live, 'metadata', 'deletionTimestamp'),
    version: text(live, 'spec', 'version'),
    // No image has credentials, but a URL written in its place may.
    image: redactImage(text(live, 'spec', 'image') ?? '') || undefined,
    imageDigest: text(live, 'status', 'revision', 'imageDigest'),
    runtime: runtimeOf(live),
    build: stageOf(live, 'build'),
    serving: stageOf(live, 'serving'),
    addresses: addressesOf(live),
    route: routeOf(live),
  });
}

/** v1beta1 names the runtime; in v1beta2 an HTTP trigger means knative, Dapr triggers mean async. */
function runtimeOf(live: unknown): FunctionInfo['runtime'] {
  const named = text(live, 'spec', 'serving', 'runtime');
  if (named === 'knative' || named === 'async') return named;
  const triggers = valueAt(live, ['spec', 'serving', 'triggers']);
  if (!isRecord(triggers)) return undefined;
  if (triggers['http'] !== undefined) return 'knative';
  return triggers['dapr'] === undefined ? undefined : 'async';
}

function stageOf(live: unknown, stage: 'build' | 'serving'): StageInfo | undefined {
  return nonEmpty(
    compact<StageInfo>({
      state: text(live, 'status', stage, 'state'),
      reason: text(live, 'status', stage, 'reason'),
      message: redactText(text(live, 'status', stage, 'message') ?? '') || undefined,
      resource: text(live, 'status', stage, 'resourceRef'),
    }),
  );
}

/** OpenFunction 0.6 has one `status.url`; later ones list typed addresses. */
function addressesOf(live: unknown): FunctionInfo['addresses'] {
  const listed = valueAt(live, ['status', 'addresses']);
  const addresses = Array.isArray(listed) ? listed.filter(isRecord) : [];
  const ofType = (type: string): string | undefined =>
    text(
      addresses.find((address) => address['type'] === type),
      'value',
    );
  return nonEmpty(
    compact<NonNullable<FunctionInfo['addresses']>>({
      external: ofType('External') ?? text(live, 'status', 'url'),
      internal: ofType('Internal'),
    }),
  );
}

function routeOf(live: unknown): FunctionInfo['route'] {
  const hosts = valueAt(live, ['status', 'route', 'hosts']);
  const paths = valueAt(live, ['status', 'route', 'paths']);
  return nonEmpty(
    compact<NonNullable<FunctionInfo['route']>>({
      hosts: Array.isArray(hosts) ? hosts.map(String) : undefined,
      paths: Array.isArray(paths) ? paths.map((path) => text(path, 'value') ?? '') : undefined,
    }),
  );
}

function text(root: unknown, ...path: string[]): string | undefined {
  const value = valueAt(root, path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function number(root: unknown, ...path: string[]): number | undefined {
  const value = valueAt(root, path);
  return typeof value === 'number' ? value : undefined;
}

/** Without the keys whose value is undefined. */
function compact<T extends object>(object: { [Key in keyof T]: T[Key] | undefined }): T {
  return Object.fromEntries(Object.entries(object as JsonRecord).filter(([, value]) => value !== undefined)) as T;
}

function nonEmpty<T extends object>(object: T): T | undefined {
  return Object.keys(object).length === 0 ? undefined : object;
}
