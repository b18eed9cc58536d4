import type { GroupVersion } from '../api-version';

/** Metadata that ofn writes. */
export interface Metadata {
  name: string;
  /** Absent in a manifest for whatever namespace it is applied to. */
  namespace?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

/** A Kubernetes object as ofn writes it. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: Metadata;
}

export interface FunctionManifest extends Manifest {
  apiVersion: GroupVersion;
  kind: 'Function';
  spec: Record<string, unknown>;
}
