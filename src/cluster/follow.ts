import type { IncomingMessage } from 'node:http';
import { ClusterError } from '../errors';
import { pauseFor } from '../pause';
import { isRecord, recordsAt, textAt } from '../record';
import type { Api } from './api';
import { explainStatus } from './explain-status';
import { linesOf } from './lines';
import { isForbidden, mostRefusals } from './refusals';
import { isLiveObject, isMissingObject, readStatus } from './status';
import type { LiveObject, Subject } from './types';

/** Objects of a type in a namespace. */
export interface Collection {
  /** Of the collection, for instance `/api/v1/namespaces/default/pods`. */
  path: string;
  /** Whose names these are; undefined for all. */
  names?: readonly string[] | undefined;
  /** `labelSelector` and `fieldSelector`. */
  selectors?: Readonly<Record<string, string>>;
  subject: Omit<Subject, 'verb' | 'name'>;
}

/** What is learned of a collection. */
export type Change =
  | { type: 'seen'; object: LiveObject }
  | { type: 'deleted'; object: LiveObject }
  /** All there is, as of a resource version; without one, as of now. The server's clock in milliseconds since 1970. */
  | { type: 'listed'; objects: readonly LiveObject[]; version: string | undefined; serverTime?: number | undefined }
  /** It cannot be looked at. */
  | { type: 'blind'; why: 'not allowed' | 'unknown type'; error: ClusterError };

/** Makes objects, by their UIDs, what they are after a change. */
export function keepInStep(known: Map<string, LiveObject>, change: Change): void {
  if (change.type === 'seen') known.set(change.object.metadata.uid, change.object);
  if (change.type === 'deleted') known.delete(change.object.metadata.uid);
  if (change.type !== 'listed') return;
  known.clear();
  for (const object of change.objects) known.set(object.metadata.uid, object);
}

/** Milliseconds. */
export interface FollowPace {
  /** After which a watch without a byte is taken for dead; servers send a bookmark about each minute. */
  idle: number;
  /** Of one watch, at most. */
  watch: number;
  /** Between two tries; grows with each that fails. */
  retry: number;
  longestRetry: number;
  /** Between two looks where watching is not allowed. */
  poll: number;
}

const usualPace: FollowPace = { idle: 90_000, watch: 300_000, retry: 250, longestRetry: 5000, poll: 2000 };

interface FollowOptions {
  signal: AbortSignal;
  tell: (change: Change) => void;
  /** Whether to begin with a list, so that what went unseen is told. */
  listsFirst?: boolean;
  /** A resource version to go on from, instead. */
  from?: string | undefined;
  pace?: Partial<FollowPace>;
}

/**
 * Follows a collection until the signal ends it, whatever happens to the connection: a watch goes on from the last
 * resource version; one that is too old is made good by a list; without the right to watch it is read again and again.
 * Who was allowed to look before is not taken for refused at once.
 * @throws ClusterError only when the user is no longer logged in.
 */
export async function followObjects(api: Api, collection: Collection, options: FollowOptions): Promise<void> {
  const { signal, tell } = options;
  const pace = { ...usualPace, ...options.pace };
  let step: Step = options.listsFirst ? { next: 'list' } : { next: 'watch', version: options.from };
  let failures = 0;
  let trust = 0;
  let hasPolled = false;
  const isOver = (): boolean => signal.aborted;
  while (!isOver()) {
    try {
      hasPolled = step.next === 'poll';
      const onAllowed = (): void => void (trust = mostRefusals);
      step = await take(step, { api, collection, signal, tell, pace, onAllowed, believesRefusals: trust === 0 });
      if (step.next === 'end') return;
      failures = step.isBarren ? failures + 1 : 0;
    } catch (error) {
      if (isOver()) return;
      if (!(error instanceof ClusterError) || error.status === 401) throw error;
      failures += 1;
      if (isForbidden(error)) trust -= 1;
    }
    const delay = hasPolled ? pace.poll : failures && pace.retry * 2 ** (failures - 1);
    await pauseFor(Math.min(delay, pace.longestRetry), signal);
  }
}

