import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { makeCertificate } from '../../sandbox/certificate';
import { temporaryFolder } from './files';
import type { TokenServer } from './token-server';

/** A user of the registries that want a login. */
export const user = { username: 'me', password: 'hunter2' };

/** What `htpasswd -B` makes of that password. */
const passwordFile = 'me:$2b$05$dOcNQrBF8BPqUzMXR5X55.phGrUCoIU.tklaJNzQYxDYrot1V5Q9i\n';

/** Whether Debian's docker-registry and skopeo are there. */
export const hasRegistry = ['docker-registry', 'skopeo'].every(
  (name) => spawnSync(name, ['--version']).error === undefined,
);

/** For tests that need them; where they are absent, their titles say so. */
export const describeWithRegistry: (title: string, run: () => void) => void = hasRegistry
  ? describe
  : (title, run) => describe.skip(`${title} (skipped: docker-registry or skopeo is not installed)`, run);

export interface TestRegistry {
  /** As in the name of an image: `localhost:5000`. */
  host: string;
  /** PEM of the authority of its certificate; undefined without TLS. */
  authority: string | undefined;
  /** Requests since the last call but for those that only look whether it is there, as `PUT /v2/me/hello/manifests/v1 201`. */
  requests: () => Promise<string[]>;
  stop: () => void;
  start: () => Promise<void>;
}

interface RegistryOptions {
  /** Whether it wants a login. */
  auth?: boolean;
  tls?: boolean;
  /** Who gives tokens for it. */
  tokens?: TokenServer;
}

const running: TestRegistry[] = [];
afterAll(() => {
  for (const registry of running.splice(0)) registry.stop();
});

/** Starts a real registry on loopback; it stops when the test file ends. */
export async function startRegistry({
  auth = false,
  tls = false,
  tokens,
}: RegistryOptions = {}): Promise<TestRegistry> {
  const port = await freePort();
  const host = `localhost:${port}`;
  const certificate = tls ? await makeCertificate() : undefined;
  const folder = temporaryFolder({
    htpasswd: passwordFile,
    ...(tokens && { 'tokens.crt': tokens.certificate }),
    ...(certificate && { 'tls.crt': certificate.cert, 'tls.key': certificate.key }),
  });
  const config = temporaryFolder({
    'config.yml': {
      version: 0.1,
      log: { level: 'warn', accesslog: { disabled: false } },
      storage: { filesystem: { rootdirectory: `${folder}/data` } },
      http: {
        addr: `127.0.0.1:${port}`,
        ...(certificate && { tls: { certificate: `${folder}/tls.crt`, key: `${folder}/tls.key` } }),
      },
      ...(tokens && {
        auth: { token: { realm: tokens.url, service: 'test', issuer: 'test', rootcertbundle: `${folder}/tokens.crt` } },
      }),
      ...(auth && { auth: { htpasswd: { realm: 'test', path: `${folder}/htpasswd` } } }),
    },
  });
  let output = '';
  let child: ReturnType<typeof spawn> | undefined;
  const registry: TestRegistry = {
    host,
    authority: certificate?.cert,
    requests: async () => {
      // It writes a request down after it has answered.
      await pause(150);
      const lines = [...output.matchAll(/"([A-Z]+) (\/v2\/[^? ]+)[^"]*" (\d+)/g)];
      output = '';
      return lines.map(
        ([, method, path, status]) => `${method} ${path?.replace(/uploads\/[-0-9a-f]+/, 'uploads/…')} ${status}`,
      );
    },
    stop: () => child?.kill('SIGKILL'),
    start: async () => {
      child = spawn('docker-registry', ['serve', `${config}/config.yml`], { stdio: ['ignore', 'pipe', 'pipe'] });
      child.stdout?.on('data', (data) => (output += String(data)));
      child.stderr?.on('data', (data) => (output += String(data)));
      await untilItAnswers(`${tls ? 'https' : 'http'}://${host}/v2/`, () => output);
      output = '';
    },
  };
  running.push(registry);
  await registry.start();
  return registry;
}

async function untilItAnswers(url: string, output: () => string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (spawnSync('curl', ['-sk', '-o', '/dev/null', url]).status === 0) return;
    await pause(50);
  }
  throw new Error(`the registry does not start: ${output()}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
