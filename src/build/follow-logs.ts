import { setTimeout as pause } from 'node:timers/promises';
import type { Api } from '../cluster/api';
import { logStream } from '../cluster/container-logs';
import type { ObjectKey } from '../cluster/functions';
import { linesOf } from '../cluster/lines';
import { follow } from '../cluster/share';
import type { LiveObject } from '../cluster/types';
import { redactText } from '../redact';
import { isRecord, recordsAt, textAt, valueAt } from '../record';

interface FollowOptions {
  /** The Builder whose build it is. */
  builder: string;
  /** Gets each line that a step of the build writes. */
  print: (step: string, line: string) => void;
}

/** Milliseconds between two tries to read a log that broke off. */
const retry = 500;

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
  const read = new Set<string>();
  const reading = new Set<Promise<void>>();
  const look = (pod: LiveObject): void => {
    if (!pod.metadata.labels?.['buildrun.shipwright.io/name']?.startsWith(`${builder}-`)) return;
    for (const container of recordsAt(pod.status, ['containerStatuses'])) {
      const step = textAt(container, ['name']);
      const key = `${pod.metadata.uid} ${step}`;
      if (read.has(key) || isRecord(valueAt(container, ['state', 'waiting']))) continue;
      read.add(key);
      const log = printLog(step, pod).finally(() => reading.delete(log));
      reading.add(log);
    }
  };
  /** Reads a log to its end. Where it breaks off it is read again, less the lines that were printed. */
  const printLog = async (step: string, { metadata }: LiveObject): Promise<void> => {
    let printed = 0;
    for (let tries = 0; tries < 5 && !signal.aborted; tries += 1) {
      try {
        let seen = 0;
        const place = { namespace, pod: metadata.name, container: step };
        for await (const line of linesOf(await logStream(api, place, { follow: true, signal }))) {
          seen += 1;
          if (seen > printed) print(step, redactText(line));
          printed = Math.max(printed, seen);
        }
        return;
      } catch {
        await pause(retry, undefined, { signal }).catch(() => {});
      }
    }
  };
  const end = follow(
    api,
    {
      path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`,
      selectors: { labelSelector: 'buildrun.shipwright.io/name' },
      subject: { group: '', resource: 'pods', namespace },
    },
    {
      tell: (change) => {
        if (change.type === 'seen') look(change.object);
        if (change.type === 'listed') change.objects.forEach(look);
      },
      fail: () => {},
    },
  );
  const stop = (): void => {
    end();
    ending.abort();
  };
  return {
    stop,
    drain: async () => {
      const limit = pause(lastLines, undefined, { signal }).catch(() => {});
      await Promise.race([Promise.all(reading), limit]);
      stop();
    },
  };
}
