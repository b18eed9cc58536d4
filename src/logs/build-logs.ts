import type { Api } from '../cluster/api';
import type { ObjectKey } from '../cluster/functions';
import { UserError } from '../errors';
import { labels } from '../function/labels';
import { hasBuild } from '../function/parts';
import type { LiveObject } from '../live-object';
import { numberAt, textAt } from '../record';
import { keepUp, list, podsIn } from './follow';
import type { FunctionLogsOptions } from './function-logs';
import { noSuchContainer } from './no-such-container';
import { isOfBuild, stepsOf } from './pods';
import { createReaders } from './readers';
import { readingOf } from './request';
import { undertake } from './undertaking';
import { clusterLog } from './cluster-log';

/** Milliseconds for the last lines of a build that is over. */
const lastWords = 10_000;

/**
 * Reads what the steps of the last build of a function have written. With `follow` until the build is over.
 * @throws UserError where there is no such log, ClusterError when pods or logs cannot be read
 */
export async function readBuildLogs(
  api: Api,
  key: ObjectKey,
  { request, output, readFunction, signal: outer }: Omit<FunctionLogsOptions, 'whyNone'>,
): Promise<void> {
  const fn = await readFunction();
  if (!hasBuild(fn)) throw builtElsewhere(key.name);
  const undertaking = undertake(outer);
  const { signal, fail } = undertaking;

  const isFollowed = request.follow && !isOver(fn);
  let current = fn;
  const collection = podsIn(key.namespace, labels.buildRun);
  const listed = await list(api, collection, signal);
  const isMeant = (pod: LiveObject): boolean => isOfBuild(pod, builderOf(current));
  const { container = 'all' } = request;
  const chosen = (pod: LiveObject): string[] =>
    stepsOf(pod).filter((name) => container === 'all' || name === container);
  const readers = createReaders({
    sourceOf: (origin) => clusterLog(api, { namespace: key.namespace, ...origin }),
    containersOf: chosen,
    reading: readingOf({ ...request, follow: isFollowed }, listed.time),
    maxStreams: request.maxStreams,
    output,
    onForbidden: fail,
    signal,
  });
  await undertaking.run(async () => {
    const meant = listed.objects.filter(isMeant);
    if (meant.length > 0 && meant.every((pod) => chosen(pod).length === 0)) {
      throw noSuchContainer(key.name, container, meant.flatMap(stepsOf));
    }
    for (const pod of meant) readers.see(pod);
    if (readers.count() === 0 && isOver(fn)) throw noLogLeft(fn);
    if (isFollowed) await follow();
    else if (readers.count() === 0) output.note(`The build (${builderOf(fn)}) has no pod yet.`);
    await readers.done();
  });

  function follow(): Promise<void> {
    const onFunction = (changed: LiveObject | undefined): void => {
      current = changed ?? current;
      // What is being read is read to its end, although OpenFunction deletes the pods of a build at once.
      if (changed === undefined || isOver(changed)) void undertaking.endAfter(readers.done(), lastWords);
    };
    return keepUp(api, fn, { collection, listed, readers, isMeant, undertaking, onFunction });
  }
}

function builderOf(fn: LiveObject): string {
  return textAt(fn.status, ['build', 'resourceRef']);
}

function isOver(fn: LiveObject): boolean {
  return ['Succeeded', 'Failed', 'Timeout', 'Canceled', 'Skipped'].includes(textAt(fn.status, ['build', 'state']));
}

function builtElsewhere(name: string): UserError {
  return new UserError({
    what: `"${name}" is not built in the cluster: there is no log of a build.`,
    remedy: 'An image that is built on this machine shows its build with: s build --force',
  });
}

/** Source: OpenFunction v1.2.0 function_controller.go, which deletes the Builders that the history limits do not keep. */
function noLogLeft(fn: LiveObject): UserError {
  const state = textAt(fn.status, ['build', 'state']);
  const limit = state === 'Succeeded' ? 'successfulBuildsHistoryLimit' : 'failedBuildsHistoryLimit';
  const kept = numberAt(fn.spec, ['build', limit]);
  return new UserError({
    what: `The log of the last build (${builderOf(fn)}) is gone.`,
    why: `The build has ended (${state}), and OpenFunction has deleted it with its pods: build.${limit} is ${kept ?? (state === 'Succeeded' ? '0 when it is left out' : 'not set')}, or build.builderMaxAge has passed.`,
    remedy: `Write build.${limit}: 1 to keep the last one; or see a build while it runs: s deploy --build-logs, or s logs --build -f`,
  });
}
