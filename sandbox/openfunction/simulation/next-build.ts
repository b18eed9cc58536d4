import type { JsonRecord } from '../../../src/record';
import type { KubeObject } from '../../apiserver/objects';
import { randomSuffix } from '../../apiserver/random-suffix';
import { ownedBy, type Client } from '../../controllers/client';
import { endStates, hasEnded } from './builder-model';
import { builderSpec } from './children';
import { builders, isOlder } from './kinds';
import { recordAt, resourceHash, textAt, type FunctionModel } from './model';
import { tell } from './tell';

/** The resourceHash of a Function that is not built. */
const hashOfNothing = '14903236521345556383';

export interface BuildProgress {
  status: JsonRecord;
  /** Of the image, once it is built. */
  digest?: string;
  sources?: unknown;
}

/** `status.build` of a Function as it is to be next, and what its last build has made; starts a build where one is due. */
export function nextBuild(client: Client, fn: KubeObject, model: FunctionModel, status: JsonRecord): BuildProgress {
  const { build } = model;
  if (!build) return { status: { state: 'Skipped', resourceHash: hashOfNothing } };
  const hash = buildHash(fn, model, build);
  const name = textAt(status, ['resourceRef']);
  const builder = name === '' ? undefined : client.get(builders, fn.metadata.namespace ?? '', name);
  const isLost = !builder && status['state'] !== 'Succeeded';
  if (status['resourceHash'] !== hash || isLost) return startBuild(client, fn, model, hash);
  if (!builder) return { status };

  const state = textAt(builder, ['status', 'state']) || 'Created';
  if (state === status['state'] && !endStates.includes(state)) return { status };
  const { reason, message, buildDuration } = recordAt(builder, ['status']) ?? {};
  const mirrored = {
    ...status,
    state,
    ...(reason !== undefined && { reason }),
    ...(message !== undefined && { message }),
    ...(buildDuration !== undefined && { buildDuration }),
  };
  if (state !== status['state']) tellBuild(client, fn, state, textAt(builder, ['status', 'message']));
  if (endStates.includes(state)) prune(client, fn, build);
  if (state !== 'Succeeded') return { status: mirrored };
  return {
    status: { ...mirrored, lastSuccessfulResourceRef: name },
    digest: textAt(builder, ['status', 'output', 'digest']),
    sources: recordAt(builder, ['status'])?.['sources'],
  };
}

/** What a build is known by. Source: function_controller.go of OpenFunction v1.0.0 and v1.2.0. */
function buildHash(fn: KubeObject, { image, imageCredentials, port }: FunctionModel, build: JsonRecord): string {
  return isOlder(fn)
    ? resourceHash(image, imageCredentials, port, omit(build, unhashed))
    : resourceHash(image, imageCredentials, omit(build, [...unhashed, 'timeout']));
}

/** Fields of a build whose change does not build again; in release 1.0 a change of the timeout does. */
const unhashed = ['successfulBuildsHistoryLimit', 'failedBuildsHistoryLimit', 'builderMaxAge'];

function omit(record: JsonRecord, names: readonly string[]): JsonRecord {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

function startBuild(client: Client, fn: KubeObject, model: FunctionModel, hash: string): BuildProgress {
  const { namespace = '', name } = fn.metadata;
  for (const old of client.list(builders, namespace, { 'openfunction.io/function': name })) {
    if (!hasEnded(old)) {
      client.update({ ...old, spec: { ...(old['spec'] as object), state: 'Cancelled' } });
    }
  }
  const builder = client.create({
    apiVersion: fn.apiVersion,
    kind: 'Builder',
    metadata: {
      name: `builder-${randomSuffix()}`,
      namespace,
      labels: { 'openfunction.io/function': name },
      ...ownedBy(fn),
    },
    spec: builderSpec(model),
  });
  tell(client, fn, 'Normal', 'BuildStarted', `Builder ${builder.metadata.name} created`);
  return { status: { state: 'Created', resourceRef: builder.metadata.name, resourceHash: hash } };
}

function tellBuild(client: Client, fn: KubeObject, state: string, message: string): void {
  const reasons: Readonly<Record<string, string>> = {
    Succeeded: 'BuildCompleted',
    Failed: 'BuildFailed',
    Timeout: 'BuildTimeout',
    Canceled: 'BuildCanceled',
  };
  const reason = reasons[state];
  if (reason) tell(client, fn, state === 'Succeeded' ? 'Normal' : 'Warning', reason, message || `Build ${state}`);
}

/** Builders beyond the limits are deleted, and their pods and logs with them: where no failed one may stay, it builds for ever. */
function prune(client: Client, fn: KubeObject, build: JsonRecord): void {
  const { successfulBuildsHistoryLimit = 0, failedBuildsHistoryLimit = 1 } = build;
  const { namespace = '', name } = fn.metadata;
  const newestFirst = client
    .list(builders, namespace, { 'openfunction.io/function': name })
    .sort((a, b) => Number(b.metadata.resourceVersion) - Number(a.metadata.resourceVersion));
  const keep = (limit: unknown, states: readonly string[]): void =>
    newestFirst
      .filter((builder) => states.includes(textAt(builder, ['status', 'state'])))
      .slice(Number(limit))
      .forEach((builder) => client.delete(builder));
  keep(successfulBuildsHistoryLimit, ['Succeeded']);
  keep(failedBuildsHistoryLimit, ['Failed', 'Timeout', 'Canceled']);
}
