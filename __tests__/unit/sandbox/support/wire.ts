import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Sandbox } from '../../../../sandbox';

/** An answer as it comes over the wire. */
export interface Received {
  status: number;
  headers: IncomingHttpHeaders;
  /** What has come so far. */
  chunks: Buffer[];
  text: () => string;
  /** Waits until the text so far fits. */
  until: (fits: (text: string) => boolean) => Promise<void>;
  /** How the answer ended. */
  end: Promise<'complete' | 'broken'>;
  close: () => void;
}

interface SendOptions {
  body?: unknown;
  type?: string;
  token?: string;
}

const open = new Set<Received>();
afterEach(() => {
  for (const received of open) received.close();
  open.clear();
});

/**
 * Sends a request on a connection of its own, and resolves when the head of the answer is there.
 * @throws Error of the connection when it breaks before.
 */
export async function send(
  { server, ca, tokens }: Sandbox,
  method: string,
  path: string,
  { body, type = 'application/json', token = tokens.admin }: SendOptions = {},
): Promise<Received> {
  const { hostname, port } = new URL(server);
  const request = https.request({
    ...{ hostname, port, method, path, ca, agent: false },
    headers: { Authorization: `Bearer ${token}`, ...(body !== undefined && { 'Content-Type': type }) },
  });
  request.end(body === undefined ? undefined : JSON.stringify(body));
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  request.on('error', () => undefined);
  return receive(response);
}

function receive(response: IncomingMessage): Received {
  const chunks: Buffer[] = [];
  const listeners = new Set<() => void>();
  const notify = (): void => listeners.forEach((listener) => listener());
  const text = (): string => Buffer.concat(chunks).toString();
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    notify();
  });
  response.on('error', () => undefined);
  const received: Received = {
    ...{ status: response.statusCode ?? 0, headers: response.headers, chunks, text },
    until: (fits) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!fits(text())) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
      }),
    end: new Promise((resolve) => response.on('close', () => resolve(response.complete ? 'complete' : 'broken'))),
    close: () => response.destroy(),
  };
  open.add(received);
  return received;
}

/** Sends a request, and waits for the whole answer. */
export async function ask(
  sandbox: Sandbox,
  method: string,
  path: string,
  options?: SendOptions,
): Promise<{ status: number; headers: IncomingHttpHeaders; text: string; end: 'complete' | 'broken' }> {
  const { status, headers, text, end } = await send(sandbox, method, path, options);
  return { end: await end, status, headers, text: text() };
}
