import type { Table } from './harness/table';
import type { Cluster } from './cluster';
import type { Components } from './component';
import type { Options } from './options';
import type { Server } from './servers/server';
import type { Kubectl } from './tools/kubectl';

/** What all topics work with. */
export interface Bench {
  options: Options;
  server: Server;
  cluster: Cluster;
  components: Components;
  /** Absent when it is not on PATH. */
  kubectl: Kubectl | undefined;
  /** Temporary; removed at the end. */
  folder: string;
  /** Aborts when the user ends the benchmarks. */
  signal: AbortSignal;
  /** How often to measure something: what was asked for, else the first number, or the second with `--quick`. */
  repetitions: (usual: number, quick: number) => number;
  /** Tells the user what is being done. */
  progress: (text: string) => void;
}

/** A subject of the report. */
export type Topic = (bench: Bench) => AsyncIterable<Table>;
