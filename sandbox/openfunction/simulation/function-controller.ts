import type { JsonRecord } from '../../../src/record';
import { randomSuffix } from '../../apiserver/random-suffix';
import type { KubeObject } from '../../apiserver/objects';
import { ownedBy, type Client } from '../../controllers/client';
import type { Controller } from '../../controllers/controller';
import { group } from '../release';
import { builderSpec, servingSpec } from './children';
import { addressesOf, createRoute } from './entry';
import { modelOf, recordAt, resourceHash, textAt, type FunctionModel } from './model';

export const functions = `functions.${group}`;
export const builders = `builders.${group}`;
export const servings = `servings.${group}`;

/** States of a build in which the serving may begin. */
const built = ['Succeeded', 'Skipped'];
const ended = ['Succeeded', 'Failed', 'Timeout', 'Canceled'];
/** The resourceHash of a Function that is not built. */
const hashOfNothing = '14903236521345556383';

/**
 * Drives a Function: its Builder, then its Serving, then its way in. There is no observedGeneration, and what was
 * Running stays so while something new is built. Source: OpenFunction v1.2.0 controllers/core/function_controller.go.
 */
export function functionController(client: Client): Controller {
  const reconcile = (fn: KubeObject): void => {
    if (fn.metadata.deletionTimestamp !== undefined) return;
    const model = modelOf(fn);
    const status = recordAt(fn, ['status']) ?? {};
    const build = nextBuild(client, fn, model, recordAt(status, ['build']) ?? {});
    const digest = build.digest === undefined ? {} : { revision: { imageDigest: build.digest } };
    const next = {
      ...status,
      build: build.status,
      ...digest,
      ...(build.sources !== undefined && { sources: build.sources }),
    };
    if (!built.includes(textAt(build.status, ['state']))) return save(fn, next);
    const imageDigest = textAt(next, ['revision', 'imageDigest']);
    const serving = nextServing(client, fn, model, imageDigest, recordAt(status, ['serving']));
    save(fn, { ...next, serving, ...entryOf(fn, model, serving) });
  };

  const entryOf = (fn: KubeObject, model: FunctionModel, serving: JsonRecord): JsonRecord => {
    if (serving['state'] !== 'Running' || model.isAsync) return {};
    createRoute(client, fn);
    return addressesOf(fn);
  };

  const save = (fn: KubeObject, status: JsonRecord): void => client.setStatus(fn, status);

  return {
    watches: (kind) => [functions, builders, servings].includes(kind),
    react({ kind, object }) {
      const name = kind === functions ? object.metadata.name : object.metadata.ownerReferences?.[0]?.name;
      const fn = name === undefined ? undefined : client.get(functions, object.metadata.namespace ?? '', name);
      if (fn) reconcile(fn);
    },
  };
}

/** Fields of a build whose change does not build again; in release 1.0 a change of the timeout does. */
const unhashed = ['successfulBuildsHistoryLimit', 'failedBuildsHistoryLimit', 'builderMaxAge'];

