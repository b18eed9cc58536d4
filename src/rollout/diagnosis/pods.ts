import { isRecord, numberAt, recordsAt, textAt, valueAt, type JsonRecord } from '../../record';
import type { LiveObject } from '../../live-object';
import { namespaceOf, newest, conditionOf } from '../objects';
import { patience } from '../patience';
import type { Question, Reason } from '../report';
import type { Trouble } from '../trouble';
import { causeOf, type Symptoms } from './causes';
import { inTurn, lastLines, trimNoise } from './words';

/** Last lines of logs, by the key of the question for them. */
export type Answers = ReadonlyMap<string, readonly string[]>;

/** What keeps a pod from running. Each trouble has the same key as long as it lasts, also while its state goes back and forth. */
export function troublesOfPod(pod: LiveObject, events: readonly LiveObject[], answers: Answers): Trouble[] {
  return [
    ...withoutDapr(pod),
    ...unscheduled(pod),
    ...unmounted(pod, events),
    ...[...containersOf(pod, 'init'), ...containersOf(pod, '')].flatMap((container) =>
      troublesOfContainer({ pod, container, name: textAt(container, ['name']), events, answers }),
    ),
    ...evicted(pod),
  ];
}

function containersOf(pod: LiveObject, prefix: 'init' | ''): JsonRecord[] {
  return recordsAt(pod.status, [prefix === '' ? 'containerStatuses' : 'initContainerStatuses']);
}

function unscheduled(pod: LiveObject): Trouble[] {
  const condition = conditionOf(pod, 'PodScheduled');
  if (textAt(condition, ['status']) !== 'False') return [];
  const message = textAt(condition, ['message']);
  const cause = causeOf({ of: 'pod', reason: textAt(condition, ['reason']), message });
  return [
    {
      key: `${pod.metadata.uid} schedule`,
      gravity: 'lasting',
      reason: {
        what: cause?.what ?? 'No node takes the pod.',
        where: { kind: 'Pod', name: pod.metadata.name },
        message: trimNoise(message),
        remedy: inTurn(cause?.remedy, describe(pod)),
      },
    },
  ];
}

/** Volumes are told of by events alone: the container waits with the reason ContainerCreating. */
function unmounted(pod: LiveObject, events: readonly LiveObject[]): Trouble[] {
  const event = newest(
    events.filter((candidate) => /^Failed(Mount|AttachVolume)$/.test(textAt(candidate, ['reason']))),
  );
  if (event === undefined || isStarted(pod)) return [];
  const message = textAt(event, ['message']);
  const cause = causeOf({ of: 'volume', reason: '', message });
  return [
    {
      key: `${pod.metadata.uid} mount`,
      gravity: cause?.isFinal ? 'final' : 'lasting',
      reason: {
        what: cause?.what ?? 'A volume of the pod cannot be mounted.',
        where: { kind: 'Pod', name: pod.metadata.name },
        message: trimNoise(message),
        remedy: inTurn(cause?.remedy, describe(pod)),
      },
    },
  ];
}

function isStarted(pod: LiveObject): boolean {
  return containersOf(pod, '').some((container) => !isRecord(valueAt(container, ['state', 'waiting'])));
}

/** A pod that ended for good, for instance since its node ran out of room. */
function evicted({ metadata, status }: LiveObject): Trouble[] {
  if (textAt(status, ['phase']) !== 'Failed' || textAt(status, ['reason']) === '') return [];
  return [
    {
      key: `${metadata.uid} ended`,
      gravity: 'lasting',
      reason: {
        what: `The pod ended: ${textAt(status, ['reason'])}.`,
        where: { kind: 'Pod', name: metadata.name },
        message: trimNoise(textAt(status, ['message'])),
      },
    },
  ];
}

interface Subject {
  pod: LiveObject;
  /** Its status. */
  container: JsonRecord;
  name: string;
  events: readonly LiveObject[];
  answers: Answers;
}

