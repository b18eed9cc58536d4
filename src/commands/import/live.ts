import { versionOf, type ApiVersion } from '../../api-version';
import { getFunction, listFunctions } from '../../cluster/functions';
import { ClusterError, UserError } from '../../errors';
import { isWrittenInV1beta1 } from '../../function/v1beta2/managed-fields';
import type { LiveObject } from '../../live-object';
import type { ConnectedNamespace } from '../command';

const newestFirst: readonly ApiVersion[] = ['v1beta2', 'v1beta1'];

/**
 * A live Function in the version that is asked for, else in the one in which it was written; in another where the server
 * cannot show it so.
 * @throws UserError when there is none; ClusterError
 */
export async function readLive(
  connected: ConnectedNamespace,
  name: string,
  version: ApiVersion | undefined,
): Promise<LiveObject> {
  const { api, namespace, place } = connected;
  const live = await getFunction(api, { namespace, name }, newestFirst);
  if (live !== undefined) return belongsInV1beta1(live, version) ? readInV1beta1(live, connected) : live;
  throw new UserError({
    what: `The function "${name}" does not exist ${place}.`,
    remedy:
      'Name another one, or take all of them with --all. A file is named with its folder or its ending, as ./hello.',
  });
}

/** All live Functions of a namespace, by their names, each as `readLive` has it. @throws ClusterError */
export async function readAllLive(
  connected: ConnectedNamespace,
  version: ApiVersion | undefined,
): Promise<readonly LiveObject[]> {
  const { api, namespace } = connected;
  const newest = await listFunctions(api, namespace, newestFirst);
  const older = newest.some((live) => belongsInV1beta1(live, version)) ? await listInV1beta1(connected) : [];
  const all: LiveObject[] = [];
  for (const live of [...newest].sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))) {
    if (!belongsInV1beta1(live, version)) all.push(live);
    else {
      all.push(
        older.find(({ metadata }) => metadata.uid === live.metadata.uid) ?? (await readInV1beta1(live, connected)),
      );
    }
  }
  return all;
}

/** Whether a Function that was read in the newest version is wanted in the older one. */
function belongsInV1beta1(live: LiveObject, version: ApiVersion | undefined): boolean {
  return (
    versionOf(live) !== 'v1beta1' && (version === 'v1beta1' || (version === undefined && isWrittenInV1beta1(live)))
  );
}

/** All of them; none where the server fails over one. */
async function listInV1beta1({ api, namespace }: ConnectedNamespace): Promise<readonly LiveObject[]> {
  return (await listFunctions(api, namespace, ['v1beta1']).catch(passClusterError)) ?? [];
}

async function readInV1beta1(live: LiveObject, { api, namespace }: ConnectedNamespace): Promise<LiveObject> {
  const key = { namespace, name: live.metadata.name };
  return (await getFunction(api, key, ['v1beta1']).catch(passClusterError)) ?? live;
}

/** @throws what is no answer of the server */
function passClusterError(error: unknown): undefined {
  if (!(error instanceof ClusterError) || error.status === undefined) throw error;
  return undefined;
}
