import { groupVersion, versionOf, type ApiVersion } from '../../api-version';
import { fieldManager, getFunction } from '../../cluster/functions';
import { servedGroups } from '../../cluster/look-up';
import { ClusterError } from '../../errors';
import { chooseVersion, type VersionChoice } from '../../function/version';
import { lostInConversion } from '../../function/v1beta2/needs';
import type { LiveObject } from '../../live-object';
import type { Connected, Context } from '../command';

/** In which version a Function goes to the cluster, and how it stands there. */
export interface ResolvedVersion extends VersionChoice {
  /** The Function in that version; null when there is none, undefined when it cannot be told. */
  before: LiveObject | null | undefined;
}

const none: readonly string[] = [];

/** Milliseconds for a look before an apply. */
const patience = 5000;

/**
 * @param reads whether the Function has to be read anyway; otherwise it is where the server has more than one version, as far as
 * `discovers` lets it be asked for them
 * @throws ClusterError when the cluster cannot be reached
 */
export async function resolveVersion(
  context: Context,
  connected: Connected,
  { reads, discovers }: { reads: boolean; discovers: boolean },
): Promise<ResolvedVersion> {
  const { props, manifest } = context;
  const wanted = props.apiVersion ?? 'auto';
  const lost = wanted === 'auto' ? lostInConversion(manifest(connected.key.namespace)) : [];
  const first: readonly ApiVersion[] = wanted.endsWith('v1beta2') ? ['v1beta2'] : ['v1beta1', 'v1beta2'];
  const needsNoLook = !reads && wanted === groupVersion('v1beta1');
  const looksLate = !reads && !needsNoLook && discovers;
  const [served, early] = await Promise.all([
    lost.length > 0 || looksLate ? servedVersions(connected) : none,
    needsNoLook || looksLate ? undefined : readBefore(connected, first),
  ]);
  const found = looksLate && served.includes('v1beta2') ? await readBefore(connected, first) : early;
  const choice = chooseVersion({ wanted, applied: found ? appliedVersion(found) : undefined, lost, served });
  const isInAnother = found && versionOf(found) !== choice.version;
  return { ...choice, before: isInAnother ? await readBefore(connected, [choice.version]) : found };
}

async function readBefore(
  { api, key }: Connected,
  versions: readonly ApiVersion[],
): Promise<LiveObject | null | undefined> {
  try {
    return (await getFunction(api, key, versions, { patience })) ?? null;
  } catch (error) {
    if (error instanceof ClusterError && error.status !== undefined && error.status !== 401) return undefined;
    throw error;
  }
}

async function servedVersions({ api }: Connected): Promise<readonly string[]> {
  const served = await servedGroups(api);
  return 'why' in served ? [] : (served.get('core.openfunction.io') ?? []);
}

/** What cannot be told in v1beta1 has been applied as v1beta2 by somebody. */
function appliedVersion(fn: LiveObject): ApiVersion | undefined {
  if (versionOf(fn) === 'v1beta2') return 'v1beta2';
  const own = fn.metadata.managedFields?.find(
    ({ manager, operation, subresource }) => manager === fieldManager && operation === 'Apply' && !subresource,
  );
  return own?.apiVersion === undefined ? undefined : versionOf({ apiVersion: own.apiVersion });
}
