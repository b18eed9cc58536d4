import { once } from 'node:events';
import https from 'node:https';
import net from 'node:net';
import { createAgent } from '../../../src/http/agent';
import { readBody, send } from '../../../src/http/transport';
import { startTlsServer } from '../../support/tls-server';

const soon = { connect: 50, answer: 50 };

test('an answer that stops in the middle is not waited for', async () => {
  const server = await startTlsServer((_request, response) => {
    response.writeHead(200, { 'Content-Length': '100' }).write('{');
  });
  const agent = new https.Agent();
  const response = await send({ method: 'GET', url: new URL(server.url), headers: {}, tls: { ca: server.ca }, agent });
  await expect(readBody(response, soon)).rejects.toThrow('the answer broke off');
  await server.close();
});

test('a server that never answers is given up', async () => {
  const server = await startTlsServer(() => {});
  const agent = new https.Agent();
  const wire = { method: 'GET', url: new URL(server.url), headers: {}, tls: { ca: server.ca }, agent };
  await expect(send(wire, { connect: 5000, answer: 50 })).rejects.toMatchObject({ code: 'ANSWER_TIMEOUT' });
  await server.close();
});

test.each(['http', 'socks5'])(
  'a %s proxy that never answers is given up, and its connection closed',
  async (scheme) => {
    const proxy = net.createServer();
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const { port } = proxy.address() as net.AddressInfo;
    const closed = once(proxy, 'connection').then(([socket]) =>
      once((socket as net.Socket).on('error', () => {}).resume(), 'close'),
    );

    const abandoned = new AbortController();
    const url = new URL('https://10.0.0.1:6443');
    const agent = await createAgent(url.href, `${scheme}://127.0.0.1:${port}`, abandoned.signal, soon.connect);
    const sent = send({ method: 'GET', url, headers: {}, tls: {}, agent }, soon);
    await expect(sent).rejects.toMatchObject({ code: 'CONNECT_TIMEOUT' });
    abandoned.abort();
    await closed;
    proxy.close();
  },
);
