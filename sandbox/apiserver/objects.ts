import type { JsonRecord } from '../../src/record';

export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

/** Who set which fields, as the API server records it. */
export interface ManagedFieldsEntry {
  manager: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  time?: string;
  fieldsType: 'FieldsV1';
  fieldsV1: JsonRecord;
  subresource?: string;
}

export interface ObjectMeta {
  name: string;
  generateName?: string;
  namespace?: string;
  uid: string;
  resourceVersion: string;
  /** Only of types whose spec is told apart from their status. */
  generation?: number;
  /** RFC 3339, whole seconds. */
  creationTimestamp: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
  ownerReferences?: OwnerReference[];
  managedFields?: ManagedFieldsEntry[];
}

/** An object as it is stored: its metadata is complete. */
export interface KubeObject extends JsonRecord {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
}

/** An object as a client sends it. */
export interface ObjectDraft extends JsonRecord {
  apiVersion: string;
  kind: string;
  metadata: Partial<ObjectMeta>;
}
