import type { Api } from '../cluster/api';
import type { ObjectKey } from '../cluster/functions';
import { labels } from '../function/labels';
import type { LiveObject } from '../live-object';
import { pauseFor } from '../pause';
import { textAt } from '../record';
import { createFeed } from './feed';
import { keepUp, list, podsIn } from './follow';
import { containersOf, daprContainer, functionContainer, functionOf, proxyContainer } from './pods';
import { noSuchContainer } from './no-such-container';
import type { LogOutput } from './output';
import { createReaders } from './readers';
import { readingOf, type LogRequest } from './request';
import { undertake } from './undertaking';
import { clusterLog } from './cluster-log';

export interface FunctionLogsOptions {
  request: LogRequest;
  output: LogOutput;
  /** @throws when it does not exist, or cannot be read */
  readFunction: () => Promise<LiveObject>;
  /** Why a function has no logs, in words. */
  whyNone: (fn: LiveObject) => Promise<string>;
  /** Ends the reading. */
  signal: AbortSignal;
}

/** Milliseconds that the first line has before anything else is asked for. */
const headStart = 200;
/** Milliseconds for the last lines of a function that was deleted: its pods have half a minute to end. */
const lastWords = 45_000;

/**
 * Reads the logs of a function: of all pods of its current Serving. With `follow` also of those that come, whatever their
 * Serving, until the function is deleted or the signal ends it.
 * @throws ClusterError when pods or logs cannot be read, UserError for a container that no pod has
 */
export async function readFunctionLogs(api: Api, key: ObjectKey, options: FunctionLogsOptions): Promise<void> {
  const { request, output, readFunction, whyNone } = options;
  const undertaking = undertake(options.signal);
  const { signal, fail } = undertaking;

  const label = request.proxy ? labels.proxy : labels.serving;
  const collection = podsIn(key.namespace, label);
  const servingOf = ({ metadata }: LiveObject): string => metadata.labels?.[label] ?? '';
  const listed = await list(api, collection, signal);
  const { objects } = listed;
  // The pods themselves tell whose they are: the Function is asked for only where they leave a doubt.
  const isOfFunction = (pod: LiveObject): boolean => functionOf(pod) === key.name;
  const found = new Set(objects.filter((pod) => isOfFunction(pod) && !isEnding(pod)).map(servingOf));
  const fn = found.size === 1 ? undefined : await readFunction();
  const current = fn ? currentServing(fn) : [...found].join('');
  const servings = new Set([current]);
  const earlier = new Set(objects.map(servingOf).filter((serving) => serving !== current));
  const isMeant = (pod: LiveObject): boolean =>
    servings.has(servingOf(pod)) || (isOfFunction(pod) && !earlier.has(servingOf(pod)));

  const meant = objects.filter(isMeant);
  if (request.container !== undefined && meant.length > 0 && meant.every((pod) => chosen(pod).length === 0)) {
    if (request.container === daprContainer && !request.proxy) return readProxy();
    throw noSuchContainer(key.name, request.container, meant.flatMap(containersOf));
  }
  found.delete(current);
  if (found.size > 0) output.note(`Pods of earlier Servings are not shown: ${[...found].join(', ')}.`);

  let isDeleted = false;
  const lines = createFeed(0);
  const readers = createReaders({
    sourceOf: (origin) => clusterLog(api, { namespace: key.namespace, ...origin }),
    containersOf: chosen,
    reading: readingOf(request, listed.time),
    maxStreams: request.maxStreams,
    output: {
      ...output,
      write: (origin, written) => {
        lines.set(lines.current() + written.length);
        return output.write(origin, written);
      },
    },
    onForbidden: fail,
    signal,
  });
  await undertaking.run(async () => {
    for (const pod of meant) readers.see(pod);
    if (request.follow) await follow();
    else if (!readers.hasStarted()) output.note(await whyNone(fn ?? (await readFunction())));
    await readers.done();
  });

  async function follow(): Promise<void> {
    if (readers.hasStarted()) await Promise.race([lines.next(signal), pauseFor(headStart, signal)]);
    const watched = fn ?? (await readFunction());
    servings.add(currentServing(watched));
    let isEmpty = readers.count() === 0;
    if (isEmpty) output.note(`${await whyNone(watched)} Waiting for its pods.`);
    const sayThatNoneIsLeft = (): void => {
      if (isEmpty && !isDeleted && !signal.aborted) {
        output.note(`No pod of "${key.name}" is left. Waiting for the next.`);
      }
    };
    await keepUp(api, watched, {
      collection,
      listed,
      readers,
      isMeant,
      undertaking,
      onPods: () => {
        if (!isEmpty && readers.count() === 0) void readers.done().then(sayThatNoneIsLeft, fail);
        isEmpty = readers.count() === 0;
      },
      onFunction: (changed) => {
        if (changed) servings.add(currentServing(changed));
        else finish();
      },
    });
  }

  /** The function was deleted: what its pods still write is worth reading. */
  function finish(): void {
    if (isDeleted) return;
    isDeleted = true;
    output.note(`Function "${key.name}" was deleted.`);
    void undertaking.endAfter(readers.done(), lastWords);
  }

  function readProxy(): Promise<void> {
    output.note(`Dapr runs in pods of its own for "${key.name}": these are their logs.`);
    return readFunctionLogs(api, key, { ...options, request: { ...request, proxy: true } });
  }

  function chosen(pod: LiveObject): string[] {
    const all = containersOf(pod);
    if (request.container === 'all') return all;
    return all.filter((name) => name === (request.container ?? (request.proxy ? proxyContainer : functionContainer)));
  }
}

function currentServing(fn: LiveObject): string {
  return textAt(fn.status, ['serving', 'resourceRef']);
}

function isEnding({ metadata }: LiveObject): boolean {
  return metadata.deletionTimestamp !== undefined;
}
