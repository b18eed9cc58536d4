import { once } from 'node:events';
import type net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { createRelay } from '../../scripts/relay';

export interface Relay {
  /** `https://127.0.0.1:PORT`, for the server behind it. */
  url: string;
  /** How many connections were made since the last call. */
  takeConnections: () => number;
  /** Lets the server be gone for so many milliseconds: connections break, and new ones are refused. */
  interrupt: (milliseconds: number) => Promise<void>;
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
  const { port } = server.address() as net.AddressInfo;
  const stop = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  };
  return {
    url: `https://127.0.0.1:${port}`,
    takeConnections: () => {
      const taken = connections;
      connections = 0;
      return taken;
    },
    interrupt: async (milliseconds) => {
      await stop();
      await pause(milliseconds);
      server.listen(port, '127.0.0.1');
    },
    close: stop,
  };
}
