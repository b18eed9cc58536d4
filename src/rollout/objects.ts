import { recordsAt, type JsonRecord } from '../record';

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
  builder: 'openfunction.io/builder',
  serving: 'openfunction.io/serving',
  proxy: 'openfunction.io/proxy',
} as const;

/** The namespace of an object; everything that a Function is made of has one. */
export function namespaceOf({ metadata }: Observed): string {
  return metadata.namespace ?? 'default';
}

/** How often the spec of an object has changed. */
export function generationOf({ metadata }: Observed): number {
  return metadata.generation ?? 0;
}

/** The object that was changed last. */
export function newest(objects: readonly Observed[]): Observed | undefined {
  const version = ({ metadata }: Observed): number => Number(metadata.resourceVersion);
  return [...objects].sort((a, b) => version(b) - version(a))[0];
}

/** What an object says of itself by a condition; undefined where it does not. */
export function conditionOf(object: Observed | undefined, type: string): JsonRecord | undefined {
  return recordsAt(object?.status, ['conditions']).find((condition) => condition['type'] === type);
}
