import http, { type IncomingHttpHeaders } from 'node:http';
import https from 'node:https';
import { plane } from '../../support/cluster';

/** What an answer holds: an object, a list or a Status. Which fields there really are is for the tests to find out. */
export interface Body {
  apiVersion: string;
  kind: string;
  metadata: Metadata;
  spec: Record<string, unknown>;
  items: Body[];
  status: unknown;
  code?: number;
  reason?: string;
  message: string;
  details?: { name?: string; uid?: string; causes?: Cause[] };
  [field: string]: unknown;
}

export interface Metadata {
  name: string;
  namespace: string;
  uid: string;
  resourceVersion: string;
  generation: number;
  creationTimestamp: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  finalizers?: string[];
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  managedFields?: ManagedFields[];
  continue?: string;
  remainingItemCount?: number;
}

export interface ManagedFields {
  manager: string;
  operation: string;
  apiVersion: string;
  time?: string;
  fieldsType: string;
  fieldsV1: Record<string, unknown>;
  subresource?: string;
}

export interface Cause {
  reason: string;
  message: string;
  field: string;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** The answer as JSON; empty when it is something else. */
  body: Body;
}

export interface CallOptions {
  /** Sent as it is when it is a string, else as JSON. */
  body?: unknown;
  /** Content type; null sends none. */
  type?: string | null;
  headers?: Record<string, string>;
  /** Instead of the administrator's; null sends none. */
  token?: string | null;
}

const secure = new URL(plane.server).protocol === 'https:';
const agent = secure ? new https.Agent({ keepAlive: true, ca: plane.ca }) : new http.Agent({ keepAlive: true });
afterAll(() => agent.destroy());

/** Sends one request, as administrator unless told otherwise. */
export function call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
  const { body, type = 'application/json', headers = {}, token = plane.tokens.admin } = options;
  const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const outgoing = (secure ? https : http).request(
      new URL(path, plane.server),
      {
        method,
        agent,
        headers: {
          'User-Agent': 'contract/1.0 (test)',
          ...(token !== null && { Authorization: `Bearer ${token}` }),
          ...(text !== undefined && { 'Content-Length': String(Buffer.byteLength(text)) }),
          ...(text !== undefined && type !== null && { 'Content-Type': type }),
          ...headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const answer = Buffer.concat(chunks).toString();
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: answer,
            body: parse(answer) as Body,
          });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(text);
  });
}

export const get = (path: string, options?: CallOptions): Promise<Answer> => call('GET', path, options);
export const post = (path: string, body: unknown): Promise<Answer> => call('POST', path, { body });
export const put = (path: string, body: unknown): Promise<Answer> => call('PUT', path, { body });
export const remove = (path: string, body?: unknown): Promise<Answer> => call('DELETE', path, { body });

export const mergePatch = (path: string, body: unknown): Promise<Answer> =>
  call('PATCH', path, { body, type: 'application/merge-patch+json' });

export const jsonPatch = (path: string, body: unknown): Promise<Answer> =>
  call('PATCH', path, { body, type: 'application/json-patch+json' });

/** Server-side apply; `query` may hold more than the manager. */
export const apply = (path: string, manager: string, body: unknown, query = ''): Promise<Answer> =>
  call('PATCH', `${path}?fieldManager=${manager}${query}`, { body, type: 'application/apply-patch+yaml' });

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** Asks until the answer fits; @throws Error when it does not in time. */
export async function until(
  ask: () => Promise<Answer>,
  fits: (answer: Answer) => boolean,
  limit = 30_000,
): Promise<Answer> {
  const deadline = Date.now() + limit;
  for (;;) {
    const answer = await ask();
    if (fits(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`Still ${answer.status}: ${answer.text.slice(0, 500)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