function troublesOfContainer(subject: Subject): Trouble[] {
  const { container } = subject;
  const waiting = valueAt(container, ['state', 'waiting']);
  const reason = textAt(waiting, ['reason']);
  const kind = waitingKinds[reason];
  if (kind === 'image') return [pullTrouble(subject, reason, textAt(waiting, ['message']))];
  if (kind === 'final' || kind === 'start') return [startTrouble(subject, reason, textAt(waiting, ['message']), kind)];
  const crash = lastCrash(container);
  if (crash !== undefined) return [crashTrouble(subject, crash)];
  return notReady(subject);
}

/** Reasons for which a container waits, by what they are about. ContainerCreating and PodInitializing are progress. Source: kubelet. */
const waitingKinds: Readonly<Record<string, 'image' | 'final' | 'start'>> = {
  ErrImagePull: 'image',
  ImagePullBackOff: 'image',
  ImageInspectError: 'image',
  RegistryUnavailable: 'image',
  InvalidImageName: 'final',
  ErrImageNeverPull: 'final',
  CreateContainerConfigError: 'final',
  CreateContainerError: 'start',
  RunContainerError: 'start',
};

function pullTrouble({ pod, container, name, events }: Subject, reason: string, message: string): Trouble {
  const failures = events.filter((event) => event['reason'] === 'Failed' && isAbout(event, name));
  const pulls = failures.filter((event) => /pull/i.test(textAt(event, ['message'])) && !isBackOff(event));
  const text = (/Back-?off/i.test(message) && textAt(newest(pulls), ['message'])) || message;
  const cause = causeOf({ of: 'image', reason, message: text });
  return {
    key: `${pod.metadata.uid} ${name} image`,
    gravity: 'lasting',
    occurrences: pulls.reduce((sum, event) => sum + countOf(event), 0),
    reason: {
      what: cause?.what ?? 'The image cannot be pulled.',
      where: { kind: 'Pod', name: pod.metadata.name, container: name },
      message: `${reason}: ${trimNoise(text) || 'no more is said'} (image ${textAt(container, ['image'])})`,
      remedy: inTurn(cause?.remedy, describe(pod)),
    },
  };
}

function startTrouble({ pod, name }: Subject, reason: string, message: string, kind: 'final' | 'start'): Trouble {
  const cause = causeOf({ of: 'container', reason, message });
  return {
    key: `${pod.metadata.uid} ${name} start`,
    gravity: kind === 'final' || cause?.isFinal ? 'final' : 'lasting',
    reason: {
      what: cause?.what ?? 'The container cannot be started.',
      where: { kind: 'Pod', name: pod.metadata.name, container: name },
      message: `${reason}: ${trimNoise(message)}`,
      remedy: inTurn(cause?.remedy, describe(pod)),
    },
  };
}

interface Crash {
  exitCode: number;
  reason: string;
  message: string;
  /** How often it has ended. */
  count: number;
  /** Whether it has been started again since. */
  isOver: boolean;
}

/** How a container ended last; undefined when it never ended, or ended well. */
function lastCrash(container: JsonRecord): Crash | undefined {
  const restarts = numberAt(container, ['restartCount']) ?? 0;
  const isRunning = isRecord(valueAt(container, ['state', 'running']));
  const ended = [valueAt(container, ['state', 'terminated']), valueAt(container, ['lastState', 'terminated'])].find(
    isRecord,
  );
  const isBackingOff = textAt(container, ['state', 'waiting', 'reason']) === 'CrashLoopBackOff';
  const exitCode = numberAt(ended, ['exitCode']) ?? 0;
  if (!isBackingOff && (ended === undefined || exitCode === 0)) return undefined;
  return {
    exitCode,
    reason: textAt(ended, ['reason']),
    message: textAt(ended, ['message']),
    count: isRunning ? restarts : restarts + 1,
    isOver: isRunning,
  };
}

