/** A live object: what ofn reads of any Kubernetes object. */
export interface LiveObject {
  apiVersion: string;
  kind: string;
  metadata: LiveMetadata;
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
  /** Of types without spec and status, such as an Event. */
  [field: string]: unknown;
}

export interface LiveMetadata {
  name: string;
  namespace?: string;
  uid: string;
  resourceVersion: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  finalizers?: string[];
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  managedFields?: ManagedFields[];
}

/** Metadata that nobody but the server writes. */
export const serverMetadata: ReadonlySet<string> = new Set([
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'selfLink',
  'managedFields',
]);

/** Which fields somebody set, and when. */
export interface ManagedFields {
  manager?: string;
  operation?: string;
  /** In which version the fields are told. */
  apiVersion?: string;
  /** RFC 3339, whole seconds. */
  time?: string;
  subresource?: string;
  fieldsV1?: Record<string, unknown>;
}
