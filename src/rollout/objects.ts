/** What a rollout reads of any Kubernetes object. */
export interface Observed {
  apiVersion: string;
  kind: string;
  metadata: ObservedMetadata;
  spec?: unknown;
  status?: unknown;
  /** Of an Event. */
  [field: string]: unknown;
}

export interface ObservedMetadata {
  name: string;
  namespace?: string;
  uid: string;
  resourceVersion: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  managedFields?: ManagedFields[];
}

export interface ManagedFields {
  manager?: string;
  operation?: string;
  /** RFC 3339, whole seconds. */
  time?: string;
  subresource?: string;
  fieldsV1?: Record<string, unknown>;
}

/** Labels by which OpenFunction and Shipwright mark what they make. Source: OpenFunction v1.2.0 pkg/core/serving/common/common.go, pkg/constants. */
export const labels = {
  function: 'openfunction.io/function',
  builder: 'openfunction.io/builder',
  serving: 'openfunction.io/serving',
  proxy: 'openfunction.io/proxy',
  buildRun: 'buildrun.shipwright.io/name',
} as const;

/** The value of a label; empty where the object does not have it. */
export function labelOf({ metadata }: Observed, label: string): string {
  return metadata.labels?.[label] ?? '';
}
