import { createSign, X509Certificate } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeCertificate } from '../../sandbox/certificate';

/** What a request for a token brought. */
export interface TokenRequest {
  method: string;
  authorization: string | undefined;
  parameters: URLSearchParams;
}

export interface TokenServer {
  url: string;
  /** PEM of the certificate by which a registry knows its tokens. */
  certificate: string;
  requests: TokenRequest[];
  close: () => void;
}

/**
 * Gives tokens to who brings one of these secrets: a basic login, or a refresh token.
 * Source: distribution docs/spec/auth/jwt.md.
 */
export async function startTokenServer(secrets: readonly string[]): Promise<TokenServer> {
  const { key, cert } = await makeCertificate();
  const requests: TokenRequest[] = [];
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (data) => (body += String(data)));
    request.on('end', () => {
      const query = new URL(request.url ?? '', 'http://localhost').searchParams;
      const parameters = request.method === 'POST' ? new URLSearchParams(body) : query;
      const { authorization } = request.headers;
      requests.push({ method: request.method ?? '', authorization, parameters });
      const given = authorization?.replace('Basic ', '') ?? parameters.get('refresh_token') ?? '';
      const isKnown = secrets.includes(given);
      response.writeHead(isKnown ? 200 : 401, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(isKnown ? { token: tokenFor(parameters, key, cert) } : { details: 'no' }));
    });
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/token`, certificate: cert, requests, close: () => void server.close() };
}

function tokenFor(parameters: URLSearchParams, key: string, certificate: string): string {
  const [type, name, actions = ''] = (parameters.get('scope') ?? '').split(':');
  const now = Math.floor(Date.now() / 1000);
  const signed = [
    { typ: 'JWT', alg: 'ES256', x5c: [new X509Certificate(certificate).raw.toString('base64')] },
    {
      iss: 'test',
      sub: 'me',
      aud: parameters.get('service'),
      exp: now + 300,
      nbf: now - 10,
      iat: now,
      jti: String(Math.random()),
      access: [{ type, name, actions: actions.split(',') }],
    },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signature = createSign('sha256').update(signed).sign({ key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  return `${signed}.${signature}`;
}
