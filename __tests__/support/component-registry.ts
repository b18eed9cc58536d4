import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What was published, as the CLI sends it. */
export interface Release {
  name: string;
  version: string;
  /** The fields of the form: the texts of publish.yaml, README.md and so on. */
  form: URLSearchParams;
  zip: Buffer;
}

export interface ComponentRegistry {
  /** For `s set registry`. */
  url: string;
  releases: Release[];
  stop: () => void;
}

/**
 * Stands in for the registry of Serverless Devs on loopback: takes what is published, and hands it out by name.
 * It listens on port 80, since the CLI ignores any other when it publishes.
 * @throws Error when it may not
 */
export async function startComponentRegistry(): Promise<ComponentRegistry> {
  const origin = 'http://127.0.0.1';
  const releases: Release[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    const { pathname } = new URL(request.url ?? '/', origin);
    const newest = releases.at(-1);
    if (request.method === 'POST' && pathname === '/v3/packages/releases') {
      const form = new URLSearchParams(body.toString());
      releases.push({ ...nameOf(form), form, zip: Buffer.alloc(0) });
      sendJson(response, { url: `${origin}/upload` });
    } else if (request.method === 'PUT' && pathname === '/upload' && newest) {
      newest.zip = body;
      response.end();
    } else if (/^\/v3\/packages\/[^/]+\/release\//.test(pathname)) {
      const [, , , name = '', , ...tag] = pathname.split('/');
      const found = releases.find(
        (release) => release.name === name && ['latest', release.version].includes(tag.at(-1) ?? ''),
      );
      sendJson(response, found ? { tag_name: found.version, zipball_url: `${origin}/zips/${name}.zip` } : 'not found');
    } else if (pathname.startsWith('/zips/') && newest) {
      response.setHeader('Content-Length', newest.zip.length).end(newest.zip);
    } else {
      response.writeHead(404).end();
    }
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', ({ message }) => {
      reject(
        new Error(`${message}. This test needs port 80: run it as root, or allow it by
  sudo sysctl net.ipv4.ip_unprivileged_port_start=80`),
      );
    });
    server.listen(80, '127.0.0.1', resolve);
  });
  return {
    url: `${origin}/v3`,
    releases,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function nameOf(form: URLSearchParams): { name: string; version: string } {
  const [, name = ''] = /^Name: (.+)$/m.exec(form.get('publish') ?? '') ?? [];
  const [, version = ''] = /^Version: (.+)$/m.exec(form.get('publish') ?? '') ?? [];
  return { name, version };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function sendJson(response: ServerResponse, body: unknown): void {
  response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ request_id: 'test', body }));
}
