import type { IncomingMessage } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { delayBeforeRetry, retryAfterOf, type Failure } from '../http/retry';
import { NetworkFailure, defaultTimeouts, readBody, send } from '../http/transport';
import { isRecord } from '../record';
import type { Connection } from './connection';
import { explainNetworkFailure } from './explain-network';
import { explainStatus } from './explain-status';
import { isBusy } from './busy';
import { forbidsUser, readStatus } from './status';
import type { ApiRequest, ApiResponse } from './types';

/** Time, so that tests need not wait. */
export interface Clock {
  now(): number;
  /** @throws when the signal ends it */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

const realClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) => setTimeout(milliseconds, undefined, signal && { signal }),
};

/** The Kubernetes API of one cluster. */
export interface Api {
  readonly connection: Connection;
  /**
   * Sends a request and repeats it where that helps (see retry.ts); 401 renews the credentials once.
   * @returns the answer, whatever its status: also an error of the server that would be the same each time.
   * @throws ClusterError when the cluster cannot be reached, does not know the user, or stays busy.
   */
  request(request: ApiRequest): Promise<ApiResponse>;
  /** The same for an answer that goes on, such as a watch; for any status but 2xx the body is read and explained. */
  stream(request: ApiRequest): Promise<IncomingMessage>;
}

interface ApiOptions {
  /** Told when the user has to wait for another try. */
  onRetry?: (message: string) => void;
  clock?: Clock;
}

export function createApi(connection: Connection, { onRetry = () => {}, clock = realClock }: ApiOptions = {}): Api {
  /** `read` turns an answer into a result, or says that another try may help; it is told whether the server was away before. */
  async function withRetries<T>(request: ApiRequest, read: Reader<T>): Promise<Outcome<T>> {
    const start = clock.now();
    let renewed = false;
    let repeated = false;
    let wasAway = false;
    for (let failures = 1; ; failures += 1) {
      const result = await attempt(connection, request, (response) => read(response, wasAway));
      if (result instanceof RetriableAnswer && result.response.status === 401 && !renewed) {
        renewed = true;
        connection.renewCredentials();
        continue;
      }
      if (!(result instanceof NetworkFailure) && !(result instanceof RetriableAnswer)) {
        return { value: result, repeated, duration: clock.now() - start };
      }

      const delay = delayBeforeRetry(toFailure(result), {
        failures,
        elapsed: clock.now() - start,
        jitter: Math.random(),
        patience: request.patience,
      });
      if (delay === undefined || request.once) {
        if (result instanceof NetworkFailure && !isSlow(result) && !request.keepsConnection) connection.abandon();
        throw toError(result, connection, request);
      }
      if (delay >= 500 && failures === 1) onRetry(`${retryReason(result, connection)}; trying again.`);
      repeated = true;
      wasAway ||= result instanceof NetworkFailure && delay > 0;
      await clock.sleep(delay, request.signal);
    }
  }

  return {
    connection,
    async request(request) {
      const { value, repeated, duration } = await withRetries(request, readAnswer);
      return { ...value, repeated, duration };
    },
    async stream(request) {
      const { value } = await withRetries(request, async (response, wasAway) => {
        if (isSuccess(response.statusCode)) return response;
        const answer = await readAnswer(response, wasAway);
        if (answer instanceof RetriableAnswer) return answer;
        throw explainStatus(answer, request.subject, connection.identity);
      });
      return value;
    },
  };
}

type Answer = Pick<ApiResponse, 'status' | 'body' | 'serverTime'>;

type Reader<T> = (response: IncomingMessage, wasAway: boolean) => Promise<T | RetriableAnswer>;

interface Outcome<T> {
  value: T;
  repeated: boolean;
  duration: number;
}

/** An answer after which another try may help. */
class RetriableAnswer {
  constructor(
    readonly response: Answer,
    readonly retryAfterSeconds: number | undefined,
  ) {}
}

async function attempt<T>(
  connection: Connection,
  request: ApiRequest,
  read: (response: IncomingMessage) => Promise<T | RetriableAnswer>,
): Promise<T | RetriableAnswer | NetworkFailure> {
  try {
    return await read(await send(await connection.prepare(request), timeoutsOf(request), request.signal));
  } catch (error) {
    if (error instanceof NetworkFailure) return error;
    throw error;
  }
}

function timeoutsOf({ patience = Infinity }: ApiRequest): typeof defaultTimeouts {
  return { ...defaultTimeouts, answer: Math.min(defaultTimeouts.answer, patience) };
}

/** Whether the server took the request and only kept it waiting: then the connection is good for others. */
export function isSlow(failure: unknown): boolean {
  return failure instanceof NetworkFailure && failure.code === 'ANSWER_TIMEOUT';
}

async function readAnswer(response: IncomingMessage, wasAway: boolean): Promise<Answer | RetriableAnswer> {
  const text = await readBody(response);
  const status = response.statusCode ?? 0;
  const date = Date.parse(response.headers.date ?? '');
  const answer = { status, body: parseBody(text), serverTime: Number.isNaN(date) ? undefined : date };
  const { message = '' } = readStatus(answer.body);
  const mayNotKnowYet = wasAway && forbidsUser(answer);
  if (status !== 401 && !mayNotKnowYet && !isBusy({ status, message })) return answer;
  return new RetriableAnswer(answer, retryAfterOf(response.headers['retry-after']));
}

/** The body as JSON; proxies and old servers also answer with plain text, which is made a Status. */
function parseBody(text: string): unknown {
  try {
    const body: unknown = JSON.parse(text);
    if (isRecord(body)) return body;
  } catch {
    // Not JSON: the text is all there is.
  }
  return { kind: 'Status', message: text.trim() };
}

function isSuccess(status = 0): boolean {
  return status >= 200 && status < 300;
}

function toFailure(result: NetworkFailure | RetriableAnswer): Failure {
  if (result instanceof NetworkFailure) {
    return { kind: 'network', code: result.code, reusedConnection: result.reusedConnection };
  }
  const { response, retryAfterSeconds } = result;
  // A server that has just started may not know yet who may do what: until then it is as if it were not there.
  return { kind: 'status', status: response.status === 403 ? 503 : response.status, retryAfterSeconds };
}

function toError(result: NetworkFailure | RetriableAnswer, connection: Connection, request: ApiRequest): Error {
  if (result instanceof NetworkFailure) return explainNetworkFailure(result, connection);
  return explainStatus(result.response, request.subject, connection.identity);
}

function retryReason(result: NetworkFailure | RetriableAnswer, connection: Connection): string {
  if (result instanceof NetworkFailure) return `Cannot reach ${connection.identity.server} (${result.message})`;
  return `The API server is busy (${result.response.status})`;
}
