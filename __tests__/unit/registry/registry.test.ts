import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { digestOfTag } from '../../../src/registry/digest';
import { pushImage, type PushedImage } from '../../../src/registry/push';
import { openRegistry } from '../../../src/registry/registry';
import type { Registry } from '../../../src/registry/types';

type Handler = (request: http.IncomingMessage, response: http.ServerResponse, nth: number) => void;

const servers: http.Server[] = [];
const opened: Registry[] = [];
afterEach(() => {
  for (const registry of opened.splice(0)) registry.close();
  for (const server of servers.splice(0)) server.close();
});

/** A server on loopback that answers as the test says, what only looks whether it is there aside. */
async function serve(handler: Handler): Promise<string> {
  let count = 0;
  const server = http.createServer((request, response) => {
    request.resume();
    if (request.url === '/v2/') response.writeHead(200).end();
    else request.on('end', () => handler(request, response, (count += 1)));
  });
  server.listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return `localhost:${(server.address() as AddressInfo).port}`;
}

function open(host: string, onRetry?: (message: string) => void): Registry {
  const login = { kind: 'password', username: 'me', password: 'hunter2' } as const;
  const registry = openRegistry(host, {
    login: { login, from: 'test', isShortLived: false },
    ...(onRetry && { onRetry }),
  });
  opened.push(registry);
  return registry;
}

const digest = `sha256:${'a'.repeat(64)}`;
const content = Buffer.from('hello');
const image: PushedImage = {
  manifest: { mediaType: 'application/vnd.oci.image.manifest.v1+json', content: Buffer.from('{}'), digest },

  blobs: [{ digest, size: content.length, open: async function* () { yield content; } }], // prettier-ignore
};

test('a busy registry is asked again, after the time it names', async () => {
  const told: string[] = [];
  const host = await serve((_request, response, nth) => {
    if (nth === 1) response.writeHead(429, { 'Retry-After': '1' }).end();
    else response.writeHead(200, { 'Docker-Content-Digest': digest }).end();
  });
  expect(
    await digestOfTag(
      open(host, (message) => told.push(message)),
      'me/hello',
      'v1',
    ),
  ).toBe(digest);
  expect(told).toEqual([`The registry ${host} is busy (429); trying again.`]);
});

test('what is stored elsewhere is fetched there, without the login', async () => {
  const seen: (string | undefined)[] = [];
  const elsewhere = await serve((request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(200, { 'Docker-Content-Digest': digest }).end();
  });
  const host = await serve((request, response) => {
    if (request.headers.authorization === undefined) {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="x"' }).end();
    } else response.writeHead(307, { Location: `http://${elsewhere}/blob` }).end();
  });
  expect(await digestOfTag(open(host), 'me/hello', 'v1')).toBe(digest);
  expect(seen).toEqual([undefined]);
});

test('a login is not sent to an address in the clear', async () => {
  const host = await serve((_request, response) =>
    response.writeHead(401, { 'WWW-Authenticate': 'Bearer realm="http://auth.example.com/token"' }).end(),
  );
  await expect(digestOfTag(open(host), 'me/hello', 'v1')).rejects.toThrow(
    `The registry ${host} wants the login to be sent to http://auth.example.com/token.`,
  );
});

test.each<[number, string, string]>([
  [
    403,
    '{"errors":[{"code":"DENIED","message":"requested access to the resource is denied"}]}',
    'Why: The registry answered 403: DENIED: requested access to the resource is denied.\nWhat to do: The login of test may not do that.',
  ],
  [404, '{"errors":[{"code":"NAME_UNKNOWN"}]}', 'make it, or correct its name'],
  [413, 'too large', 'Why: The registry answered 413: too large.'],
  [400, '', 'Why: The registry answered 400.\nWhat to do: Try again'],
])('a refusal is explained: %i', async (status, body, expected) => {
  const host = await serve((request, response) => {
    if (request.method === 'HEAD') response.writeHead(404).end();
    else response.writeHead(status).end(body);
  });
  await expect(pushImage(open(host), image, { repository: 'me/hello', tag: 'source' })).rejects.toThrow(expected);
});

/** A registry that notes what comes and answers as the test says; undefined is what a working one answers. */
async function noting(answer: (method: string, nth: number) => [number, object?] | undefined) {
  const seen: string[] = [];
  const counts: Record<string, number> = {};
  const host = await serve((request, response) => {
    const method = request.method ?? '';
    counts[method] = (counts[method] ?? 0) + 1;
    seen.push(`${method} ${request.headers['content-range'] ?? ''}`.trim());
    const [status, headers] = answer(method, counts[method]) ?? [
      { HEAD: 404, POST: 202, PATCH: 202, GET: 204, PUT: 201 }[method] ?? 400,
    ];
    response
      .writeHead(status, { Location: '/v2/me/hello/blobs/uploads/1?state=x', ...headers })
      .end('{"errors":[{"code":"NO"}]}');
  });
  return { host, seen };
}

const target = { repository: 'me/hello', tag: 'source' };

test('what the registry cannot store for the moment is sent again from where it is', async () => {
  const { host, seen } = await noting((method, nth) => {
    if (method === 'GET') return [204, { Range: '0-1' }];
    return method === 'PATCH' && nth === 1 ? [502] : undefined;
  });
  await pushImage(open(host), image, target);
  expect(seen).toEqual(['HEAD', 'HEAD', 'POST', 'PATCH', 'GET', 'PATCH 2-4', 'PUT', 'PUT']);
});