function omit(record: JsonRecord, names: readonly string[]): JsonRecord {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

interface BuildProgress {
  status: JsonRecord;
  /** Of the image, once it is built. */
  digest?: string;
  sources?: unknown;
}

function nextBuild(client: Client, fn: KubeObject, model: FunctionModel, status: JsonRecord): BuildProgress {
  const { build } = model;
  if (!build) return { status: { state: 'Skipped', resourceHash: hashOfNothing } };
  const hash = buildHash(fn, model, build);
  const name = textAt(status, ['resourceRef']);
  const builder = name === '' ? undefined : client.get(builders, fn.metadata.namespace ?? '', name);
  const isLost = !builder && status['state'] !== 'Succeeded';
  if (status['resourceHash'] !== hash || isLost) return startBuild(client, fn, model, hash);
  if (!builder) return { status };

  const state = textAt(builder, ['status', 'state']) || 'Created';
  if (state === status['state'] && !ended.includes(state)) return { status };
  const { reason, message, buildDuration } = recordAt(builder, ['status']) ?? {};
  const mirrored = {
    ...status,
    state,
    ...(reason !== undefined && { reason }),
    ...(message !== undefined && { message }),
    ...(buildDuration !== undefined && { buildDuration }),
  };
  if (state !== status['state']) tellBuild(client, fn, state, textAt(builder, ['status', 'message']));
  if (ended.includes(state)) prune(client, fn, build);
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

function startBuild(client: Client, fn: KubeObject, model: FunctionModel, hash: string): BuildProgress {
  const { namespace = '', name } = fn.metadata;
  for (const old of client.list(builders, namespace, { 'openfunction.io/function': name })) {
    if (!ended.includes(textAt(old, ['status', 'state']))) {
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

/** Only release 1.2 writes events. */
function tell(client: Client, fn: KubeObject, type: 'Normal' | 'Warning', reason: string, message: string): void {
  if (!isOlder(fn)) client.event(fn, type, reason, message);
}

/** Builders beyond the limits are deleted, and their pods and logs with them. No failed one may stay: it is built for ever. */
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

function nextServing(
  client: Client,
  fn: KubeObject,
  model: FunctionModel,
  digest: string,
  status: JsonRecord | undefined,
): JsonRecord {
  const { serving: spec, version, image, imageCredentials, port } = model;
  if (!spec) return { state: 'Skipped' };
  const namespace = fn.metadata.namespace ?? '';
  const fullImage = digest === '' ? image : `${image}@${digest}`;
  const hash = resourceHash(version, fullImage, imageCredentials, port, spec);
  const name = textAt(status, ['resourceRef']);
  const serving = name === '' ? undefined : client.get(servings, namespace, name);
  if (status?.['resourceHash'] !== hash || !serving) {
    const created = client.create({
      apiVersion: fn.apiVersion,
      kind: 'Serving',
      metadata: {
        name: `serving-${randomSuffix()}`,
        namespace,
        labels: { 'openfunction.io/function': fn.metadata.name },
        ...(fn.metadata.annotations && { annotations: fn.metadata.annotations }),
        ...ownedBy(fn),
      },
      spec: servingSpec(model, fullImage),
    });
    const { lastSuccessfulResourceRef } = status ?? {};
    return {
      state: 'Created',
      resourceRef: created.metadata.name,
      resourceHash: hash,
      ...(lastSuccessfulResourceRef !== undefined && { lastSuccessfulResourceRef }),
    };
  }
  const state = textAt(serving, ['status', 'state']);
  if (state === '' || state === status['state']) return status;
  const { reason, message } = recordAt(serving, ['status']) ?? {};
  const kind = state === 'Failed' || state === 'Timeout' ? 'Warning' : 'Normal';
  tell(
    client,
    fn,
    kind,
    state === 'Failed' ? 'ServingFailed' : state,
    textAt(serving, ['status', 'message']) || `Serving ${name} is ${state}`,
  );
  const { reason: _oldReason, message: _oldMessage, ...rest } = status;
  const next = { ...rest, state, ...(reason !== undefined && { reason }), ...(message !== undefined && { message }) };
  if (state !== 'Running') return next;
  removeOthers(client, fn, name);
  return { ...next, lastSuccessfulResourceRef: name };
}

/** Release 1.0 knows v1beta1 alone. */
function isOlder({ apiVersion }: KubeObject): boolean {
  return apiVersion.endsWith('v1beta1');
}

/** Servings run side by side until the new one is Running. */
function removeOthers(client: Client, fn: KubeObject, current: string): void {
  for (const serving of client.list(servings, fn.metadata.namespace ?? '', {
    'openfunction.io/function': fn.metadata.name,
  })) {
    if (serving.metadata.name !== current) client.delete(serving);
  }
}
