import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { openSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createAdmin, type Admin } from './admin';
import { findBinaries } from './binaries';

/** A user of the control plane: a bearer token with the groups it stands for. */
interface User {
  name: string;
  token: string;
  groups: string[];
}

export interface ControlPlane {
  /** `https://127.0.0.1:PORT` */
  server: string;
  /** PEM of the CA that signed the server's certificate. */
  ca: string;
  /** Tokens: of an administrator, and of a user without any permission. */
  tokens: { admin: string; nobody: string };
  admin: Admin;
  /** File to which the server writes an audit event for each request, one JSON object a line. */
  auditLog: string;
  /** Starts the API server anew, at the same address. What watchers have missed meanwhile, etcd has forgotten. */
  restart: () => Promise<void>;
  stop: () => Promise<void>;
}

const readyTimeout = 60_000;

/** Starts etcd and kube-apiserver on free ports of the loopback interface, with data in a temporary folder. */
export async function startControlPlane(): Promise<ControlPlane> {
  const binaries = await findBinaries();
  const folder = await mkdtemp(path.join(tmpdir(), 'control-plane-'));
  const [etcdPort, peerPort, securePort] = await freePorts(3);
  const users: User[] = [
    { name: 'admin', token: randomUUID(), groups: ['system:masters'] },
    { name: 'nobody', token: randomUUID(), groups: [] },
  ];
  await writeServerFiles(folder, users);

  const etcd = run(folder, path.join(binaries, 'etcd'), [
    `--data-dir=${path.join(folder, 'etcd')}`,
    `--listen-client-urls=http://127.0.0.1:${etcdPort}`,
    `--advertise-client-urls=http://127.0.0.1:${etcdPort}`,
    `--listen-peer-urls=http://127.0.0.1:${peerPort}`,
    `--initial-advertise-peer-urls=http://127.0.0.1:${peerPort}`,
    `--initial-cluster=default=http://127.0.0.1:${peerPort}`,
  ]);
  const startServer = (): ChildProcess =>
    run(folder, path.join(binaries, 'kube-apiserver'), [
      `--etcd-servers=http://127.0.0.1:${etcdPort}`,
      '--bind-address=127.0.0.1',
      `--secure-port=${securePort}`,
      `--cert-dir=${folder}`,
      `--token-auth-file=${path.join(folder, 'tokens.csv')}`,
      '--authorization-mode=RBAC',
      '--disable-admission-plugins=ServiceAccount',
      '--service-cluster-ip-range=10.0.0.0/24',
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${path.join(folder, 'service-account.key')}`,
      `--service-account-signing-key-file=${path.join(folder, 'service-account.key')}`,
      `--audit-policy-file=${path.join(folder, 'audit-policy.yaml')}`,
      `--audit-log-path=${path.join(folder, 'audit.log')}`,
      '--audit-log-mode=blocking',
    ]);
  let server = startServer();

  const stop = async (): Promise<void> => {
    await Promise.all([etcd, server].map(terminate));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const url = `https://127.0.0.1:${securePort}`;
    const token = tokenOf(users, 'admin');
    const ready = (): Promise<string> => waitUntilReady(url, token, folder, [etcd, server]);
    const ca = await ready();
    return {
      server: url,
      ca,
      tokens: { admin: token, nobody: tokenOf(users, 'nobody') },
      admin: createAdmin({ server: url, ca, token }),
      auditLog: path.join(folder, 'audit.log'),
      restart: async () => {
        await terminate(server);
        await forgetHistory(`http://127.0.0.1:${etcdPort}`);
        server = startServer();
        await ready();
      },
      stop,
    };
  } catch (error) {
    const log = readFileSync(path.join(folder, 'kube-apiserver.log'), 'utf8').split('\n').slice(-20).join('\n');
    await stop();
    throw new Error(`The control plane did not start. Last lines of kube-apiserver:\n${log}`, { cause: error });
  }
}

/** Lets etcd go on by one revision, and forget all those before. */
async function forgetHistory(etcd: string): Promise<void> {
  const call = async (method: string, body: object): Promise<{ header: { revision: string } }> =>
    (await fetch(`${etcd}/v3/kv/${method}`, { method: 'POST', body: JSON.stringify(body) })).json() as Promise<{
      header: { revision: string };
    }>;
  const { header } = await call('put', { key: Buffer.from('history').toString('base64'), value: '' });
  await call('compaction', { revision: header.revision, physical: true });
}

async function writeServerFiles(folder: string, users: User[]): Promise<void> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const policy = {
    apiVersion: 'audit.k8s.io/v1',
    kind: 'Policy',
    omitStages: ['RequestReceived', 'ResponseStarted'],
    rules: [{ level: 'Metadata' }],
  };
  const tokens = users.map(({ token, name, groups }) => `${token},${name},${name},"${groups.join(',')}"`);
  await writeFile(path.join(folder, 'service-account.key'), privateKey.export({ type: 'pkcs1', format: 'pem' }), {
    mode: 0o600,
  });
  await writeFile(path.join(folder, 'audit-policy.yaml'), JSON.stringify(policy));
  await writeFile(path.join(folder, 'tokens.csv'), `${tokens.join('\n')}\n`, { mode: 0o600 });
}

function run(folder: string, program: string, args: string[]): ChildProcess {
  const log = openSync(path.join(folder, `${path.basename(program)}.log`), 'a');
  return spawn(program, args, { cwd: folder, stdio: ['ignore', log, log] });
}

/** Resolves with the CA once the server is ready for requests. */
async function waitUntilReady(
  server: string,
  token: string,
  folder: string,
  children: ChildProcess[],
): Promise<string> {
  const deadline = Date.now() + readyTimeout;
  for (;;) {
    try {
      const ca = readFileSync(path.join(folder, 'apiserver.crt'), 'utf8');
      const { status } = await createAdmin({ server, ca, token }).request('GET', '/readyz');
      if (status === 200) return ca;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    const dead = children.find(({ exitCode }) => exitCode !== null);
    if (dead) throw new Error(`${dead.spawnfile} ended with exit code ${dead.exitCode}`);
    if (Date.now() > deadline) throw new Error('not ready in time');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function terminate(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

function tokenOf(users: User[], name: string): string {
  return users.find((user) => user.name === name)?.token ?? '';
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = net.createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  return Promise.all(
    servers.map(async (server) => {
      const { port } = server.address() as net.AddressInfo;
      await new Promise((resolve) => server.close(resolve));
      return port;
    }),
  );
}
