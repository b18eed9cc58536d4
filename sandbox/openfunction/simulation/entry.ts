import type { JsonRecord } from '../../../src/record';
import type { KubeObject } from '../../apiserver/objects';
import { ownedBy, type Client } from '../../controllers/client';

const routes = 'httproutes.gateway.networking.k8s.io';
/** Not to be resolved by anybody: the default of OpenFunction's Gateway. */
const domain = 'ofn.io';

/** The HTTPRoute and the Service by which a function is reached. Async functions have neither. */
export function createRoute(client: Client, fn: KubeObject): void {
  const { namespace = '', name } = fn.metadata;
  if (client.get(routes, namespace, name)) return;
  const labels = { 'app.kubernetes.io/managed-by': 'openfunction.openfunction' };
  client.create({
    apiVersion: 'gateway.networking.k8s.io/v1alpha2',
    kind: 'HTTPRoute',
    metadata: { name, namespace, labels, ...ownedBy(fn) },
    spec: { hostnames: hostsOf(fn), parentRefs: [{ name: 'openfunction', namespace: 'openfunction' }] },
  });
  client.create({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, ...ownedBy(fn) },
    spec: { type: 'ExternalName', externalName: 'gateway.openfunction.svc.cluster.local' },
  });
}

/** `status.route` and `status.addresses`. */
export function addressesOf(fn: KubeObject): JsonRecord {
  const [external = '', internal = ''] = hostsOf(fn);
  return {
    route: {
      hosts: hostsOf(fn),
      paths: [{ type: 'PathPrefix', value: '/' }],
      conditions: [
        {
          type: 'Accepted',
          status: 'True',
          reason: 'Valid',
          message: 'Valid HTTPRoute',
          lastTransitionTime: fn.metadata.creationTimestamp,
        },
      ],
    },
    addresses: [
      { type: 'External', value: `http://${external}/` },
      { type: 'Internal', value: `http://${internal}/` },
    ],
  };
}

function hostsOf({ metadata: { namespace = '', name } }: KubeObject): string[] {
  return [`${name}.${namespace}.${domain}`, `${name}.${namespace}.svc.cluster.local`];
}
