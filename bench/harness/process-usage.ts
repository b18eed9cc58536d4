import { readFileSync } from 'node:fs';

/** What a running process has used so far. */
export interface ProcessUsage {
  /** User and system together. */
  cpuSeconds: number;
  /** The most memory it has held (RSS). */
  peakMegabytes: number;
}

/** Linux counts processor time in hundredths of a second. */
const ticksPerSecond = 100;

/** @throws Error where there is no /proc, or no such process. */
export function usageOf(pid: number): ProcessUsage {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  // The name of the program, in brackets, may hold spaces.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  const [user, system] = [Number(fields[11]), Number(fields[12])];
  return {
    cpuSeconds: (user + system) / ticksPerSecond,
    peakMegabytes: Number(/^VmHWM:\s*(\d+)/m.exec(status)?.[1]) / 1000,
  };
}
