import { dependencyCrds } from '../../sandbox/openfunction/crds';
import { installedObjects } from '../../sandbox/openfunction/installation';
import { releases } from '../../sandbox/openfunction/release';
import type { Admin, Crd } from './admin';
import { readCrds } from './crds';
import { startWebhooks } from './webhooks';

/**
 * Installs what OpenFunction brings: its published CRDs, those of the parts it builds on, the objects that it leaves, and its
 * webhooks: 0.6 has none that matters. No controller works.
 * @param release for instance `v1.0.0`
 * @returns a function that stops the webhooks
 */
export async function installOpenFunction(admin: Admin, release: string): Promise<() => Promise<void>> {
  const dependencies = dependencyCrds();
  const simulated = releases.find((known) => release.startsWith(`v${known}.`));
  const webhooks = simulated && (await startWebhooks(simulated));
  const crds = readCrds(release);
  await admin.installCrds([...(webhooks?.withConversion(crds) ?? crds), ...(dependencies as unknown as Crd[])]);
  await webhooks?.register(admin);
  const plurals = new Map(dependencies.map(({ spec }) => [`${spec.group}/${spec.names.kind}`, spec.names.plural]));
  for (const body of installedObjects(release)) {
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
  return async () => webhooks?.stop();
}
