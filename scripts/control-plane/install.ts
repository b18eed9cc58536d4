import { dependencyCrds } from '../../sandbox/openfunction/crds';
import { installedObjects } from '../../sandbox/openfunction/installation';
import type { Release } from '../../sandbox/openfunction/release';
import type { Admin, Crd } from './admin';
import { readCrds } from './crds';

/**
 * Installs what OpenFunction brings: its published CRDs, those of the parts it builds on, and the objects that it leaves.
 * No controller works.
 * @param release for instance `v1.0.0`
 */
export async function installOpenFunction(admin: Admin, release: string): Promise<void> {
  const dependencies = dependencyCrds();
  await admin.installCrds([...readCrds(release), ...(dependencies as unknown as Crd[])]);
  const plurals = new Map(dependencies.map(({ spec }) => [`${spec.group}/${spec.names.kind}`, spec.names.plural]));
  const short = release.replace(/^v(\d+\.\d+).*/, '$1') as Release;
  for (const body of installedObjects(short)) {
    const [group = ''] = body.apiVersion.includes('/') ? body.apiVersion.split('/') : [''];
    const plural = plurals.get(`${group}/${body.kind}`) ?? `${body.kind.toLowerCase()}s`;
    const { namespace, name } = body.metadata;
    const root = group === '' ? `/api/${body.apiVersion}` : `/apis/${body.apiVersion}`;
    const { status } = await admin.request(
      'POST',
      `${root}${namespace ? `/namespaces/${namespace}` : ''}/${plural}`,
      body,
    );
    if (status >= 300 && status !== 409) throw new Error(`cannot create ${body.kind} ${name}: ${status}`);
  }
}