interface Work {
  api: Api;
  collection: Collection;
  signal: AbortSignal;
  tell: (change: Change) => void;
  pace: FollowPace;
  /** Told when the server lets look. */
  onAllowed: () => void;
  /** Whether a refusal is final; otherwise it is thrown. */
  believesRefusals: boolean;
}

type Step = (
  | { next: 'watch'; version: string | undefined }
  /** Read everything, then watch. `isTooOld`: from what was known the server can tell no more. */
  | { next: 'list'; isTooOld?: true }
  /** Read everything, again and again. */
  | { next: 'poll' }
  | { next: 'end' }
) & {
  /** It brought nothing, so that the next one had better wait. */
  isBarren?: boolean;
};

async function take(step: Step, work: Work): Promise<Step> {
  if (step.next === 'watch') return watch(step.version, work);
  const version = await list(work, step.next === 'list' && step.isTooOld === true);
  if (version === 'blind') return { next: 'end' };
  return step.next === 'poll' ? step : { next: 'watch', version };
}

async function watch(version: string | undefined, work: Work): Promise<Step> {
  const { api, collection, signal, tell, pace, onAllowed } = work;
  let stream;
  try {
    stream = await api.stream({
      method: 'GET',
      path: collection.path,
      query: {
        ...selectorsOf(collection),
        watch: '1',
        allowWatchBookmarks: 'true',
        timeoutSeconds: String(Math.ceil(pace.watch / 1000)),
        ...(version !== undefined && { resourceVersion: version }),
      },
      subject: subjectOf(collection, 'watch'),
      signal,
      keepsConnection: true,
    });
  } catch (error) {
    return afterRefusal(error, work);
  }
  onAllowed();
  return readWatch(stream, version, { tell, pace });
}

function afterRefusal(error: unknown, work: Work): Step {
  if (!(error instanceof ClusterError)) throw error;
  if (error.status === 410) return { next: 'list', isBarren: true, isTooOld: true };
  if (error.status === 403 && work.believesRefusals) return { next: 'poll' };
  if (error.status !== 404) throw error;
  blind('unknown type', error, work);
  return { next: 'end' };
}

/** Reads a watch to its end, however it ends. */
async function readWatch(
  stream: IncomingMessage,
  from: string | undefined,
  { tell, pace }: Pick<Work, 'tell' | 'pace'>,
): Promise<Step> {
  let version = from;
  let isBarren = true;
  stream.setTimeout(pace.idle, () => stream.destroy());
  try {
    for await (const line of linesOf(stream)) {
      const event = parseEvent(line);
      if (event === undefined) return { next: 'list', isBarren, isTooOld: true };
      isBarren = false;
      version = latest(version, event.object.metadata.resourceVersion);
      if (event.type === 'DELETED') tell({ type: 'deleted', object: event.object });
      else if (event.type !== 'BOOKMARK') tell({ type: 'seen', object: event.object });
    }
  } catch {
    // The stream broke: the next one goes on from the last version.
  } finally {
    stream.destroy();
  }
  return version === undefined ? { next: 'list', isBarren } : { next: 'watch', version, isBarren };
}

interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  object: LiveObject;
}

/** Undefined for an error event and for what cannot be understood: then everything is read anew. */
function parseEvent(line: string): WatchEvent | undefined {
  try {
    const { type, object } = JSON.parse(line) as WatchEvent;
    return ['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK'].includes(type) && isLiveObject(object)
      ? { type, object }
      : undefined;
  } catch {
    return undefined;
  }
}

/** A watch without a version begins with all objects, in any order; from the newest of them on nothing is missed. */
function latest(version: string | undefined, other: string): string {
  return version !== undefined && Number(version) > Number(other) ? version : other;
}

/** Tells once what there is, or that it may not be seen. @throws ClusterError when it cannot be told */
export async function lookOnce(
  api: Api,
  collection: Collection,
  tell: (change: Change) => void,
  signal: AbortSignal,
): Promise<void> {
  await list({ api, collection, signal, tell, pace: usualPace, onAllowed: () => {}, believesRefusals: true });
}

