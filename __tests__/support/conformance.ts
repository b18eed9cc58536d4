import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { conformanceFolder, hasConformance } from '../../scripts/control-plane/crds';

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
