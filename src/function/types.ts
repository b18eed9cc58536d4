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

/** A Function of core.openfunction.io/v1beta1. */
export interface FunctionManifest extends Manifest {
  apiVersion: 'core.openfunction.io/v1beta1';
  kind: 'Function';
  spec: Record<string, unknown>;
}
