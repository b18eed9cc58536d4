import { once } from 'node:events';
import type net from 'node:net';
import { createRelay } from '../../scripts/relay';

export interface Relay {
  /** `https://127.0.0.1:PORT`, for the server behind it. */
  url: string;
  /** How many connections were made since the last call. */
  takeConnections: () => number;
  close: () => Promise<void>;
}

/** Passes TCP connections on, unread, and counts them. */
export async function startRelay(target: URL): Promise<Relay> {
  let connections = 0;
  const sockets = new Set<net.Socket>();
  const server = createRelay({ port: Number(target.port), host: target.hostname });
  server.on('connection', (client: net.Socket) => {
    connections += 1;
    sockets.add(client);
    client.on('close', () => sockets.delete(client));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `https://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    takeConnections: () => {
      const taken = connections;
      connections = 0;
      return taken;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