test('what it has lost is sent anew', async () => {
  const { host, seen } = await noting((method, nth) => {
    if (method === 'GET') return [404];
    return method === 'PATCH' && nth === 1 ? [502] : undefined;
  });
  await pushImage(open(host), image, target);
  expect(seen).toEqual(['HEAD', 'HEAD', 'POST', 'PATCH', 'GET', 'POST', 'PATCH', 'PUT', 'PUT']);
});

test('where pieces are refused it goes as a stream again', async () => {
  const { host, seen } = await noting((method, nth) => {
    if (method === 'GET') return [404];
    if (method !== 'PATCH') return undefined;
    return nth === 1 ? [502] : nth === 2 ? [416] : undefined;
  });
  const size = 5 * 1024 * 1024;
  const content = Buffer.alloc(size);
  const large = { digest, size, open: async function* () { yield content; } }; // prettier-ignore
  await pushImage(open(host), { ...image, blobs: [large] }, target);
  expect(seen).toEqual([
    'HEAD',
    'HEAD',
    'POST',
    'PATCH',
    'GET',
    'POST',
    'PATCH 0-4194303',
    'POST',
    'PATCH',
    'PUT',
    'PUT',
  ]);
});

test('a token that runs out meanwhile is renewed', async () => {
  const { host, seen } = await noting((method, nth) => {
    if (method === 'GET') return [404];
    return method === 'PATCH' && nth === 1 ? [401, { 'WWW-Authenticate': 'Basic realm="x"' }] : undefined;
  });
  await pushImage(open(host), image, target);
  expect(seen).toEqual(['HEAD', 'HEAD', 'POST', 'PATCH', 'GET', 'POST', 'PATCH', 'PUT', 'PUT']);
});

test('an upload that the registry refuses is not sent for ever', async () => {
  const { host, seen } = await noting((method) => (method === 'PATCH' ? [400] : undefined));
  await expect(pushImage(open(host), image, target)).rejects.toThrow('Why: The registry answered 400: NO.');
  expect(seen).toEqual(['HEAD', 'HEAD', 'POST', 'PATCH']);
});

test('a token that runs out between pieces does not lose them', async () => {
  const size = 9 * 1024 * 1024;
  const content = Buffer.alloc(size);
  const large = { digest, size, open: async function* () { yield content; } }; // prettier-ignore
  const { host, seen } = await noting((method, nth) => {
    if (method === 'GET') return nth === 1 ? [404] : [204, { Range: '0-4194303' }];
    if (method !== 'PATCH') return undefined;
    return nth === 1 ? [502] : nth === 3 ? [401, { 'WWW-Authenticate': 'Basic realm="x"' }] : undefined;
  });
  await pushImage(open(host), { ...image, blobs: [large] }, target);
  expect(seen).toEqual([
    'HEAD', 'HEAD', 'POST', 'PATCH', 'GET', 'POST', 'PATCH 0-4194303', 'PATCH 4194304-8388607', 'GET',
    'PATCH 4194304-8388607', 'PATCH 8388608-9437183', 'PUT', 'PUT',
  ]); // prettier-ignore
});

test('what is answered before its end serves no other request', async () => {
  let inBody = 0;
  const server = net.createServer((socket) => {
    let isFirst = true;
    socket.on('data', (data) => {
      const text = data.toString('latin1');
      if (!isFirst && /(GET|POST|PATCH) \/v2/.test(text)) inBody += 1;
      if (text.startsWith('PATCH')) {
        isFirst = false;
        socket.write('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n');
      } else if (isFirst) {
        const status = text.startsWith('HEAD') ? '404 Not Found' : '202 Accepted';
        const location = 'Location: /v2/me/hello/blobs/uploads/1\r\n';
        socket.write(`HTTP/1.1 ${status}\r\n${location}Content-Length: 0\r\n\r\n`);
      }
    });
    socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const host = `localhost:${(server.address() as AddressInfo).port}`;
  const size = 40 * 1024 * 1024;
  const piece = Buffer.alloc(1024 * 1024);
  const large = { digest, size, open: async function* () { for (let sent = 0; sent < size; sent += piece.length) yield piece; } }; // prettier-ignore
  const registry = open(host);
  await expect(pushImage(registry, { ...image, blobs: [large] }, target)).rejects.toThrow('The registry answered 400');
  await registry.request({ method: 'HEAD', url: '/v2/x', access: { repository: 'x', action: 'pull' } });
  expect(inBody).toBe(0);
  registry.close();
  server.close();
});

test('who gives tokens may be busy for a moment', async () => {
  let asked = 0;
  const tokens = await serve((_request, response) => {
    asked += 1;
    if (asked === 1) response.writeHead(503, { 'Retry-After': '1' }).end();
    else response.writeHead(200).end('{"token":"abc"}');
  });
  const host = await serve((request, response) => {
    if (request.headers.authorization === 'Bearer abc') {
      response.writeHead(200, { 'Docker-Content-Digest': digest }).end();
    } else response.writeHead(401, { 'WWW-Authenticate': `Bearer realm="http://${tokens}/token"` }).end();
  });
  expect(await digestOfTag(open(host), 'me/hello', 'v1')).toBe(digest);
});

test('a proxy that is no address is told, without it', async () => {
  process.env['HTTPS_PROXY'] = 'http://me:pa ss/wo:rd@proxy:8080';
  const registry = open('registry.example.com');
  await expect(digestOfTag(registry, 'me/hello', 'v1')).rejects.toThrow('The address of the proxy is none.');
  registry.close();
  delete process.env['HTTPS_PROXY'];
});
