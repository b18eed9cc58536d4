import { startSandbox, type Sandbox, type SandboxOptions } from '../../../../sandbox';
import { manualClock, type ManualClock } from '../../../../sandbox/apiserver/clock';
import type { KubeObject } from '../../../../sandbox/apiserver/objects';
import type { Release } from '../../../../sandbox/openfunction/release';
import { createAdmin, type Admin } from '../../../../scripts/control-plane/admin';
import { valueAt, type JsonRecord } from '../../../../src/record';
import { textAt } from '../../../../sandbox/openfunction/simulation/model';

const running = new Set<Sandbox>();

/** Starts a sandbox that is stopped when the test file ends, at the latest. */
export async function start(options: SandboxOptions = {}): Promise<Sandbox & { admin: Admin }> {
  const sandbox = await startSandbox(options);
  running.add(sandbox);
  return { ...sandbox, admin: createAdmin({ ...sandbox, token: sandbox.tokens.admin }) };
}

afterAll(async () => {
  for (const sandbox of running) await sandbox.stop();
  running.clear();
});

/** A sandbox whose time stands still until it is told to pass. */
export interface Simulation {
  release: Release;
  sandbox: Sandbox;
  clock: ManualClock;
  /** Sends a request as administrator; nothing in the cluster reacts before time passes. */
  request: (...call: Parameters<Admin['request']>) => ReturnType<Admin['request']>;
  /** Server-side applies a Function in the newest version of the release. It must be accepted. */
  apply: (spec: object, metadata?: { name?: string; annotations?: object; namespace?: string }) => Promise<KubeObject>;
  /** Lets a minute pass, or so many milliseconds. */
  pass: (milliseconds?: number) => void;
  /** The Function, which must be there. */
  fn: (name?: string) => KubeObject;
  /** A field of the Function's status. */
  status: (...path: string[]) => unknown;
  /** The objects of a stored type, for instance `pods.`, less those of OpenFunction itself. */
  all: (kind: string) => KubeObject[];
  /** The only object of a stored type. */
  only: (kind: string) => KubeObject;
  /** The states of build and serving through which the Functions went, as `Succeeded, Created`. */
  states: string[];
  /** The text of a log. */
  log: (pod: string, query: string) => Promise<string>;
}

export const functions = 'functions.core.openfunction.io';
export const builders = 'builders.core.openfunction.io';
export const servings = 'servings.core.openfunction.io';

export async function simulate(options: Omit<SandboxOptions, 'clock'> = {}): Promise<Simulation> {
  const clock = manualClock();
  const { openfunction: release = '1.2' } = options;
  const { admin, ...sandbox } = await start({ ...options, openfunction: release, clock });
  const { store } = sandbox.state;
  const version = release === '1.0' ? 'v1beta1' : 'v1beta2';
  const states: string[] = [];
  store.subscribe(({ kind, object }) => {
    if (kind !== functions) return;
    const state = ['build', 'serving'].map((part) => textAt(object, ['status', part, 'state']) || '-').join(', ');
    if (states.at(-1) !== state) states.push(state);
  });
  const all = (kind: string): KubeObject[] =>
    store.list(kind).filter(({ metadata }) => metadata.namespace !== 'openfunction');
  const only = (kind: string): KubeObject => {
    const [object, ...others] = all(kind);
    if (object && others.length === 0) return object;
    throw new Error(`there are ${all(kind).length} ${kind}, not one`);
  };
  const fn = (name = 'f'): KubeObject => {
    const found = all(functions).find(({ metadata }) => metadata.name === name);
    if (!found) throw new Error(`there is no function ${name}`);
    return found;
  };
  return {
    ...{ release, sandbox, clock, all, only, fn, states },
    request: (...call) => admin.request(...call),
    async apply(spec, { name = 'f', namespace = 'default', annotations } = {}) {
      const { status, body } = await admin.request(
        'PATCH',
        `${functionPath(version, namespace)}/${name}?fieldManager=test`,
        {
          apiVersion: `core.openfunction.io/${version}`,
          kind: 'Function',
          metadata: { name, namespace, ...(annotations && { annotations }) },
          spec,
        },
        'application/apply-patch+yaml',
      );
      expect([status < 300, body['message']]).toEqual([true, undefined]);
      return body as KubeObject;
    },
    pass: (milliseconds = 60_000) => clock.advance(milliseconds),
    status: (...path) => valueAt(fn(), ['status', ...path]),
    async log(pod, query) {
      const { body } = await admin.request('GET', `/api/v1/namespaces/default/pods/${pod}/log?${query}`);
      return String(body['text'] ?? body['message']);
    },
  };
}

