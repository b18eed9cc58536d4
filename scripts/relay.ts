import net from 'node:net';

/**
 * Passes TCP connections on to a server, unread, each byte half a round trip late. Not listening yet.
 * @param roundTrip milliseconds there and back, for the TCP handshake, too
 */
export function createRelay(target: { port: number; host: string }, roundTrip = 0): net.Server {
  return net.createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const server = net.connect({ ...target, allowHalfOpen: true, noDelay: true });
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      socket.on('error', () => other.destroy());
      socket.on('close', () => setTimeout(() => other.destroy(), roundTrip));
    }
    if (roundTrip === 0) {
      client.pipe(server).pipe(client);
      return;
    }
    // A client on the other side of the world learns of the connection one round trip after it has asked for it.
    const open = performance.now() + roundTrip;
    passOn(client, server, () => Math.max(0, open - performance.now()) + roundTrip / 2);
    passOn(server, client, () => roundTrip / 2);
  });
}

/** Delays, but does not slow down: any number of chunks may be under way. */
function passOn(from: net.Socket, to: net.Socket, delay: () => number): void {
  const underWay: (() => void)[] = [];
  // Timers of different lengths may fire out of order, so each takes the oldest chunk.
  const later = (deliver: () => void): void => {
    underWay.push(deliver);
    setTimeout(() => underWay.shift()?.(), delay());
  };
  from.on('data', (chunk) => later(() => to.write(chunk)));
  from.on('end', () => later(() => to.end()));
}