/** All there is of a collection at one moment. @throws ClusterError when it cannot be told, or may not be seen */
export async function listOnce(
  api: Api,
  collection: Collection,
  signal: AbortSignal,
): Promise<Extract<Change, { type: 'listed' }>> {
  const changes: Change[] = [];
  await lookOnce(api, collection, (change) => changes.push(change), signal);
  for (const change of changes) {
    if (change.type === 'blind') throw change.error;
    if (change.type === 'listed') return change;
  }
  return { type: 'listed', objects: [], version: undefined };
}

/**
 * Tells everything there is. A single object is read by its name, unless its own version, which may be long past, is too old
 * to watch from: the version of a list is of now.
 * @returns its resource version, or that it may not be seen
 */
async function list(work: Work, isTooOld = false): Promise<string | undefined> {
  const { names } = work.collection;
  if (names?.length === 1 && !isTooOld) return readEach(names, work);
  try {
    return await listAll(work);
  } catch (error) {
    if (error instanceof ClusterError && error.status === 404) return blind('unknown type', error, work);
    if (!isForbidden(error)) throw error;
    return names === undefined ? refused(error, work) : readEach(names, work);
  }
}

/** @throws ClusterError for whatever is no list */
async function listAll({ api, collection, signal, tell, onAllowed }: Work): Promise<string | undefined> {
  const subject = subjectOf(collection, 'list');
  const query = selectorsOf(collection);
  const request = { method: 'GET', path: collection.path, query, subject, signal, keepsConnection: true } as const;
  const response = await api.request(request);
  const { status, body } = response;
  if (status !== 200 || !isRecord(body)) throw explainStatus(response, subject, api.connection.identity);
  onAllowed();
  const version = textAt(body, ['metadata', 'resourceVersion']) || undefined;
  // Items of a list leave out what the list says for all of them.
  const type = { apiVersion: textAt(body, ['apiVersion']), kind: textAt(body, ['kind']).replace(/List$/, '') };
  const objects = recordsAt(body, ['items']).map((item) => ({ ...type, ...item }) as LiveObject);
  tell({ type: 'listed', objects, version, serverTime: response.serverTime });
  return version;
}

async function readEach(names: readonly string[], work: Work): Promise<string | undefined> {
  try {
    const objects = (await Promise.all(names.map((name) => read(name, work)))).flatMap((object) => object ?? []);
    work.onAllowed();
    const { names: wanted = names } = work.collection;
    // Who has joined meanwhile would take his for gone.
    if (wanted !== names) return await readEach(wanted, work);
    work.tell({ type: 'listed', objects, version: undefined });
    return objects.map(({ metadata }) => metadata.resourceVersion).reduce<string | undefined>(latest, undefined);
  } catch (error) {
    if (!isForbidden(error)) throw error;
    return refused(error, work);
  }
}

function refused(error: ClusterError, work: Work): 'blind' {
  if (!work.believesRefusals) throw error;
  return blind('not allowed', error, work);
}

async function read(name: string, { api, collection, signal }: Work): Promise<LiveObject | undefined> {
  const subject = { ...collection.subject, verb: 'get', name } as const;
  const path = `${collection.path}/${encodeURIComponent(name)}`;
  const response = await api.request({ method: 'GET', path, subject, signal, keepsConnection: true });
  if (isLiveObject(response.body)) return response.body;
  if (response.status === 404 && isMissingObject(readStatus(response.body))) return undefined;
  throw explainStatus(response, subject, api.connection.identity);
}

function blind(why: 'not allowed' | 'unknown type', error: ClusterError, { tell }: Work): 'blind' {
  tell({ type: 'blind', why, error });
  return 'blind';
}

function selectorsOf({ names, selectors }: Collection): Record<string, string> {
  const [name, ...others] = names ?? [];
  return {
    ...selectors,
    ...(name !== undefined && others.length === 0 && { fieldSelector: `metadata.name=${name}` }),
  };
}

function subjectOf({ subject, names = [] }: Collection, verb: Subject['verb']): Subject {
  return { ...subject, verb, name: names.length === 1 ? (names[0] ?? '') : '' };
}
