import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { atEnd } from '../harness/clean-up';
import { stopChild } from '../harness/stop-child';

/** A way to the server that is a round trip long, in a process of its own. */
export interface Relay {
  /** `https://127.0.0.1:PORT` */
  url: string;
  /** How many connections were made since the last call. */
  takeConnections: () => Promise<number>;
}

/** @param roundTrip milliseconds there and back, for the TCP handshake, too */
export async function startRelay(server: string, roundTrip: number): Promise<Relay> {
  const { hostname, port } = new URL(server);
  const child = fork(path.join(__dirname, 'process.ts'), [port, hostname, String(roundTrip)]);
  atEnd(() => stopChild(child));
  const listening = await answer(child);
  let taken = 0;
  return {
    url: `https://127.0.0.1:${listening}`,
    takeConnections: async () => {
      const reply = answer(child);
      child.send('connections');
      const before = taken;
      taken = await reply;
      return taken - before;
    },
  };
}

async function answer(child: ChildProcess): Promise<number> {
  const [message] = (await once(child, 'message', { signal: AbortSignal.timeout(10_000) })) as [number];
  return message;
}
