import { isRecord, mapValues, type JsonRecord } from '../../../src/record';
import { badRequest } from '../errors';
import type { ObjectDraft } from '../objects';

/** What the server itself writes into new objects of built-in types. */
export type Prepare = (draft: ObjectDraft) => ObjectDraft;

export const newNamespace: Prepare = (draft) => {
  const { metadata } = draft;
  const labels = { ...metadata.labels, 'kubernetes.io/metadata.name': metadata.name ?? '' };
  return {
    ...draft,
    metadata: { ...metadata, labels },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  };
};

export const newPod: Prepare = (draft) => {
  const spec = { restartPolicy: 'Always', terminationGracePeriodSeconds: 30, ...(draft['spec'] as object) };
  return { ...draft, spec, status: { phase: 'Pending', qosClass: 'BestEffort' } };
};

/** @throws ApiError 400 for data that is no base64. */
export const newSecret: Prepare = ({ stringData, ...draft }) => {
  const { data } = draft;
  for (const value of Object.values(isRecord(data) ? data : {})) {
    if (typeof value !== 'string' || !/^[A-Za-z0-9+/]*={0,2}$/.test(value)) {
      throw badRequest('Secret in version "v1" cannot be handled as a Secret: illegal base64 data at input byte 0');
    }
  }
  const texts: JsonRecord = isRecord(stringData) ? stringData : {};
  const encoded = mapValues(texts, (text) => Buffer.from(String(text)).toString('base64'));
  const all: JsonRecord = { ...(data as object | undefined), ...encoded };
  return { type: 'Opaque', ...draft, ...(Object.keys(all).length > 0 && { data: all }) };
};

/** @throws ApiError 400 for data that is no text. */
export const newConfigMap: Prepare = (draft) => {
  const { data } = draft;
  if (Object.values(isRecord(data) ? data : {}).every((value) => typeof value === 'string')) return draft;
  throw badRequest(
    'ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal into Go struct field ConfigMap.data of type string',
  );
};

export const newWorkload: Prepare = (draft) => ({ ...draft, spec: { replicas: 1, ...(draft['spec'] as object) } });

export const newEvent: Prepare = (draft) => ({ eventTime: null, firstTimestamp: null, lastTimestamp: null, ...draft });

export const newerEvent: Prepare = (draft) => ({
  eventTime: null,
  deprecatedFirstTimestamp: null,
  deprecatedLastTimestamp: null,
  ...draft,
});

export const newCrd: Prepare = (draft) => {
  const spec = draft['spec'] as { names: { kind: string } };
  const { names } = spec;
  const complete = { singular: names.kind.toLowerCase(), listKind: `${names.kind}List`, ...names };
  return {
    ...draft,
    metadata: { ...draft.metadata, finalizers: ['customresourcecleanup.apiextensions.k8s.io'] },
    spec: { conversion: { strategy: 'None' }, ...spec, names: complete },
    status: { conditions: null, acceptedNames: { plural: '', kind: '' }, storedVersions: [] },
  };
};
