import type { IncomingMessage, ServerResponse } from 'node:http';
import { lineStream, type LineStream } from '../../faults/faulty-stream';
import type { Fault } from '../../faults/fault';
import type { User } from '../access/users';
import { ApiError, expired } from '../errors';

/** One request and the way to answer it. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  user: User;
  /** What befalls this request. */
  faults: readonly Fault[];
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  if (response.destroyed) return;
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(status, {
    'Content-Type': 'application/json',
    ...headers,
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}

export function sendText(response: ServerResponse, status: number, text: string): void {
  response
    .writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' })
    .end(text);
}

export function sendError(response: ServerResponse, error: ApiError): void {
  sendJson(response, error.code, error.toStatus(), error.headers);
}

/** Answers with any error; where the answer has begun, it is broken off. */
export function sendFailure(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  sendError(
    response,
    error instanceof ApiError ? error : new ApiError(500, 'InternalError', (error as Error).stack ?? String(error)),
  );
}

/** Begins an answer that goes on line by line. */
export function openStream({ response, faults }: Exchange, contentType: string): LineStream {
  response.writeHead(200, { 'Content-Type': contentType });
  response.flushHeaders();
  const fault = faults.find(({ stream }) => stream !== undefined)?.stream;
  return lineStream(
    response,
    fault,
    () => `${JSON.stringify({ type: 'ERROR', object: expired('too old resource version').toStatus() })}\n`,
  );
}
