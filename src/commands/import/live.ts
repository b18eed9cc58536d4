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
  if (live !== undefined) return readIn(version, live, connected);
  throw new UserError({
    what: `The function "${name}" does not exist ${place}.`,
    remedy:
      'Name another one, or take all of them with --all. A file is named with its folder or its ending, as ./hello.',
  });
}

/** All live Functions of a namespace, by their names. @throws ClusterError */
export async function readAllLive(
  connected: ConnectedNamespace,
  version: ApiVersion | undefined,
): Promise<readonly LiveObject[]> {
  const found = await listFunctions(connected.api, connected.namespace, newestFirst);
  const byName = [...found].sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  return Promise.all(byName.map((live) => readIn(version, live, connected)));
}

async function readIn(
  version: ApiVersion | undefined,
  live: LiveObject,
  { api, namespace }: ConnectedNamespace,
): Promise<LiveObject> {
  const wanted = version ?? (isWrittenInV1beta1(live) ? 'v1beta1' : versionOf(live));
  if (versionOf(live) === wanted) return live;
  try {
    return (await getFunction(api, { namespace, name: live.metadata.name }, [wanted])) ?? live;
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    return live;
  }
}
