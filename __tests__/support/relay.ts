import { once } from 'node:events';
import net from 'node:net';

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
  const server = net.createServer((client) => {
    connections += 1;
    const upstream = net.connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    client.pipe(upstream).pipe(client);
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
