import { valueAt } from '../../src/record';
import type { ContainerLogs } from '../apiserver/container-logs';
import type { KubeObject } from '../apiserver/objects';
import type { ClusterState } from '../apiserver/operations/cluster';
import { persist } from '../apiserver/operations/persist';
import type { PodFate } from '../scenarios/scenario';
import type { Client } from './client';
import type { Controller } from './controller';
import { mishaps, type Mishap } from './mishaps';
import { namesOf, podStatus, unschedulable, type ContainerState } from './pod-report';

/** Milliseconds of the steps in the life of a pod. */
export interface KubeletPace {
  scheduling: number;
  pulling: number;
  starting: number;
  backOff: number;
  ending: number;
}

interface Kubelet {
  state: ClusterState;
  client: Client;
  logs: ContainerLogs;
  pace: KubeletPace;
  fateOf: (pod: KubeObject) => PodFate;
}

const pods = 'pods.';
const node = 'sandbox-node';

/** Schedules pods and runs their containers: they start, write lines, crash or never come up, as fate has it. */
export function kubelet({ state, client, logs, pace, fateOf }: Kubelet): Controller {
  const { clock, store } = state;
  const known = new Set<string>();
  const ending = new Set<string>();
  const live = ({ metadata }: KubeObject): KubeObject | undefined => {
    const found = store.get(pods, metadata.namespace ?? '', metadata.name);
    return found?.metadata.uid === metadata.uid && found.metadata.deletionTimestamp === undefined ? found : undefined;
  };
  const later = (milliseconds: number, pod: KubeObject, act: (pod: KubeObject) => void): void => {
    clock.after(milliseconds, () => {
      const found = live(pod);
      if (found) act(found);
    });
  };
  const report = (pod: KubeObject, containerOf: (name: string) => ContainerState, phase = 'Running'): void =>
    client.setStatus(pod, podStatus(pod, containerOf, phase, clock));

  const schedule = (pod: KubeObject): void => {
    const fate = fateOf(pod);
    if (fate === 'no node fits') {
      const message = '0/1 nodes are available: 1 Insufficient memory.';
      client.setStatus(pod, unschedulable(message, clock));
      return client.event(pod, 'Warning', 'FailedScheduling', message);
    }
    client.update({ ...pod, spec: { ...(pod['spec'] as object), nodeName: node } });
    client.event(
      pod,
      'Normal',
      'Scheduled',
      `Successfully assigned ${pod.metadata.namespace ?? ''}/${pod.metadata.name} to ${node}`,
    );
    later(0, pod, (scheduled) => {
      report(scheduled, () => ({ waiting: { reason: 'ContainerCreating' } }), 'Pending');
      later(pace.pulling, scheduled, (pulled) => start(pulled, mishapOf(pulled, fate)));
    });
  };

  const start = (pod: KubeObject, mishap: Mishap | undefined): void => {
    const victim = mishap?.container ?? '';
    if (mishap?.waiting) {
      const { reason, message } = mishap.waiting;
      report(pod, (name) => (name === victim ? { waiting: { reason, message } } : { running: true }), 'Pending');
      return complain(pod, mishap, mishap.eventMessage ?? message, 0);
    }
    const { uid, name } = pod.metadata;
    for (const container of namesOf(pod)) {
      for (const line of linesOf(container, name)) logs.write(uid, container, line);
    }
    if (mishap?.neverReady) return report(pod, (container) => ({ running: true, ready: container !== victim }));
    if (mishap?.exit) return crash(pod, mishap, victim, 0);
    later(pace.starting, pod, (running) => {
      report(running, () => ({ running: true, ready: true }));
      client.event(running, 'Normal', 'Started', 'Started container function');
    });
  };

  /** A pull is tried again and again, and each failure is told. */
  const complain = (pod: KubeObject, mishap: Mishap, message: string, failures: number): void => {
    client.event(pod, 'Warning', mishap.event ?? 'Failed', message);
    if (mishap.isRepeated !== true || failures > 5) return;
    later(pace.backOff * 2 ** failures, pod, (again) => complain(again, mishap, message, failures + 1));
  };

  const crash = (pod: KubeObject, mishap: Mishap, victim: string, restarts: number): void => {
    const { exitCode, reason, lines } = mishap.exit ?? { exitCode: 1, reason: 'Error', lines: [] };
    const { uid, name } = pod.metadata;
    for (const line of lines) logs.write(uid, victim, line);
    logs.end(uid, victim);
    const terminated = { exitCode, reason, containerID: `sandbox://${uid}-${restarts}` };
    const message = `back-off restarting failed container=${victim} pod=${name}`;
    const waiting = { reason: 'CrashLoopBackOff', message };
    report(pod, (container) =>
      container === victim
        ? { waiting, lastState: { terminated }, restarts: restarts + 1 }
        : { running: true, ready: true },
    );
    client.event(pod, 'Warning', 'BackOff', message);
    later(pace.backOff * 2 ** Math.min(restarts, 5), pod, (again) => {
      logs.restart(uid, victim);
      crash(again, mishap, victim, restarts + 1);
    });
  };

  const end = (pod: KubeObject): void => {
    clock.after(pace.ending, () => {
      const found = store.get(pods, pod.metadata.namespace ?? '', pod.metadata.name);
      if (found?.metadata.uid !== pod.metadata.uid) return;
      for (const name of namesOf(pod)) logs.end(pod.metadata.uid, name);
      persist(state, pods, { ...found, metadata: { ...found.metadata, deletionGracePeriodSeconds: 0 } });
    });
  };

  return {
    watches: (kind) => kind === pods,
    react({ type, object }) {
      const { uid, deletionTimestamp } = object.metadata;
      if (type === 'DELETED') {
        known.delete(uid);
        ending.delete(uid);
        return;
      }
      if (deletionTimestamp !== undefined) {
        if (!ending.has(uid)) end(object);
        ending.add(uid);
        return;
      }
      // Pods with a node are somebody else's.
      if (known.has(uid) || valueAt(object, ['spec', 'nodeName']) !== undefined) return;
      known.add(uid);
      later(pace.scheduling, object, schedule);
    },
  };
}

/** What befalls a pod. Pods without the container that it is about are spared. */
function mishapOf(pod: KubeObject, fate: PodFate): Mishap | undefined {
  const mishap = mishaps[fate];
  const container = mishap?.container ?? 'function';
  return mishap && namesOf(pod).includes(container) ? { ...mishap, container } : undefined;
}

/** What containers write when they start. */
function linesOf(container: string, pod: string): string[] {
  if (container === 'daprd') {
    return [JSON.stringify({ app_id: pod, level: 'info', msg: 'dapr initialized. Status: Running.' })];
  }
  return ['Function server starting', 'Listening on port 8080'];
}