function crashTrouble({ pod, name, answers }: Subject, crash: Crash): Trouble {
  const question: Question = {
    key: `${pod.metadata.uid} ${name} ${crash.count}`,
    source: { pod: pod.metadata.name, container: name, previous: crash.isOver },
    isUrgent: true,
  };
  const log = answers.get(question.key);
  const symptoms: Symptoms = { of: 'container', reason: crash.reason, message: crash.message, log };
  const cause = causeOf(symptoms);
  const reason: Reason = {
    what: cause?.what ?? (crash.count > 1 ? 'The program ends again and again.' : 'The program ended.'),
    where: { kind: 'Pod', name: pod.metadata.name, container: name },
    message: [
      `${crash.reason || 'Ended'} with exit code ${crash.exitCode}, ${times(crash.count)}`,
      trimNoise(crash.message),
    ]
      .filter(Boolean)
      .join(': '),
    remedy: inTurn(cause?.remedy, `kubectl logs ${pod.metadata.name} -c ${name} --previous -n ${namespaceOf(pod)}`),
    ...(log && { log: lastLines(log) }),
  };
  return {
    key: `${pod.metadata.uid} ${name} crash`,
    gravity: cause?.isFinal ? 'final' : 'lasting',
    occurrences: crash.count,
    reason,
    question,
  };
}

/** A container that runs without being ready. Dapr's is ready when it has what it needs; the function may take its time. */
function notReady({ pod, container, name, events, answers }: Subject): Trouble[] {
  if (!isRecord(valueAt(container, ['state', 'running'])) || container['ready'] === true) return [];
  const isDapr = name === 'daprd';
  const question: Question = {
    key: `${pod.metadata.uid} ${name} not ready`,
    source: { pod: pod.metadata.name, container: name, previous: false },
  };
  const log = answers.get(question.key);
  const probe = newest(events.filter((event) => event['reason'] === 'Unhealthy' && isAbout(event, name)));
  const message = textAt(probe, ['message']);
  const cause = causeOf({ of: 'container', reason: '', message, log });
  return [
    {
      key: `${pod.metadata.uid} ${name} not ready`,
      gravity: isDapr ? 'lasting' : 'slight',
      hiddenFor: patience.readying,
      reason: {
        what:
          cause?.what ?? (isDapr ? 'The sidecar of Dapr does not get ready.' : 'The container runs, but is not ready.'),
        where: { kind: 'Pod', name: pod.metadata.name, container: name },
        ...(message !== '' && { message: trimNoise(message) }),
        remedy: inTurn(
          cause?.remedy ?? (isDapr ? daprRemedy : undefined),
          `kubectl logs ${pod.metadata.name} -c ${name} -n ${namespaceOf(pod)}`,
        ),
        ...(log && { log: lastLines(log) }),
      },
      question,
    },
  ];
}

const daprRemedy =
  'Check the components in serving.bindings and serving.pubsub, and that Dapr runs: kubectl get pods -n dapr-system';

/** A pod that asks for Dapr and was made without: whoever injects it was not there, and what is made stays as it is. */
export function withoutDapr(pod: LiveObject): Trouble[] {
  const isWanted = pod.metadata.annotations?.['dapr.io/enabled'] === 'true';
  const containers = [...recordsAt(pod.spec, ['containers']), ...recordsAt(pod.spec, ['initContainers'])];
  if (!isWanted || containers.some(({ name }) => name === 'daprd')) return [];
  return [
    {
      key: `${pod.metadata.uid} without Dapr`,
      gravity: 'final',
      reason: {
        what: 'Dapr was not put beside the function, so that no event reaches it.',
        where: { kind: 'Pod', name: pod.metadata.name },
        remedy: inTurn(
          'Ask an administrator to look after the sidecar injector of Dapr, then deploy with --force-rollout.',
          'kubectl get pods -n dapr-system -l app=dapr-sidecar-injector',
        ),
      },
    },
  ];
}

/** Whether an event of a pod is about a container: where it names one, it names this. */
function isAbout(event: LiveObject, container: string): boolean {
  const place = textAt(event, ['involvedObject', 'fieldPath']);
  return place === '' || place.endsWith(`{${container}}`);
}

function isBackOff(event: LiveObject): boolean {
  return /Back-?off/i.test(textAt(event, ['message']));
}

/** How often an event has happened. */
function countOf(event: LiveObject): number {
  return numberAt(event, ['series', 'count']) ?? numberAt(event, ['count']) ?? 1;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

function describe(pod: LiveObject): string {
  return `kubectl describe pod ${pod.metadata.name} -n ${namespaceOf(pod)}`;
}
