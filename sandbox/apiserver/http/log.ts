import { valueAt } from '../../../src/record';
import type { LineStream } from '../../faults/faulty-stream';
import type { ContainerLogs } from '../container-logs';
import { badRequest, invalid, type FieldError } from '../errors';
import type { KubeObject } from '../objects';
import { streamLog } from '../log-stream';
import { readInteger } from './query';

interface Container {
  name: string;
}

interface ContainerStatus {
  name: string;
  state?: { waiting?: { reason?: string } };
}

/**
 * Sends the log of a container; with `follow` until the container ends or the client leaves.
 * @returns a function that stops it.
 * @throws ApiError 400 before anything is sent, when the container has not started.
 */
export function sendLog(
  logs: ContainerLogs,
  pod: KubeObject,
  container: string,
  query: URLSearchParams,
  now: number,
  open: () => LineStream,
): () => void {
  const { uid, name } = pod.metadata;
  const isPrevious = query.get('previous') === 'true';
  if (isPrevious && !logs.read(uid, container).previous) {
    throw badRequest(`previous terminated container "${container}" in pod "${name}" not found`);
  }
  if (!isPrevious) checkStarted(pod, container);
  return streamLog(logs, { podUid: uid, container }, query, now, open);
}

/** @returns the container that is meant. @throws ApiError for a log that nobody can have, whether the pod runs or not. */
export function checkLog(pod: KubeObject, query: URLSearchParams): string {
  checkLogOptions(pod, query);
  return chooseContainer(pod, query.get('container'));
}

function chooseContainer({ metadata, spec }: KubeObject, asked: string | null): string {
  const main = namesOf(spec, 'containers');
  if (asked) {
    if ([...main, ...namesOf(spec, 'initContainers')].includes(asked)) return asked;
    throw badRequest(`container ${asked} is not valid for pod ${metadata.name}`);
  }
  const [only, ...others] = main;
  if (only !== undefined && others.length === 0) return only;
  const initNames = namesOf(spec, 'initContainers');
  const init = initNames.length > 0 ? ` or one of the init containers: [${initNames.join(' ')}]` : '';
  throw badRequest(
    `a container name must be specified for pod ${metadata.name}, choose one of: [${main.join(' ')}]${init}`,
  );
}

function namesOf(spec: unknown, list: string): string[] {
  return ((valueAt(spec, [list]) ?? []) as Container[]).map(({ name }) => name);
}

/** @throws ApiError 422 for numbers that make no sense. */
function checkLogOptions({ metadata }: KubeObject, query: URLSearchParams): void {
  const errors: FieldError[] = [];
  const check = (field: string, least: number, words: string): void => {
    const value = readInteger(query, field);
    if (value === undefined || value >= least) return;
    errors.push({ field, reason: 'FieldValueInvalid', message: `Invalid value: ${value}: must be ${words}` });
  };
  check('tailLines', 0, 'greater than or equal to 0');
  check('sinceSeconds', 1, 'greater than 0');
  if (errors.length > 0) throw invalid({ group: '', kind: 'PodLogOptions' }, metadata.name, errors);
}

function checkStarted({ metadata, status }: KubeObject, container: string): void {
  const statuses = ['containerStatuses', 'initContainerStatuses'].flatMap(
    (list) => (valueAt(status, [list]) ?? []) as ContainerStatus[],
  );
  const waiting = statuses.find(({ name }) => name === container)?.state?.waiting;
  // One that waits to be started again has started before.
  if (!waiting || waiting.reason === 'CrashLoopBackOff') return;
  const { reason = 'ContainerCreating' } = waiting;
  const why = `is waiting to start: ${waitingWords[reason] ?? reason}`;
  throw badRequest(`container "${container}" in pod "${metadata.name}" ${why}`);
}

/** How the kubelet says why an image is not there. */
const waitingWords: Readonly<Record<string, string>> = {
  ErrImagePull: "image can't be pulled",
  ImagePullBackOff: 'trying and failing to pull image',
};
