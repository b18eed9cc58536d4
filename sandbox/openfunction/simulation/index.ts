import type { Clock } from '../../apiserver/clock';
import type { ContainerLogs } from '../../apiserver/container-logs';
import type { KubeObject } from '../../apiserver/objects';
import type { ClusterState } from '../../apiserver/operations/cluster';
import { createClient } from '../../controllers/client';
import { attempt, type Controller } from '../../controllers/controller';
import { workloadController } from '../../controllers/deployments';
import { kubelet } from '../../controllers/kubelet';
import { fateOf, type PodFate, type Scenario } from '../../scenarios/scenario';
import type { Release } from '../release';
import { buildRunner } from './build-run';
import { builderController } from './builder-controller';
import { functionController } from './function-controller';
import { holdFunctions } from './hold';
import { servings } from './kinds';
import { pace } from './pace';
import { servingController } from './serving-controller';

/** All that makes functions run: OpenFunction's controller, those for workloads, and the nodes. */
export function simulation(
  state: ClusterState,
  logs: ContainerLogs,
  release: Release,
  scenario: Pick<Scenario, 'fates' | 'finalizers' | 'openfunctionWorks'>,
): Controller[] {
  const clock: Clock = {
    now: () => state.clock.now(),
    after: (milliseconds, action) => state.clock.after(milliseconds, () => attempt(action)),
  };
  const openfunction = createClient(state, 'openfunction');
  const cluster = createClient(state, 'kube-controller-manager');
  const podFate = (pod: KubeObject): PodFate => {
    const { namespace = '', labels = {} } = pod.metadata;
    const name = labels['openfunction.io/serving'] ?? labels['openfunction.io/proxy'] ?? '';
    const owner = cluster.get(servings, namespace, name)?.metadata.labels?.['openfunction.io/function'];
    return (owner === undefined ? undefined : fateOf(scenario, owner).pods) ?? 'run';
  };
  const buildFate = (name: string): ReturnType<typeof builderFate> => builderFate(scenario, name);
  return [
    ...(scenario.finalizers ? [holdFunctions(cluster, scenario.finalizers)] : []),
    ...(scenario.openfunctionWorks === false
      ? []
      : [
          functionController(openfunction),
          builderController(openfunction, clock, buildFate, buildRunner(openfunction, clock, logs)),
          servingController(openfunction, clock, release),
        ]),
    workloadController(cluster, clock),
    kubelet({ state: { ...state, clock }, client: createClient(state, 'kubelet'), logs, pace, fateOf: podFate }),
  ];
}

function builderFate(scenario: Pick<Scenario, 'fates'>, name: string): NonNullable<ReturnType<typeof fateOf>['build']> {
  return fateOf(scenario, name).build ?? 'succeeds';
}
