import type { IncomingMessage } from 'node:http';
import { ClusterError } from '../errors';
import { recordsAt, textAt } from '../record';
import type { Api } from './api';
import { readBody } from '../http/transport';
import type { ApiRequest } from './types';

/** A container whose log is read. */
export interface LogPlace {
  namespace: string;
  pod: string;
  container: string;
  /** Of the container before its last restart. */
  previous?: boolean;
}

/** Which part of it, and how. */
export interface LogOptions {
  /** How many of its last lines; all without it. */
  tail?: number | undefined;
  /** What was written from this second on, since 1970. */
  since?: number | undefined;
  /** Whether to go on as long as the container runs. */
  follow?: boolean;
  /** Whether each line begins with its time. */
  timestamps?: boolean;
}

/** The log of a container as it comes. @throws ClusterError when it cannot be read */
export function logStream(
  api: Api,
  { namespace, pod, container, previous = false }: LogPlace,
  { tail, since, follow = false, timestamps = false }: LogOptions,
  trying: Pick<ApiRequest, 'patience' | 'once' | 'signal'>,
): Promise<IncomingMessage> {
  return api.stream({
    method: 'GET',
    path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/log`,
    query: {
      container,
      ...(tail !== undefined && { tailLines: String(tail) }),
      ...(since !== undefined && { sinceTime: new Date(since * 1000).toISOString().replace(/\.\d+Z$/, 'Z') }),
      ...(follow && { follow: 'true' }),
      ...(previous && { previous: 'true' }),
      ...(timestamps && { timestamps: 'true' }),
    },
    subject: { verb: 'get', group: '', resource: 'pods/log', namespace, name: pod },
    keepsConnection: true,
    ...trying,
  });
}

/** Milliseconds for a look at a log: what it tells is an addition. */
const patience = 5000;

/**
 * The last lines of the log of a container; none where it cannot be read: the pod is gone, nothing has started, it is not allowed.
 * @throws ClusterError when the cluster cannot be reached or does not know the user
 */
export async function tailLog(api: Api, place: LogPlace, tail: number, signal?: AbortSignal): Promise<string[]> {
  try {
    const stream = await logStream(api, place, { tail }, { patience, ...(signal && { signal }) });
    return (await readBody(stream)).split(/\r?\n/).filter((line) => line !== '');
  } catch (error) {
    if (error instanceof ClusterError && error.status !== undefined && error.status !== 401) return [];
    throw error;
  }
}

/** The pod of OpenFunction's controller, and the container that does the work. Source: bundle.yaml of 0.6 to 1.2. */
export async function controllerLog(api: Api, count: number, signal?: AbortSignal): Promise<string[]> {
  const namespace = 'openfunction';
  const response = await api.request({
    method: 'GET',
    path: `/api/v1/namespaces/${namespace}/pods`,
    subject: { verb: 'list', group: '', resource: 'pods', namespace, name: '' },
    patience,
    keepsConnection: true,
    ...(signal && { signal }),
  });
  const pod = recordsAt(response.body, ['items']).find((item) =>
    textAt(item, ['metadata', 'name']).startsWith('openfunction-controller-manager-'),
  );
  const names = recordsAt(pod, ['spec', 'containers']).map((container) => textAt(container, ['name']));
  const container = names.find((name) => !name.includes('proxy'));
  if (container === undefined) return [];
  return tailLog(api, { namespace, pod: textAt(pod, ['metadata', 'name']), container }, count, signal);
}