export function functionPath(version = 'v1beta2', namespace = 'default'): string {
  return `/apis/core.openfunction.io/${version}/namespaces/${namespace}/functions`;
}

const template = { containers: [{ name: 'function' }] };
const component = { type: 'bindings.kafka', version: 'v1', metadata: [] };
const build = { builder: 'openfunction/builder-node:v2-16.15', srcRepo: { url: 'https://example.com/source.git' } };

/** Specs of v1beta2 Functions. */
export const specs = {
  http: {
    version: 'v1.0.0',
    image: 'example.com/f:v1',
    serving: { triggers: { http: { port: 8080 } }, template },
  },
  async: {
    version: 'v1.0.0',
    image: 'example.com/f:v1',
    serving: {
      triggers: { dapr: [{ name: 'topic', type: 'bindings.kafka' }] },
      bindings: { topic: component },
      template,
    },
  },
  buildOnly: { version: 'v1.0.0', image: 'example.com/f:v1', build },
  built: {
    version: 'v1.0.0',
    image: 'example.com/f:v1',
    build,
    serving: { triggers: { http: { port: 8080 } }, template },
  },
};

/** Specs of v1beta1 Functions, for release 1.0. */
export const olderSpecs = {
  http: { version: 'v1.0.0', image: 'example.com/f:v1', serving: { runtime: 'knative', template } },
  async: {
    version: 'v1.0.0',
    image: 'example.com/f:v1',
    serving: {
      runtime: 'async',
      inputs: [{ name: 'in', component: 'topic' }],
      bindings: { topic: component },
      template,
    },
  },
  built: {
    version: 'v1.0.0',
    image: 'example.com/f:v1',
    imageCredentials: { name: 'push-secret' },
    build,
    serving: { runtime: 'knative', template },
  },
};

/** Five random characters at the end of a part of a name. */
export function masked(name: string): string {
  return name.replace(/(?<=-)[bcdfghjklmnpqrstvwxz2456789]{5}(?![a-z0-9])/g, 'xxxxx');
}

/** What belongs to an object, line by line: kind, name and labels. */
export function treeOf({ sandbox }: Pick<Simulation, 'sandbox'>, root: KubeObject): string {
  const { store } = sandbox.state;
  const objects = store.kinds().flatMap((kind) => store.list(kind));
  const lines = (object: KubeObject, indent: string): string[] => [
    `${indent}${object.kind} ${masked(object.metadata.name)}${labelsOf(object)}`,
    ...objects
      .filter(({ metadata }) => metadata.ownerReferences?.some(({ uid }) => uid === object.metadata.uid))
      .sort((a, b) => (`${a.kind} ${a.metadata.name}` < `${b.kind} ${b.metadata.name}` ? -1 : 1))
      .flatMap((child) => lines(child, `${indent}  `)),
  ];
  return lines(root, '').join('\n');
}

function labelsOf({ metadata: { labels = {} } }: KubeObject): string {
  const shown = Object.entries(labels).map(([key, value]) => `${key}=${masked(value)}`);
  return shown.length === 0 ? '' : ` (${shown.join(', ')})`;
}

/** What events say of the objects of a kind: `Normal Running: …`. */
export function eventsOf(simulation: Simulation, kind: string): string[] {
  return simulation
    .all('events.')
    .filter((event) => valueAt(event, ['involvedObject', 'kind']) === kind)
    .sort((a, b) => Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion))
    .map((event) => `${String(event['type'])} ${String(event['reason'])}: ${masked(String(event['message']))}`);
}

/** One container status of a pod, without what every container has. */
export function containerStatus(pod: KubeObject, name: string): JsonRecord | undefined {
  const statuses = (valueAt(pod, ['status', 'containerStatuses']) ?? []) as JsonRecord[];
  return statuses.find((status) => status['name'] === name);
}

/** A spec whose serving has more to it. */
export function withServing(spec: object, changes: object): object {
  const { serving, ...rest } = spec as { serving?: object };
  return { ...rest, ...(serving && { serving: { ...serving, ...changes } }) };
}
