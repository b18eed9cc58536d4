import { once } from 'node:events';
import type http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { makeCertificate } from '../../sandbox/certificate';

export interface TlsServer {
  /** `https://127.0.0.1:PORT` */
  url: string;
  /** PEM of the certificate, which is its own CA. */
  ca: string;
  /** `METHOD path` of each request. */
  requests: string[];
  connections: () => number;
  close: () => Promise<void>;
}

interface TlsServerOptions {
  /** Name in the certificate besides the address. */
  altName?: { type: 2; value: string } | { type: 7; ip: string };
  notAfter?: Date;
  /** PEM of the only client certificate to accept. */
  clientCertificate?: string;
}

export type Handler = (request: http.IncomingMessage, response: http.ServerResponse, attempt: number) => void;

/** A TLS server on the loopback interface whose answers the test decides. */
export async function startTlsServer(handler: Handler, options: TlsServerOptions = {}): Promise<TlsServer> {
  const {
    altName = { type: 7, ip: '127.0.0.1' },
    notAfter = new Date(Date.now() + 3_600_000),
    clientCertificate,
  } = options;
  const clientCheck = clientCertificate === undefined ? {} : { requestCert: true, ca: clientCertificate };
  const { key, cert } = await makeCertificate({ altNames: [altName], notAfter });
  const requests: string[] = [];
  let connections = 0;
  const server = https.createServer({ key, cert, ...clientCheck }, (request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    handler(request, response, requests.length);
  });
  server.on('secureConnection', () => (connections += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ca: cert,
    requests,
    connections: () => connections,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Answers with JSON. */
export function answer(
  response: http.ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
}
