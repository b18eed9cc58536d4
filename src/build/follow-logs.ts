import { setTimeout as pause } from 'node:timers/promises';
import type { Api } from '../cluster/api';
import type { ObjectKey } from '../cluster/functions';
import { follow } from '../cluster/share';
import type { LiveObject } from '../cluster/types';
import { podsIn } from '../logs/follow';
import { podLabels, stepsOf } from '../logs/pods';
import { createReaders } from '../logs/readers';
import { clusterLog } from '../logs/cluster-log';
import { redactText } from '../redact';

interface FollowOptions {
  /** The Builder whose build it is. */
  builder: string;
  /** Gets each line that a step of the build writes. */
  print: (step: string, line: string) => void;
}

/** Milliseconds for the last lines of a build that is over. OpenFunction deletes its pods at once, but what is being read is read to its end. */
const lastLines = 3000;

export interface BuildLogs {
  /** Prints what is still on its way. */
  drain: () => Promise<void>;
  /** Prints no more. */
  stop: () => void;
}

/** Prints what the steps of a build write, until it is told to stop. Never fails: the build is what counts. */
export function followBuildLogs(api: Api, { namespace }: ObjectKey, { builder, print }: FollowOptions): BuildLogs {
  const ending = new AbortController();
  const { signal } = ending;
  const readers = createReaders({
    sourceOf: ({ pod, container }) => clusterLog(api, { namespace, pod, container }),
    containersOf: stepsOf,
    reading: { follow: true },
    maxStreams: Infinity,
    output: {
      begin: () => {},
      write({ container }, lines) {
        for (const { text } of lines) print(container, redactText(text));
        return Promise.resolve();
      },
      end: () => Promise.resolve(),
      note: () => {},
    },
    onForbidden: () => {},
    signal,
  });
  const see = (pod: LiveObject): void => {
    if (pod.metadata.labels?.[podLabels.buildRun]?.startsWith(`${builder}-`)) readers.see(pod, true);
  };
  const end = follow(api, podsIn(namespace, podLabels.buildRun), {
    tell: (change) => {
      if (change.type === 'seen') see(change.object);
      if (change.type === 'deleted') readers.lose(change.object.metadata.uid);
      if (change.type !== 'listed') return;
      readers.keep(new Set(change.objects.map(({ metadata }) => metadata.uid)));
      change.objects.forEach(see);
    },
    fail: () => {},
  });
  const stop = (): void => {
    end();
    ending.abort();
  };
  return {
    stop,
    drain: async () => {
      const limit = pause(lastLines, undefined, { signal }).catch(() => {});
      await Promise.race([readers.done(), limit]);
      stop();
    },
  };
}
