import net, { type AddressInfo } from 'node:net';

/** Whether to break a connection before it passes this on from the client. */
export type Cut = (data: Buffer, total: number) => boolean;

/** After so many bytes of a connection. */
export function after(bytes: number): Cut {
  return (_data, total) => total > bytes;
}

/** Before the nth request of a method. */
export function before(method: string, nth: number): Cut {
  let seen = 0;
  return (data) => data.toString('latin1', 0, method.length + 1) === `${method} ` && (seen += 1) === nth;
}

/** A relay that breaks connections, one for each of these, in this order. */
export async function cuttingRelay(target: string, cuts: readonly Cut[]) {
  const [hostname = '', port = ''] = target.split(':');
  const left = [...cuts];
  const server = net.createServer((client) => {
    const upstream = net.connect(Number(port), hostname);
    let total = 0;
    const end = (): void => {
      client.destroy();
      upstream.destroy();
    };
    client.on('data', (data) => {
      total += data.length;
      if (left[0]?.(data, total) === true) {
        left.shift();
        end();
      } else if (!upstream.write(data)) client.pause();
    });
    upstream.on('drain', () => client.resume()).pipe(client);
    client.on('error', end).on('close', end);
    upstream.on('error', end).on('close', end);
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    host: `localhost:${(server.address() as AddressInfo).port}`,
    cuts: () => cuts.length - left.length,
    close: () => void server.close(),
  };
}
