import { labels } from '../function/labels';
import { isSyncFunction } from '../function/runtime';
import { textAt, valueAt } from '../record';
import type { Collection } from '../cluster/follow';
import { functionCollection } from '../cluster/functions';
import type { Kind } from './knowledge';
import type { LiveObject } from '../live-object';
import type { Phase } from './report';

/** What is looked at in a phase, besides what was looked at before. */
export const kindsOfPhase: Readonly<Record<Phase, readonly Kind[]>> = {
  waiting: ['functions'],
  building: ['functions', 'builds'],
  starting: ['functions', 'workloads', 'pods', 'events'],
  running: ['functions'],
};

/** Where the objects of a kind are that belong to a Function. */
export function collectionOf(kind: Kind, fn: LiveObject, version: 'v1beta1' | 'v1beta2'): Collection {
  const { name, namespace = 'default' } = fn.metadata;
  const of = (group: string, groupVersion: string, resource: string): Pick<Collection, 'path' | 'subject'> => ({
    path: `${group === '' ? '/api' : `/apis/${group}`}/${groupVersion}/namespaces/${encodeURIComponent(namespace)}/${resource}`,
    subject: { group, resource, namespace },
  });
  // Pods of the Dapr proxy have no label of the Serving, those of Knative none of OpenFunction's care.
  const ofServing = isSyncFunction(fn) ? labels.serving : 'openfunction.io/managed=true';
  switch (kind) {
    case 'functions':
      return functionCollection({ namespace, name }, version);
    case 'builds':
      return {
        ...of('shipwright.io', 'v1alpha1', 'buildruns'),
        selectors: { labelSelector: 'openfunction.io/function' },
      };
    case 'workloads':
      return { ...workloads(fn, of), selectors: { labelSelector: ofServing } };
    case 'pods':
      return { ...of('', 'v1', 'pods'), selectors: { labelSelector: ofServing } };
    case 'events':
      return { ...of('', 'v1', 'events'), selectors: { fieldSelector: 'type=Warning' } };
  }
}

function workloads(
  fn: LiveObject,
  of: (group: string, version: string, resource: string) => Pick<Collection, 'path' | 'subject'>,
): Pick<Collection, 'path' | 'subject'> {
  if (isSyncFunction(fn)) {
    const engine = textAt(fn.spec, ['serving', 'triggers', 'http', 'engine']);
    return engine === 'keda' ? of('apps', 'v1', 'deployments') : of('serving.knative.dev', 'v1', 'services');
  }
  switch (workloadTypeOf(fn)) {
    case 'StatefulSet':
      return of('apps', 'v1', 'statefulsets');
    case 'Job':
      return of('batch', 'v1', 'jobs');
    default:
      return of('apps', 'v1', 'deployments');
  }
}

/** As what an async function runs. Source: OpenFunction v1.2.0 openfuncasync/servingrun.go and the conversion of v1beta1. */
function workloadTypeOf({ spec }: LiveObject): string {
  const keda = valueAt(spec, ['serving', 'scaleOptions', 'keda']);
  return (
    textAt(spec, ['serving', 'workloadType']) ||
    textAt(keda, ['scaledObject', 'workloadType']) ||
    (valueAt(keda, ['scaledJob']) === undefined ? 'Deployment' : 'Job')
  );
}
