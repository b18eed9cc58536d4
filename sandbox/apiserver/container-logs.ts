import type { Clock } from './clock';

export interface LogLine {
  /** Milliseconds since 1970. */
  time: number;
  text: string;
}

/** What one container has written, and what it wrote before it was last started again. */
interface ContainerLog {
  lines: LogLine[];
  previous?: LogLine[];
  ended: boolean;
  listeners: Set<() => void>;
}

/** The logs of all containers, as kubelets keep them. */
export interface ContainerLogs {
  write(podUid: string, container: string, text: string): void;
  /** The container was started again: its log so far becomes the previous one. */
  restart(podUid: string, container: string): void;
  /** The container will not write any more. */
  end(podUid: string, container: string): void;
  read(podUid: string, container: string): Readonly<ContainerLog>;
  /** Tells when there is more to read. Returns a function that stops it. */
  follow(podUid: string, container: string, listener: () => void): () => void;
}

export function createContainerLogs(clock: Clock): ContainerLogs {
  const logs = new Map<string, ContainerLog>();
  const find = (podUid: string, container: string): ContainerLog => {
    const key = `${podUid}/${container}`;
    let log = logs.get(key);
    if (!log) logs.set(key, (log = { lines: [], ended: false, listeners: new Set() }));
    return log;
  };
  const notify = ({ listeners }: ContainerLog): void => [...listeners].forEach((listener) => listener());
  return {
    write(podUid, container, text) {
      const log = find(podUid, container);
      log.lines.push({ time: clock.now(), text });
      notify(log);
    },
    restart(podUid, container) {
      const log = find(podUid, container);
      log.previous = log.lines;
      log.lines = [];
      log.ended = false;
      notify(log);
    },
    end(podUid, container) {
      const log = find(podUid, container);
      log.ended = true;
      notify(log);
    },
    read: find,
    follow(podUid, container, listener) {
      const { listeners } = find(podUid, container);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
