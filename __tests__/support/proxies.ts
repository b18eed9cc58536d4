import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';

export interface Proxy {
  port: number;
  /** `HOST:PORT` of each tunnel that was asked for. */
  tunnels: string[];
}

const servers: net.Server[] = [];
afterAll(() => {
  for (const server of servers.splice(0)) server.close();
});

/** An HTTP proxy for CONNECT; with a login it wants `Proxy-Authorization: Basic`. */
export async function startHttpProxy(login?: string): Promise<Proxy> {
  const tunnels: string[] = [];
  const server = http.createServer();
  server.on('connect', (request: http.IncomingMessage, client: net.Socket) => {
    const expected = login && `Basic ${Buffer.from(login).toString('base64')}`;
    if (expected && request.headers['proxy-authorization'] !== expected) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    tunnels.push(request.url ?? '');
    const [host, port] = (request.url ?? '').split(':');
    tunnel(client, Number(port), host ?? '', () => client.write('HTTP/1.1 200 Connection established\r\n\r\n'));
  });
  return listen(server, tunnels);
}

/** A SOCKS5 proxy without login (RFC 1928), for IPv4 addresses. */
export async function startSocksProxy(): Promise<Proxy> {
  const tunnels: string[] = [];
  const server = net.createServer((client) => {
    client.once('data', () => {
      client.write(Buffer.from([5, 0]));
      client.once('data', (request: Buffer) => {
        const host = [...request.subarray(4, 8)].join('.');
        const port = request.readUInt16BE(8);
        tunnels.push(`${host}:${port}`);
        tunnel(client, port, host, () => client.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0])));
      });
    });
  });
  return listen(server, tunnels);
}

function tunnel(client: net.Socket, port: number, host: string, onConnect: () => void): void {
  const upstream = net.connect(port, host, () => {
    onConnect();
    client.pipe(upstream).pipe(client);
  });
  for (const [socket, other] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    socket.on('error', () => other.destroy());
    socket.on('close', () => other.destroy());
  }
}

async function listen(server: net.Server, tunnels: string[]): Promise<Proxy> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  return { port: (server.address() as net.AddressInfo).port, tunnels };
}
