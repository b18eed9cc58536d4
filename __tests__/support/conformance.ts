import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { conformanceFolder, hasConformance } from '../../scripts/control-plane/crds';
import type { JsonRecord } from '../../src/record';

export interface PublishedFunction {
  file: string;
  manifest: {
    apiVersion: string;
    kind: string;
    metadata: {
      name: string;
      namespace?: string;
      labels?: Record<string, string>;
      annotations?: Record<string, string>;
    };
    spec: Record<string, unknown>;
  };
}

/** OpenFunction's published v1beta1 Functions; empty, and said so, where the conformance data is absent. */
export function publishedFunctions(): PublishedFunction[] {
  if (!hasConformance()) {
    console.warn(`SKIPPED: no conformance data at ${conformanceFolder}; the published Functions are not tested.`);
    return [];
  }
  const folder = path.join(conformanceFolder, 'functions');
  return readdirSync(folder).map((file) => ({
    file,
    manifest: load(readFileSync(path.join(folder, file), 'utf8')) as PublishedFunction['manifest'],
  }));
}

/** The manifest as someone would write it in props: metadata and spec flattened. */
export function toProps({ manifest: { metadata, spec } }: PublishedFunction): Record<string, unknown> {
  const { name, namespace, labels, annotations } = metadata;
  const written = { name, namespace, labels, annotations, ...spec };
  return Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined));
}

/** A Function with what the code of OpenFunction says about it. */
export interface Probe {
  name: string;
  input: JsonRecord;
  /** `ok`, a reason, or null where the release cannot decode the input or does not serve its version. */
  'webhook_v1.0.0': string | null;
  /** The same of the release that converts v1beta1 first: empty where it cannot decode, absent where it panics. */
  'webhook_v1.2.0'?: string;
  v1beta2?: JsonRecord;
  convertPanic?: boolean;
}

/** None, and said so, where the conformance data is absent. */
export function readProbes(): Probe[] {
  if (!hasConformance()) {
    console.warn(`SKIPPED: no conformance data at ${conformanceFolder}; the probes are not tested.`);
    return [];
  }
  return JSON.parse(readFileSync(path.join(conformanceFolder, 'probes.json'), 'utf8')) as Probe[];
}

/** What OpenFunction 1.2.0 converts the published Function of the same file name to. */
export function readGolden(file: string): JsonRecord {
  return load(readFileSync(path.join(conformanceFolder, 'golden-v1beta2', file), 'utf8')) as JsonRecord;
}

/** `test.each`, or a skipped test where there are no cases. */
export function testEach<T>(
  title: string,
  cases: readonly (readonly [string, T])[],
  run: (item: T) => void | Promise<void>,
): void {
  if (cases.length === 0) test.skip(title, () => undefined);
  else test.each(cases)(title, (_name, item) => run(item));
}
