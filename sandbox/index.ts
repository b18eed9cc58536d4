import { randomUUID } from 'node:crypto';
import { toKubeconfig } from '../scripts/control-plane/kubeconfig';
import { createAuditLog, type AuditEvent } from './apiserver/audit';
import { builtInTypes } from './apiserver/builtin/types';
import { realClock, stoppableClock, type Clock } from './apiserver/clock';
import { createContainerLogs, type ContainerLogs } from './apiserver/container-logs';
import { startServer } from './apiserver/http/server';
import type { ObjectDraft } from './apiserver/objects';
import { createObject } from './apiserver/operations/change';
import type { ClusterState } from './apiserver/operations/cluster';
import { createRegistry } from './apiserver/resources';
import { createStore } from './apiserver/store';
import { makeCertificate } from './certificate';
import { runControllers } from './controllers/controller';
import { crdController } from './controllers/crds';
import { garbageCollector } from './controllers/garbage-collector';
import { namespaceController } from './controllers/namespaces';
import { createFaultPicker } from './faults/fault';
import { dependencyCrds, openFunctionCrds } from './openfunction/crds';
import { installedObjects } from './openfunction/installation';
import type { Release } from './openfunction/release';
import { simulation } from './openfunction/simulation';
import { withWebhooks } from './openfunction/types';
import type { Scenario } from './scenarios/scenario';

export interface SandboxOptions {
  /** The release of Kubernetes to behave as. */
  kubernetes?: '1.20' | '1.27';
  /** The release of OpenFunction that is installed; undefined for a cluster without it. */
  openfunction?: Release;
  /** What the cluster is to go through. */
  scenario?: Omit<Scenario, 'description'>;
  /** Whether the controllers of Kubernetes work: without them nothing is collected, run or brought to an end. */
  controllers?: boolean;
  /** File that gets an audit event for each request, one JSON object a line. */
  auditLog?: string;
  /** Default: any free one. */
  port?: number;
  clock?: Clock;
}

export interface Sandbox {
  /** `https://127.0.0.1:PORT` */
  server: string;
  /** PEM of the CA that signed the server's certificate. */
  ca: string;
  /** Tokens: of an administrator, and of a user without any permission. */
  tokens: { admin: string; nobody: string };
  kubeconfig: object;
  state: ClusterState;
  logs: ContainerLogs;
  /** The latest requests, oldest first. */
  requests(): readonly AuditEvent[];
  stop: () => Promise<void>;
}

/** Starts a cluster in memory. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const {
    kubernetes = '1.27',
    openfunction,
    scenario = {},
    controllers = true,
    auditLog,
    port,
    clock: givenClock = realClock(),
  } = options;
  const clock = stoppableClock(givenClock);
  const state: ClusterState = {
    store: createStore(),
    types: createRegistry(builtInTypes),
    clock,
    minor: Number(kubernetes.split('.')[1]),
  };
  const logs = createContainerLogs(clock);
  const audit = createAuditLog(auditLog);
  const tokens = { admin: randomUUID(), nobody: randomUUID() };
  installDefinitions(state, openfunction);
  const stopControllers = runControllers(state, [
    crdController(state, openfunction && withWebhooks(openfunction)),
    ...(controllers ? [garbageCollector(state), namespaceController(state)] : []),
    ...(controllers && openfunction ? simulation(state, logs, openfunction, scenario) : []),
  ]);
  populate(state, openfunction);
  state.store.compact();
  const { key, cert } = await makeCertificate();
  const { url, close } = await startServer({
    backend: { state, logs },
    tokens: new Map([
      [tokens.admin, { name: 'admin', groups: ['system:masters'] }],
      [tokens.nobody, { name: 'nobody', groups: [] }],
    ]),
    audit,
    faults: createFaultPicker(scenario.faults ?? []),
    key,
    cert,
    ...(port !== undefined && { port }),
  });
  return {
    server: url,
    ca: cert,
    tokens,
    kubeconfig: toKubeconfig({ server: url, ca: cert, token: tokens.admin, namespace: 'default', name: 'sandbox' }),
    state,
    logs,
    requests: audit.events,
    async stop() {
      stopControllers();
      clock.stop();
      await close();
    },
  };
}

function create(state: ClusterState, body: ObjectDraft): void {
  const [version = '', group = ''] = body.apiVersion.split('/').reverse();
  const type = state.types.findKind(group, body.kind);
  if (!type) throw new Error(`the sandbox has no ${body.kind}`);
  const { namespace = '' } = body.metadata;
  createObject(state, { type, version, namespace, name: '' }, body, { manager: 'sandbox' });
}

/** The definitions of types, which the controllers serve as soon as they begin. */
function installDefinitions(state: ClusterState, openfunction: Release | undefined): void {
  if (!openfunction) return;
  for (const crd of [...openFunctionCrds(openfunction), ...dependencyCrds()]) {
    create(state, crd as unknown as ObjectDraft);
  }
}

/** What a new cluster has in it. */
function populate(state: ClusterState, openfunction: Release | undefined): void {
  for (const name of ['default', 'kube-system']) {
    create(state, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
  if (openfunction) for (const body of installedObjects(`v${openfunction}.0`)) create(state, body);
}
