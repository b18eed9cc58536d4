import { once } from 'node:events';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { realClock } from '../../sandbox/apiserver/clock';
import { createContainerLogs } from '../../sandbox/apiserver/container-logs';
import { streamLog } from '../../sandbox/apiserver/log-stream';
import { makeCertificate } from '../../sandbox/certificate';
import { lineStream } from '../../sandbox/faults/faulty-stream';
import type { Admin } from '../../scripts/control-plane/admin';

interface PodOptions {
  labels?: Record<string, string>;
  /** Names of its containers. */
  containers?: readonly string[];
  /** The function that OpenFunction says runs in it. */
  fn?: string;
}

/** A node with a kubelet that runs nothing, and keeps the logs that tests write: the API server asks it as any other. */
export interface StubKubelet {
  /** Makes a pod on this node, whose containers run. */
  run(namespace: string, name: string, options?: PodOptions): Promise<void>;
  write(pod: string, container: string, ...lines: string[]): void;
  rotate(pod: string, container: string): void;
  /** Ends a container, and starts it again. `report`: how long the API server learns nothing of that, in milliseconds. */
  restart(namespace: string, pod: string, container: string, options?: { report?: number }): Promise<void>;
  /** Ends the containers of a pod and deletes it. */
  remove(namespace: string, pod: string): Promise<void>;
  /** Breaks all connections of the API server: those who follow logs see them end. */
  breakConnections(): void;
  /** Paths of the requests so far, with their queries. */
  requests: string[];
  stop(): Promise<void>;
}

/** Registers a node, and answers for it. */
export async function startKubelet(admin: Admin, node: string): Promise<StubKubelet> {
  const { key, cert } = await makeCertificate();
  const logs = createContainerLogs(realClock());
  const containers = new Map<string, readonly string[]>();
  const requests: string[] = [];
  const send = async (method: string, path: string, body?: object): Promise<void> => {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : undefined;
    const { status, body: answer } = await admin.request(method, path, body, type);
    if (status >= 300 && status !== 404) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  };
  const podPath = (namespace: string, name = ''): string => `/api/v1/namespaces/${namespace}/pods/${name}`;

  const server = https.createServer({ key, cert }, (request, response) => {
    response.on('error', () => {});
    requests.push(request.url ?? '');
    const url = new URL(request.url ?? '', 'https://kubelet');
    const [, , , pod = '', container = ''] = url.pathname.split('/');
    const refuse = (text: string): void => void response.writeHead(400).end(text);
    if (!containers.get(pod)?.includes(container)) {
      return refuse(`container "${container}" in pod "${pod}" is not available`);
    }
    if (url.searchParams.get('previous') === 'true' && !logs.read(pod, container).previous) {
      return refuse(`previous terminated container "${container}" in pod "${pod}" not found`);
    }
    const stop = streamLog(logs, { podUid: pod, container }, url.searchParams, Date.now(), () =>
      lineStream(response, undefined, () => ''),
    );
    response.on('close', stop);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await send('POST', '/api/v1/nodes', { metadata: { name: node } });
  await send('PATCH', `/api/v1/nodes/${node}/status`, {
    status: {
      addresses: [{ type: 'InternalIP', address: '127.0.0.1' }],
      daemonEndpoints: { kubeletEndpoint: { Port: port } },
    },
  });

  const restarts = new Map<string, number>();
  const report = (namespace: string, pod: string): Promise<void> => {
    const containerStatuses = (containers.get(pod) ?? []).map((name) => {
      const restartCount = restarts.get(`${pod}/${name}`) ?? 0;
      return {
        name,
        image: 'x',
        imageID: '',
        ready: true,
        restartCount,
        state: { running: { startedAt: '2026-01-01T00:00:00Z' } },
        lastState: restartCount > 0 ? { terminated: { exitCode: 1, reason: 'Error' } } : {},
      };
    });
    return send('PATCH', `${podPath(namespace, pod)}/status`, { status: { phase: 'Running', containerStatuses } });
  };

  return {
    requests,
    async run(namespace, name, { labels = {}, containers: names = ['function'], fn } = {}) {
      containers.set(name, names);
      const env = fn === undefined ? [] : [{ name: 'FUNC_CONTEXT', value: JSON.stringify({ name: fn }) }];
      await send('POST', podPath(namespace).slice(0, -1), {
        metadata: { name, labels },
        spec: {
          nodeName: node,
          terminationGracePeriodSeconds: 0,
          containers: names.map((container) => ({
            name: container,
            image: 'x',
            env: container === 'function' ? env : [],
          })),
        },
      });
      await report(namespace, name);
    },
    write: (pod, container, ...lines) => lines.forEach((line) => logs.write(pod, container, line)),
    rotate: (pod, container) => logs.rotate(pod, container),
    async restart(namespace, pod, container, { report: delay = 0 } = {}) {
      logs.restart(pod, container);
      const place = `${pod}/${container}`;
      restarts.set(place, (restarts.get(place) ?? 0) + 1);
      await pause(delay);
      await report(namespace, pod);
    },
    async remove(namespace, pod) {
      for (const container of containers.get(pod) ?? []) logs.end(pod, container);
      await send('DELETE', podPath(namespace, pod), { gracePeriodSeconds: 0 });
    },
    breakConnections: () => server.closeAllConnections(),
    async stop() {
      await send('DELETE', `/api/v1/nodes/${node}`);
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
