import { isRecord } from '../../../src/record';
import type { Clock } from '../../apiserver/clock';
import type { KubeObject } from '../../apiserver/objects';
import { randomSuffix } from '../../apiserver/random-suffix';
import { ownedBy, type Client } from '../../controllers/client';
import type { Controller } from '../../controllers/controller';
import type { BuildFate } from '../../scenarios/scenario';
import { hasEnded, strategyOf } from './builder-model';
import { builders, isOlder } from './kinds';
import { recordAt, textAt } from './model';
import { pace } from './pace';
import { tell } from './tell';

/** How a build went, in the words of Shipwright. */
export interface BuildResult {
  state: 'Succeeded' | 'Failed' | 'Timeout' | 'Canceled';
  reason: string;
  message: string;
}

/** Runs what a Builder asks for, and calls back when it has ended. */
export type RunBuild = (
  builder: KubeObject,
  buildRun: KubeObject,
  fate: BuildFate,
  end: (result: BuildResult) => void,
) => void;

/**
 * Drives a Builder: a Build and a BuildRun of Shipwright, and their end.
 * Source: OpenFunction v1.2.0 controllers/core/builder_controller.go, pkg/core/builder/shipwright/builderrun.go.
 */
export function builderController(
  client: Client,
  clock: Clock,
  fateOf: (name: string) => BuildFate,
  run: RunBuild,
): Controller {
  const started = new Set<string>();
  const setStatus = (builder: KubeObject, changes: object): void => {
    const live = client.get(builders, builder.metadata.namespace ?? '', builder.metadata.name);
    if (live && !hasEnded(live)) client.setStatus(live, { ...recordAt(live, ['status']), ...changes });
  };

  const start = (builder: KubeObject): void => {
    const { name, namespace = '', ownerReferences = [] } = builder.metadata;
    const function_ = ownerReferences[0]?.name ?? '';
    const labels = { 'openfunction.io/builder': name, 'openfunction.io/function': function_ };
    const child = (kind: string, spec: object): KubeObject =>
      client.create({
        apiVersion: 'shipwright.io/v1alpha1',
        kind,
        metadata: { name: `${name}-${kind.toLowerCase()}-${randomSuffix()}`, namespace, labels, ...ownedBy(builder) },
        spec,
      });
    const build = child('Build', buildSpec(builder));
    const fate = refusal(client, builder) ?? fateOf(function_);
    const registered = registration(fate);
    client.setStatus(build, { registered: registered ? 'False' : 'True', reason: registered ?? 'Succeeded' });
    const buildRun = child('BuildRun', { buildRef: { name: build.metadata.name } });
    setStatus(builder, {
      phase: 'Build',
      state: 'Building',
      resourceRef: { 'shipwright.io/build': build.metadata.name, 'shipwright.io/buildRun': buildRun.metadata.name },
    });
    tell(client, builder, 'Normal', 'Started', `BuildRun ${buildRun.metadata.name} created`);
    const begin = clock.now();
    const end = (result: BuildResult): void => {
      const live = client.get(builders, namespace, name);
      if (!live || hasEnded(live)) return;
      const { state, reason, message } = result;
      const status = state === 'Succeeded' ? 'True' : 'False';
      client.setStatus(buildRun, { conditions: [{ type: 'Succeeded', status, reason, message }] });
      setStatus(builder, {
        ...result,
        phase: 'Build',
        ...(state === 'Succeeded' && outputOf(builder, clock.now() - begin)),
      });
      tell(
        client,
        builder,
        state === 'Succeeded' ? 'Normal' : 'Warning',
        state === 'Succeeded' ? 'Completed' : state,
        message,
      );
    };
    if (registered) {
      const message = `the Build is not registered correctly, build: ${build.metadata.name}, registered status: False, reason: ${registered}`;
      return end({ state: 'Failed', reason: 'BuildRegistrationFailed', message });
    }
    run(builder, buildRun, fate, end);
  };

  /** Stops a build that nobody wants any more, and its pod. */
  const cancel = (builder: KubeObject): void => {
    const { name, namespace = '' } = builder.metadata;
    const live = client.get(builders, namespace, name);
    if (!live || hasEnded(live)) return;
    const [reason, message] = ['BuildRunCanceled', 'the BuildRun is marked canceled'];
    setStatus(live, { state: 'Canceled', reason, message });
    tell(client, live, 'Warning', 'Canceled', message);
    for (const buildRun of client.list('buildruns.shipwright.io', namespace, { 'openfunction.io/builder': name })) {
      client.setStatus(buildRun, { conditions: [{ type: 'Succeeded', status: 'False', reason, message }] });
      const labels = { 'buildrun.shipwright.io/name': buildRun.metadata.name };
      for (const pod of client.list('pods.', namespace, labels)) client.delete(pod);
    }
  };

  return {
    watches: (kind) => kind === builders,
    react({ type, object }) {
      const { uid, name } = object.metadata;
      if (type === 'DELETED') return;
      if (textAt(object, ['spec', 'state']) === 'Cancelled') {
        cancel(object);
        return;
      }
      if (started.has(uid)) return;
      started.add(uid);
      clock.after(pace.reaction, () => {
        const live = client.get(builders, object.metadata.namespace ?? '', name);
        if (live?.metadata.uid === uid && !hasEnded(live)) start(live);
      });
    },
  };
}

/** What Shipwright finds wrong with any such Build in this cluster. */
function refusal(client: Client, builder: KubeObject): BuildFate | undefined {
  const namespace = builder.metadata.namespace ?? '';
  const isMissing = (path: string[]): boolean => {
    const name = textAt(builder, path);
    return name !== '' && client.get('secrets.', namespace, name) === undefined;
  };
  if (isMissing(['spec', 'imageCredentials', 'name'])) return 'SpecOutputSecretRefNotFound';
  if (isMissing(['spec', 'srcRepo', 'credentials', 'name'])) return 'SpecSourceSecretRefNotFound';
  const { name, isClusterWide } = strategyOf(builder);
  if (isClusterWide) {
    return client.get('clusterbuildstrategies.shipwright.io', '', name) ? undefined : 'ClusterBuildStrategyNotFound';
  }
  return client.get('buildstrategies.shipwright.io', namespace, name) ? undefined : 'BuildStrategyNotFound';
}

const registrationFailures: readonly BuildFate[] = [
  'SpecOutputSecretRefNotFound',
  'SpecSourceSecretRefNotFound',
  'ClusterBuildStrategyNotFound',
  'BuildStrategyNotFound',
  'UndefinedParameter',
];

function registration(fate: BuildFate): BuildFate | undefined {
  return registrationFailures.includes(fate) ? fate : undefined;
}

function buildSpec(builder: KubeObject): object {
  const { image, srcRepo, shipwright } = builder['spec'] as { image: string; srcRepo: unknown; shipwright?: unknown };
  const strategy = isRecord(shipwright) ? shipwright['strategy'] : undefined;
  return {
    source: srcRepo,
    strategy: strategy ?? { name: 'openfunction', kind: 'ClusterBuildStrategy' },
    output: { image },
  };
}

function outputOf(builder: KubeObject, duration: number): object {
  const digest = `sha256:${Buffer.from(builder.metadata.uid.replaceAll('-', ''), 'hex').toString('hex').repeat(2)}`;
  const commitSha = digest.slice('sha256:'.length, 47);
  return {
    output: { digest, size: 52_428_800 },
    sources: [{ name: 'default', git: { commitSha, commitAuthor: 'somebody', branchName: 'main' } }],
    ...(!isOlder(builder) && { buildDuration: `${Math.max(1, Math.round(duration / 1000))}s` }),
  };
}
