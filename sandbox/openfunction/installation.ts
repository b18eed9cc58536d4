import type { ObjectDraft } from '../apiserver/objects';

/**
 * The objects that an installation of OpenFunction leaves in a cluster, besides its definitions; the namespace comes first.
 * @param release for instance `v1.0.0`
 */
export function installedObjects(release: string): ObjectDraft[] {
  const labels = { 'control-plane': 'controller-manager', 'app.kubernetes.io/version': release };
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'openfunction' } },
    ...['openfunction', 'buildah', 'kaniko', 'ko', 'wasmedge'].map((name) => ({
      apiVersion: 'shipwright.io/v1alpha1',
      kind: 'ClusterBuildStrategy',
      metadata: { name },
    })),
    {
      apiVersion: 'networking.openfunction.io/v1alpha1',
      kind: 'Gateway',
      metadata: { name: 'openfunction', namespace: 'openfunction' },
      spec: { domain: 'ofn.io', clusterDomain: 'cluster.local', gatewayDef: { gatewayClassName: 'contour' } },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'openfunction-controller-manager', namespace: 'openfunction', labels },
      spec: {
        replicas: 1,
        selector: { matchLabels: { 'control-plane': 'controller-manager' } },
        template: {
          metadata: { labels },
          spec: { containers: [{ name: 'openfunction', image: `openfunction/openfunction:${release}` }] },
        },
      },
    },
  ];
}
