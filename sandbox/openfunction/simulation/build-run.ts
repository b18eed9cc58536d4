import type { JsonRecord } from '../../../src/record';
import type { Clock } from '../../apiserver/clock';
import type { ContainerLogs } from '../../apiserver/container-logs';
import type { KubeObject } from '../../apiserver/objects';
import { randomSuffix } from '../../apiserver/random-suffix';
import { ownedBy, type Client } from '../../controllers/client';
import type { BuildFate } from '../../scenarios/scenario';
import type { BuildResult, RunBuild } from './builder-controller';
import { strategyOf } from './builder-model';
import { millisecondsOf, textAt } from './model';
import { pace } from './pace';

/** What the steps of a buildpacks build write. */
const steps: readonly (readonly [name: string, lines: readonly string[]])[] = [
  ['step-source-default', ['Cloning the source', 'Checked out main']],
  ['step-prepare', ['Preparing the environment of the build']],
  [
    'step-create',
    [
      '===> DETECTING',
      'functions-framework-nodejs',
      '===> BUILDING',
      'added 58 packages in 4s',
      '===> EXPORTING',
      'Adding layer app',
    ],
  ],
  ['step-results', ['Image pushed']],
];

/** A fate that ends the build in one of its steps: what that step writes last, and how Shipwright puts it. */
const failures: Readonly<Partial<Record<BuildFate, { step: string; lines: readonly string[] }>>> = {
  'step fails': {
    step: 'step-create',
    lines: [
      'npm ERR! code ENOTFOUND',
      'npm ERR! network request to https://registry.npmjs.org/ failed',
      'ERROR: failed to build: exit status 1',
    ],
  },
  'push is refused': {
    step: 'step-create',
    lines: [
      'ERROR: failed to export: failed to write image to the following tags: UNAUTHORIZED: authentication required',
    ],
  },
};

/** The first step fetches the source. */
function linesOf([container, lines]: (typeof steps)[number], builder: KubeObject): readonly string[] {
  const image = textAt(builder, ['spec', 'srcRepo', 'bundleContainer', 'image']);
  return container === 'step-source-default' && image !== '' ? [`Pulled the source image ${image}`] : lines;
}

/** Runs a build as Tekton does: a TaskRun with a pod, whose containers are the steps, one after the other. */
export function buildRunner(client: Client, clock: Clock, logs: ContainerLogs): RunBuild {
  return (builder, buildRun, fate, end) => {
    const { namespace = '', name } = buildRun.metadata;
    const labels = {
      'buildrun.shipwright.io/name': name,
      'build.shipwright.io/name': textAt(buildRun, ['spec', 'buildRef', 'name']),
      ...strategyLabel(builder),
    };
    const taskRun = client.create({
      apiVersion: 'tekton.dev/v1beta1',
      kind: 'TaskRun',
      metadata: { name: `${name}-${randomSuffix()}`, namespace, labels, ...ownedBy(buildRun) },
    });
    const pod = client.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `${taskRun.metadata.name}-pod`, namespace, labels, ...ownedBy(taskRun) },
      spec: {
        nodeName: 'sandbox-node',
        restartPolicy: 'Never',
        containers: steps.map(([step]) => ({ name: step, image: 'build' })),
      },
    });
    const isThere = (): boolean => client.get('pods.', namespace, pod.metadata.name)?.metadata.uid === pod.metadata.uid;
    let isOver = false;
    const finish = (result: BuildResult, ended = steps.length): void => {
      if (isOver) return;
      isOver = true;
      for (const [step] of steps) logs.end(pod.metadata.uid, step);
      if (isThere()) client.setStatus(pod, podStatus(result.state === 'Succeeded' ? 'Succeeded' : 'Failed', ended));
      end(result);
    };
    client.setStatus(pod, podStatus('Running', 0));
    const limit = textAt(builder, ['spec', 'timeout']);
    if (limit !== '') clock.after(millisecondsOf(limit), () => finish(timeoutOf(builder, name)));

    const failing = failures[fate];
    const runStep = (index: number): void => {
      const step = steps[index];
      if (isOver || !isThere()) return;
      if (!step) {
        return finish({ state: 'Succeeded', reason: 'Succeeded', message: 'All Steps have completed executing' });
      }
      if (fate === 'hangs') return;
      const [container] = step;
      for (const line of linesOf(step, builder)) logs.write(pod.metadata.uid, container, line);
      if (failing?.step === container) {
        for (const line of failing.lines) logs.write(pod.metadata.uid, container, line);
        return finish({ state: 'Failed', reason: 'Failed', message: failedStep(container, pod) }, index + 1);
      }
      logs.end(pod.metadata.uid, container);
      client.setStatus(pod, podStatus('Running', index + 1));
      clock.after(pace.buildStep, () => runStep(index + 1));
    };
    if (fate === 'times out') return void clock.after(3 * pace.buildStep, () => finish(timeoutOf(builder, name)));
    if (fate === 'is cancelled') {
      const message = `BuildRun "${name}" was cancelled`;
      return void clock.after(2 * pace.buildStep, () =>
        finish({ state: 'Canceled', reason: 'BuildRunCanceled', message }),
      );
    }
    runStep(0);
  };
}

/** Shipwright puts the name of the strategy on what it makes. */
function strategyLabel(builder: KubeObject): Record<string, string> {
  const { name, isClusterWide } = strategyOf(builder);
  return { [`${isClusterWide ? 'clusterbuildstrategy' : 'buildstrategy'}.shipwright.io/name`]: name };
}

function timeoutOf(builder: KubeObject, buildRun: string): BuildResult {
  const timeout = textAt(builder, ['spec', 'timeout']) || '10m0s';
  return {
    state: 'Timeout',
    reason: 'BuildRunTimeout',
    message: `BuildRun "${buildRun}" failed to finish within "${timeout}"`,
  };
}

function failedStep(container: string, { metadata: { name, namespace = '' } }: KubeObject): string {
  return (
    `buildrun step ${container} failed in pod ${name}, for detailed information: ` +
    `kubectl --namespace ${namespace} logs ${name} --container=${container}`
  );
}

/** The status of the pod when so many steps have ended; of a failed one the last of them is to blame. */
function podStatus(phase: 'Running' | 'Succeeded' | 'Failed', ended: number): JsonRecord {
  const stateOf = (index: number): object => {
    if (index >= ended) return { running: {} };
    const isToBlame = phase === 'Failed' && index === ended - 1;
    return { terminated: isToBlame ? { exitCode: 1, reason: 'Error' } : { exitCode: 0, reason: 'Completed' } };
  };
  return {
    phase,
    containerStatuses: steps.map(([name], index) => ({
      name,
      restartCount: 0,
      ready: phase === 'Running' && index >= ended,
      state: stateOf(index),
    })),
  };
}
