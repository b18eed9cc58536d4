import { apply } from '../cluster/apply';
import { markOf, outcomeOf, type Outcome } from '../cluster/outcome';
import { droppedFields } from '../function/dropped';
import { toInfo } from '../function/info';
import { formatPath, parseFieldPath } from '../path';
import type { Origin } from '../props/origin';
import { digestOf, readAppliedMark, writeAppliedMark } from '../state/applied';
import { defineCommand } from './command';

export const deploy = defineCommand({
  summary: 'Create or update the function in the cluster',
  description: `Create or update the function in the cluster.

The props are checked, then applied in one step; the cluster changes nothing when something is wrong.
Fields that other tools have set are left alone unless --force-conflicts is given.

Examples:
  s deploy
  s deploy --context=staging --namespace=team-a`,
  flags: {
    'no-wait': { type: 'boolean', description: 'Return after the apply.' },
    'force-conflicts': { type: 'boolean', description: 'Take over fields that other tools have set.' },
  },
  async run({ flags, logger, baseDirectory, origin, manifest, namespaceManifest, connect }) {
    const { api, key } = await connect();
    const body = manifest(key.namespace);
    const locate = locator(origin);
    const { object, response, namespaceCreated } = await apply(api, {
      key,
      manifest: body,
      namespaceManifest: namespaceManifest(key.namespace),
      force: flags['force-conflicts'] === true,
      locate,
    });

    const digest = digestOf(body);
    const outcome = outcomeOf(response, object, digest, () => readAppliedMark(baseDirectory, key));
    const mark = markOf(object, digest);
    if (outcome !== 'unchanged' && mark) writeAppliedMark(baseDirectory, key, mark);

    const place = `in namespace "${key.namespace}" (context "${api.connection.identity.context}")`;
    if (namespaceCreated) logger.info(`Namespace "${key.namespace}" created.`);
    logger.info(`Function "${key.name}" ${outcome} ${place}.`);
    for (const path of droppedFields(body, object))
      logger.warn(`${locate(formatPath(path))} was dropped: this cluster does not know it.`);
    if (outcome !== 'unchanged') logger.info(afterwards(outcome));
    return toInfo(object);
  },
});

function afterwards(outcome: Outcome): string {
  return `The cluster now ${outcome === 'created' ? 'builds and starts' : 'rolls out'} it; deploy does not wait for that. See its state with: s info`;
}

/** Fields of the Function by the place where the user wrote them; fields that ofn adds keep their own name. */
export function locator(origin: Origin): (field: string) => string {
  return (field) => {
    const [section, ...path] = parseFieldPath(field);
    return section === 'spec' || section === 'metadata' ? origin.locate(path) : field;
  };
}
