import { valueAt } from '../../../src/record';
import type { KubeObject, ObjectDraft } from '../../apiserver/objects';
import { randomSuffix } from '../../apiserver/random-suffix';
import { ownedBy, type Client } from '../../controllers/client';
import { recordAt, textAt, versionInNames } from './model';

/** Whether Dapr is injected: if told so, else for triggers, inputs, outputs and states. Source: pkg/core/serving/common/common.go. */
export function needsDapr(serving: KubeObject): boolean {
  const told = valueAt(serving, ['spec', 'annotations', 'openfunction.io/enable-dapr']);
  if (told !== undefined) return told !== 'false';
  const hasSome = (path: readonly string[]): boolean => Object.keys(valueAt(serving, path) ?? {}).length > 0;
  return [['inputs'], ['outputs'], ['states'], ['triggers', 'dapr'], ['triggers', 'inputs']].some((path) =>
    hasSome(['spec', ...path]),
  );
}

/** Dapr runs beside the function only if told so; by default in a pod of its own. */
export function isSidecar(serving: KubeObject): boolean {
  return valueAt(serving, ['spec', 'annotations', 'openfunction.io/dapr-service-mode']) === 'sidecar';
}

/** A Component of Dapr for each binding, pub/sub and state. Returns their names. */
export function createComponents(client: Client, serving: KubeObject): string[] {
  const { name, namespace = '' } = serving.metadata;
  const labels = { 'openfunction.io/managed': 'true', 'openfunction.io/serving': name };
  const owner = serving.metadata.labels?.['openfunction.io/function'] ?? '';
  return Object.entries({ bindings: 'bindings', pubsub: 'pubsub', states: 'state' }).flatMap(([part, word]) =>
    Object.entries(recordAt(serving, ['spec', part]) ?? {}).map(([key, spec]) => {
      const component = client.create({
        apiVersion: 'dapr.io/v1alpha1',
        kind: 'Component',
        metadata: { name: `${name}-${word}-${key}-${randomSuffix()}`, namespace, labels, ...ownedBy(serving) },
        spec: (part === 'states' ? recordAt(spec, ['spec']) : undefined) ?? spec,
        scopes: [`${owner}-${namespace}`],
      });
      return component.metadata.name;
    }),
  );
}

/** The Deployment of the Dapr proxy. */
export function proxyOf(serving: KubeObject): ObjectDraft {
  const { name, namespace = '' } = serving.metadata;
  const version = textAt(serving, ['spec', 'version']);
  const labels = { 'openfunction.io/managed': 'true', 'openfunction.io/proxy': name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: `${name}-proxy-deployment-${versionInNames(version)}-${randomSuffix()}`,
      namespace,
      labels,
      ...ownedBy(serving),
    },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            { name: 'dapr-proxy', image: 'openfunction/dapr-proxy:v0.1.1' },
            { name: 'daprd', image: 'daprio/daprd:1.11.3' },
          ],
        },
      },
    },
  };
}
