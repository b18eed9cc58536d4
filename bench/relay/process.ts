import net from 'node:net';

/**
 * Passes TCP connections on, unread, each byte half a round trip late, and counts them.
 * Arguments: port and host of the server, round trip in milliseconds. It tells its parent the port it listens on,
 * and the number of connections so far when asked; it ends with its parent.
 */
const [serverPort, serverHost, roundTripText] = process.argv.slice(2);
const roundTrip = Number(roundTripText);
let connections = 0;

const relay = net.createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
  connections += 1;
  const server = net.connect({ port: Number(serverPort), host: serverHost, allowHalfOpen: true, noDelay: true });
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

relay.listen(0, '127.0.0.1', () => process.send?.((relay.address() as net.AddressInfo).port));
process.on('message', () => process.send?.(connections));
process.on('disconnect', () => process.exit());
// Ctrl-C reaches all processes of the terminal; the parent decides when the relay ends.
process.on('SIGINT', () => {});
