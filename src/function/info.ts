import { recordsAt, valueAt, withoutUndefined } from '../record';
import { redactImage, redactText } from '../redact';
import { flowOf, type Endpoint } from './flow';
import { runtimeOf } from './runtime';

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
  /** Of an HTTP function: its URLs by who can reach them, and the hosts and paths that lead to it through the gateway. */
  addresses?: { http?: { external?: string; internal?: string }; hosts?: string[]; paths?: string[] };
  /** What calls an async function, and where a function sends. */
  inputs?: Endpoint[];
  outputs?: Endpoint[];
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
  return withoutUndefined({
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
    ...flowsOf(live),
  });
}

function stageOf(live: unknown, stage: 'build' | 'serving'): StageInfo | undefined {
  return nonEmpty(
    withoutUndefined<StageInfo>({
      state: text(live, 'status', stage, 'state'),
      reason: text(live, 'status', stage, 'reason'),
      message: redactText(text(live, 'status', stage, 'message') ?? '') || undefined,
      resource: text(live, 'status', stage, 'resourceRef'),
    }),
  );
}

/** OpenFunction 0.6 has one `status.url`; later ones list typed addresses. */
function addressesOf(live: unknown): FunctionInfo['addresses'] {
  const ofType = (type: string): string | undefined =>
    text(
      recordsAt(live, ['status', 'addresses']).find((address) => address['type'] === type),
      'value',
    );
  const hosts = valueAt(live, ['status', 'route', 'hosts']);
  const paths = valueAt(live, ['status', 'route', 'paths']);
  return nonEmpty(
    withoutUndefined<NonNullable<FunctionInfo['addresses']>>({
      http: nonEmpty(
        withoutUndefined<{ external?: string; internal?: string }>({
          external: ofType('External') ?? text(live, 'status', 'url'),
          internal: ofType('Internal'),
        }),
      ),
      hosts: Array.isArray(hosts) ? hosts.map(String) : undefined,
      paths: Array.isArray(paths) ? paths.map((path) => text(path, 'value') ?? '') : undefined,
    }),
  );
}

function flowsOf(live: unknown): { inputs: Endpoint[] | undefined; outputs: Endpoint[] | undefined } {
  const { inputs, outputs } = flowOf(live);
  return { inputs: inputs.length > 0 ? inputs : undefined, outputs: outputs.length > 0 ? outputs : undefined };
}

function text(root: unknown, ...path: string[]): string | undefined {
  const value = valueAt(root, path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function number(root: unknown, ...path: string[]): number | undefined {
  const value = valueAt(root, path);
  return typeof value === 'number' ? value : undefined;
}

function nonEmpty<T extends object>(object: T): T | undefined {
  return Object.keys(object).length === 0 ? undefined : object;
}
