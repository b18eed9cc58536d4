import http, { type IncomingMessage } from 'node:http';
import https, { type RequestOptions } from 'node:https';
import { checkServerIdentity } from 'node:tls';
import { messageOf } from '../errors';

/** By what client and server know each other. */
export type Tls = Pick<RequestOptions, 'ca' | 'cert' | 'key' | 'rejectUnauthorized' | 'servername'>;

/** One HTTP request as it goes over the wire. */
export interface WireRequest {
  method: string;
  url: URL;
  headers: Record<string, string | string[]>;
  /** A body in chunks is written out chunk by chunk: one is good until the next is asked for. */
  body?: string | Uint8Array | AsyncIterable<Uint8Array> | undefined;
  tls: Tls;
  agent: http.Agent;
}

/** Milliseconds to reach the server, and until it begins to answer. */
export interface Timeouts {
  connect: number;
  answer: number;
}

export const defaultTimeouts: Timeouts = { connect: 10_000, answer: 60_000 };

/** The server gave no answer. */
export class NetworkFailure extends Error {
  override readonly name = 'NetworkFailure';
  /** Code of the system error, such as ECONNREFUSED, or CONNECT_TIMEOUT, ANSWER_TIMEOUT, PROXY_REFUSED. */
  readonly code: string;
  /** Whether the request went out on a connection that had served an earlier one, which the server may just have closed. */
  readonly reusedConnection: boolean;

  constructor(message: string, options: { code: string; reusedConnection: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.code = options.code;
    this.reusedConnection = options.reusedConnection;
  }
}

/**
 * Sends a request and resolves as soon as the answer begins. The caller reads or destroys its body.
 * @throws NetworkFailure when there is no answer.
 */
export function send(wire: WireRequest, timeouts = defaultTimeouts, signal?: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { request } = wire.url.protocol === 'https:' ? https : http;
    const outgoing = request(wire.url, {
      method: wire.method,
      headers: wire.headers,
      agent: wire.agent,
      ...definedEntries(wire.tls),
      checkServerIdentity: identityCheck(wire),
      ...(signal && { signal }),
    });
    const fail = (code: string, message: string, cause?: unknown): void => {
      isOver = true;
      clearTimeout(timer);
      reject(new NetworkFailure(message, { code, cause, reusedConnection: outgoing.reusedSocket }));
      outgoing.destroy();
    };

    let timer = setTimeout(
      () => fail('CONNECT_TIMEOUT', `no connection within ${timeouts.connect / 1000} s`),
      timeouts.connect,
    );
    let isOver = false;
    const awaitAnswer = (): void => {
      clearTimeout(timer);
      if (isOver) return;
      timer = setTimeout(() => fail('ANSWER_TIMEOUT', `no answer within ${timeouts.answer / 1000} s`), timeouts.answer);
    };

    outgoing.once('socket', (socket) => {
      if (!socket.connecting) return awaitAnswer();
      socket.once(wire.url.protocol === 'https:' ? 'secureConnect' : 'connect', awaitAnswer);
    });
    outgoing.once('proxyConnect', ({ statusCode, statusText }: { statusCode: number; statusText: string }) => {
      if (statusCode !== 200) fail('PROXY_REFUSED', `the proxy answered ${statusCode} ${statusText}`.trim());
    });
    outgoing.once('response', (response) => {
      isOver = true;
      clearTimeout(timer);
      // The server answered before it had all: what goes over this connection next, it would take for the rest.
      if (!outgoing.writableEnded) response.once('end', () => outgoing.destroy());
      resolve(response);
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? 'UNKNOWN', error.message, error));
    if (wire.body === undefined || typeof wire.body === 'string' || wire.body instanceof Uint8Array) {
      outgoing.end(wire.body);
      return;
    }
    writeAll(outgoing, wire.body, () => {
      awaitAnswer();
      return !isOver;
    }).catch((error: unknown) => {
      fail('SOURCE_FAILED', messageOf(error), error);
    });
  });
}

/**
 * Writes chunk after chunk, each when the one before has left. What the request itself suffers is told by its own events.
 * @param goesOn told after each chunk; whether the others are still wanted
 */
async function writeAll(
  outgoing: http.ClientRequest,
  chunks: AsyncIterable<Uint8Array>,
  goesOn: () => boolean,
): Promise<void> {
  const isClosed = new Promise<'closed'>((resolve) => outgoing.once('close', () => resolve('closed')));
  for await (const chunk of chunks) {
    const written = new Promise<'written'>((resolve) => outgoing.write(chunk, () => resolve('written')));
    if ((await Promise.race([written, isClosed])) === 'closed' || !goesOn()) return;
  }
  if (goesOn()) outgoing.end();
}

/** The whole body as text. @throws NetworkFailure when the connection breaks before its end. */
export async function readBody(response: IncomingMessage, timeouts = defaultTimeouts): Promise<string> {
  const chunks: Buffer[] = [];
  response.setTimeout(timeouts.answer, () => response.destroy(new Error('the answer stopped')));
  try {
    for await (const chunk of response) chunks.push(chunk as Buffer);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'UNKNOWN';
    throw new NetworkFailure('the answer broke off', { code, cause: error, reusedConnection: false });
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Checks the certificate against the server that was asked for. Node would do the same on a direct connection,
 * but behind a proxy the agents do not tell it the name of a server that is an address, and it checks "localhost".
 */
function identityCheck({ url, tls: { servername } }: WireRequest): typeof checkServerIdentity {
  const name = servername || url.hostname.replace(/^\[|\]$/g, '');
  return (_name, certificate) => checkServerIdentity(name, certificate);
}

/** Undefined TLS options are not the same as absent ones: `rejectUnauthorized: undefined` would switch verification off. */
function definedEntries(tls: Tls): Tls {
  return Object.fromEntries((Object.entries(tls) as [string, unknown][]).filter(([, value]) => value !== undefined));
}
