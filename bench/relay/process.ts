import type { AddressInfo } from 'node:net';
import { createRelay } from '../../scripts/relay';

/**
 * A relay that counts its connections.
 * Arguments: port and host of the server, round trip in milliseconds. It tells its parent the port it listens on,
 * and the number of connections so far when asked; it ends with its parent.
 */
const [port, host = '', roundTrip] = process.argv.slice(2);
let connections = 0;

const relay = createRelay({ port: Number(port), host }, Number(roundTrip));
relay.on('connection', () => (connections += 1));
relay.listen(0, '127.0.0.1', () => process.send?.((relay.address() as AddressInfo).port));
process.on('message', () => process.send?.(connections));
process.on('disconnect', () => process.exit());
// Ctrl-C reaches all processes of the terminal; the parent decides when the relay ends.
process.on('SIGINT', () => {});
