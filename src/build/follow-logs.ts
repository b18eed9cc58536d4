import { setMaxListeners } from 'node:events';
import type { Api } from '../cluster/api';
import { keepInStep } from '../cluster/follow';
import type { ObjectKey } from '../cluster/functions';
import { follow } from '../cluster/share';
import type { LiveObject } from '../cluster/types';
import { labels } from '../function/labels';
import { podsIn } from '../logs/follow';
import { isOfBuild, stepsOf } from '../logs/pods';
import { createReaders } from '../logs/readers';
import { clusterLog } from '../logs/cluster-log';
import { pauseFor } from '../pause';
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
  // Each step listens more than once.
  setMaxListeners(0, signal);
  const readers = createReaders({
    sourceOf: (origin) => clusterLog(api, { namespace, ...origin }),
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
  const pods = new Map<string, LiveObject>();
  const end = follow(api, podsIn(namespace, labels.buildRun), {
    tell: (change) => {
      keepInStep(pods, change);
      readers.keep(pods);
      for (const pod of pods.values()) if (isOfBuild(pod, builder)) readers.see(pod, true);
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
      await Promise.race([readers.done(), pauseFor(lastLines, signal)]);
      stop();
    },
  };
}
