import type { Clock } from './clock';

export interface LogLine {
  /** Milliseconds since 1970. */
  time: number;
  text: string;
}

/** What one container has written since it was last started. */
export interface Run {
  /** Of the current file. */
  lines: LogLine[];
  /** How many lines there were in earlier files, which nobody can ask for. */
  rotated: number;
  hasEnded: boolean;
}

interface ContainerLog {
  run: Run;
  previous?: Run;
  listeners: Set<() => void>;
}

/** The logs of all containers, as kubelets keep them. */
export interface ContainerLogs {
  write(podUid: string, container: string, text: string): void;
  /** The container was started again: its log so far becomes the previous one. */
  restart(podUid: string, container: string): void;
  /** The container will not write any more. */
  end(podUid: string, container: string): void;
  /** Begins a new file. Who follows the log misses nothing. */
  rotate(podUid: string, container: string): void;
  read(podUid: string, container: string): Readonly<ContainerLog>;
  /** Tells when there is more to read. Returns a function that stops it. */
  follow(podUid: string, container: string, listener: () => void): () => void;
}

/** Lines of a file. Kubelets begin a new one after 10 MiB. */
const longestFile = 50_000;

export function createContainerLogs(clock: Clock): ContainerLogs {
  const logs = new Map<string, ContainerLog>();
  const newRun = (): Run => ({ lines: [], rotated: 0, hasEnded: false });
  const find = (podUid: string, container: string): ContainerLog => {
    const key = `${podUid}/${container}`;
    let log = logs.get(key);
    if (!log) logs.set(key, (log = { run: newRun(), listeners: new Set() }));
    return log;
  };
  const notify = ({ listeners }: ContainerLog): void => [...listeners].forEach((listener) => listener());
  const rotate = ({ run }: ContainerLog): void => {
    run.rotated += run.lines.length;
    run.lines = [];
  };
  return {
    write(podUid, container, text) {
      const log = find(podUid, container);
      if (log.run.lines.length >= longestFile) rotate(log);
      log.run.lines.push({ time: clock.now(), text });
      notify(log);
    },
    restart(podUid, container) {
      const log = find(podUid, container);
      log.run.hasEnded = true;
      notify(log);
      log.previous = log.run;
      log.run = newRun();
    },
    end(podUid, container) {
      const log = find(podUid, container);
      log.run.hasEnded = true;
      notify(log);
    },
    rotate: (podUid, container) => rotate(find(podUid, container)),
    read: find,
    follow(podUid, container, listener) {
      const { listeners } = find(podUid, container);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
