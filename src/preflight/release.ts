import type { Api } from '../cluster/api';
import { lookUp } from '../cluster/look-up';
import { valueAt } from '../record';
import { between, releases, type Release } from '../releases';

/** The releases of OpenFunction that serve just these versions of its group. Source: the CRDs of the releases. */
export function releasesServing(versions: readonly string[]): readonly Release[] {
  if (versions.includes('v1beta2')) return between('1.1', '1.2');
  return versions.includes('v1alpha2') ? between('0.6', '0.8') : between('1.0', '1.0');
}

/** The release that runs, by the label of its controller; undefined when it cannot be told. Source: bundle.yaml of 0.6 to 1.2. */
export async function runningRelease(api: Api): Promise<Release | undefined> {
  const found = await lookUp(api, {
    group: 'apps',
    version: 'v1',
    resource: 'deployments',
    namespace: 'openfunction',
    name: 'openfunction-controller-manager',
  });
  if (found.kind !== 'object') return undefined;
  const label = valueAt(found.object, ['metadata', 'labels', 'app.kubernetes.io/version']);
  const [, version] = /^v?(\d+\.\d+)\./.exec(typeof label === 'string' ? label : '') ?? [];
  return releases.find((release) => release === version);
}
