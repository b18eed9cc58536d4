import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '../apiserver/errors';
import { sendError } from '../apiserver/http/exchange';
import type { Fault } from './fault';

/** Lets a fault happen before the request is handled. Returns whether that was the answer. */
export async function befall({ delay, reset, answer: refusal }: Fault, response: ServerResponse): Promise<boolean> {
  if (delay !== undefined) await sleep(delay, undefined, { ref: false });
  if (reset === 'before') {
    response.socket?.destroy();
    return true;
  }
  if (!refusal) return false;
  const { status, reason, message, retryAfter } = refusal;
  const headers = { ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }) };
  if (reason === undefined) {
    response.writeHead(status, { 'Content-Type': 'text/plain', ...headers }).end(message);
    return true;
  }
  const details = retryAfter === undefined ? undefined : { retryAfterSeconds: retryAfter };
  sendError(response, new ApiError(status, reason, message, details, headers));
  return true;
}

/** Lets the answer not, or only in part, reach the client. */
export function breakAnswer(response: ServerResponse, faults: readonly Fault[]): void {
  const isMidway = faults.some(({ reset }) => reset === 'midway');
  const cut = (): void => {
    response.socket?.destroy();
  };
  response.end = (body?: unknown) => {
    if (isMidway && typeof body === 'string') response.write(body.slice(0, Math.ceil(body.length / 2)), cut);
    else cut();
    return response;
  };
}
