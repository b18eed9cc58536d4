import http from 'node:http';
import { openRegistry } from '../../src/registry/registry';
import { pushImage } from '../../src/registry/push';
import { bundleOf } from '../../src/source/bundle';
import { readSource } from '../../src/source/source';

// Prints what it costs this fresh process to read a source folder, or to push it to a registry that keeps nothing.

/** Megabytes that this process has held at most so far. */
const peak = (): number => process.resourceUsage().maxRSS / 1e3;

async function hash(folder: string): Promise<object> {
  const before = peak();
  const start = performance.now();
  await readSource(folder, { followsLinks: false });
  return { milliseconds: performance.now() - start, megabytes: peak() - before };
}

/** The registry is another process: what it holds does not count. */
async function push(folder: string, host: string): Promise<object> {
  const { tree } = await readSource(folder, { followsLinks: true });
  const registry = openRegistry(host, { login: undefined });
  const before = peak();
  const start = performance.now();
  const image = await bundleOf(tree);
  const sent = await pushImage(registry, image, { repository: 'bench/source', tag: 'source' });
  registry.close();
  return { milliseconds: performance.now() - start, megabytes: peak() - before, sent };
}

/** A registry that takes everything and keeps nothing. */
function serve(): void {
  const server = http.createServer((request, response) => {
    const status = { HEAD: 404, POST: 202, PATCH: 202, PUT: 201 }[request.method ?? ''] ?? 200;
    request
      .resume()
      .on('end', () => response.writeHead(status, { Location: '/v2/bench/source/blobs/uploads/1' }).end());
  });
  server.listen(0, '127.0.0.1', () => process.stdout.write(`${JSON.stringify(server.address())}\n`));
}

const [mode, folder = '', host = ''] = process.argv.slice(2);
if (mode === 'serve') serve();
else {
  void (mode === 'push' ? push(folder, host) : hash(folder)).then((result) =>
    process.stdout.write(JSON.stringify(result)),
  );
}
