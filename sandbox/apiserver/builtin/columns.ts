import { valueAt } from '../../../src/record';
import type { Column } from '../resources';
import { podStatus, restartsOf } from './pod-status';

interface ContainerStatus {
  ready?: boolean;
}

export const podColumns: Column[] = [
  {
    name: 'Ready',
    type: 'string',
    description: 'The aggregate readiness state of this pod for accepting traffic.',
    cell(pod) {
      const containers = valueAt(pod, ['spec', 'containers']) as unknown[];
      const statuses = (valueAt(pod, ['status', 'containerStatuses']) ?? []) as ContainerStatus[];
      return `${statuses.filter(({ ready }) => ready).length}/${containers.length}`;
    },
  },
  {
    name: 'Status',
    type: 'string',
    description: 'The aggregate status of the containers in this pod.',
    cell: podStatus,
  },
  {
    name: 'Restarts',
    type: 'string',
    description: 'The number of times the containers in this pod have been restarted.',
    cell: (pod) => String(restartsOf(pod)),
  },
];

export const workloadColumns: Column[] = [
  {
    name: 'Ready',
    type: 'string',
    description: 'Number of the pod with ready state',
    cell: (workload) =>
      `${count(valueAt(workload, ['status', 'readyReplicas']))}/${count(valueAt(workload, ['spec', 'replicas']) ?? 1)}`,
  },
];

function count(value: unknown): string {
  return typeof value === 'number' ? String(value) : '0';
}
