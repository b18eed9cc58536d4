import { groupVersion, versionOf, type ApiVersion } from '../../api-version';
import { getFunction } from '../../cluster/functions';
import { servedVersions } from '../../cluster/look-up';
import { ClusterError } from '../../errors';
import { ownEntry } from '../../field-manager';
import { chooseVersion, type VersionChoice } from '../../function/version';
import { lostInConversion } from '../../function/v1beta2/needs';
import type { LiveObject } from '../../live-object';
import { readAppliedVersion } from '../../state/applied';
import type { Connected, Context } from '../command';

/** In which version a Function goes to the cluster, and how it stands there. */
export interface ResolvedVersion extends VersionChoice {
  /** The Function in that version; null when there is none, undefined when it was not read. */
  before: LiveObject | null | undefined;
  /** Why it could not be read. */
  refusal?: ClusterError | undefined;
}

const none: readonly string[] = [];

/** Milliseconds for a look before an apply. */
const patience = 5000;

/**
 * Asks the cluster for no more than the function needs: one of which v1beta1 says all is not read before an apply, unless `reads`
 * says so. What was applied from here is remembered.
 * @throws ClusterError when the cluster cannot be reached
 */
export async function resolveVersion(
  context: Context,
  connected: Connected,
  { reads }: { reads: boolean },
): Promise<ResolvedVersion> {
  const { props, manifest, baseDirectory } = context;
  const { api, key } = connected;
  const wanted = props.apiVersion ?? 'auto';
  const lost = wanted === 'auto' ? lostInConversion(manifest(key.namespace)) : [];
  const isNewer = wanted === groupVersion('v1beta2');
  const inOrder: readonly ApiVersion[] = lost.length > 0 ? ['v1beta2', 'v1beta1'] : ['v1beta1', 'v1beta2'];
  const versions: readonly ApiVersion[] = isNewer ? ['v1beta2'] : inOrder;
  const readsFirst = reads || isNewer;
  const [served, early] = await Promise.all([
    lost.length > 0 ? servedVersions(api) : none,
    readsFirst ? readBefore(connected, versions) : unread,
  ]);
  const found = !readsFirst && served.includes('v1beta2') ? await readBefore(connected, versions) : early;
  const { before } = found;
  // What cannot be told in v1beta1 has been applied as v1beta2 by somebody.
  const isTold = before && versionOf(before) === versions[0];
  const applied = before && (isTold ? appliedVersion(before) : versionOf(before));
  const choice = chooseVersion({
    wanted,
    applied: before === undefined ? readAppliedVersion(baseDirectory, key) : (applied ?? undefined),
    lost,
    served: before ? [...served, versionOf(before)] : served,
  });
  const isInAnother = before && versionOf(before) !== choice.version;
  return { ...choice, ...(isInAnother ? await readBefore(connected, [choice.version]) : found) };
}

type Before = Pick<ResolvedVersion, 'before' | 'refusal'>;

const unread: Before = { before: undefined };

async function readBefore({ api, key }: Connected, versions: readonly ApiVersion[]): Promise<Before> {
  try {
    return { before: (await getFunction(api, key, versions, { patience })) ?? null };
  } catch (error) {
    if (!(error instanceof ClusterError) || error.status === undefined || error.status === 401) throw error;
    return { before: undefined, refusal: error };
  }
}

function appliedVersion(live: LiveObject): ApiVersion | undefined {
  const apiVersion = ownEntry(live)?.apiVersion;
  return apiVersion === undefined ? undefined : versionOf({ apiVersion });
}
