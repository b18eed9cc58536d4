/** How a rollout ended. */
export type Verdict =
  | 'running'
  /** The image was built, and there is nothing to serve. */
  | 'built'
  | 'failed'
  /** Nothing happens, and the cluster does not say why. */
  | 'stuck'
  /** Somebody deployed something else meanwhile. */
  | 'superseded'
  | 'deleted'
  | 'timeout';

export type Phase = 'waiting' | 'building' | 'starting' | 'running';

/** An object, or a container of it. */
export interface Place {
  kind: string;
  name: string;
  container?: string;
}

/** Something that is wrong, and what to do about it. */
export interface Reason {
  /** In a sentence. */
  what: string;
  where?: Place;
  /** The cluster's own words. */
  message?: string;
  remedy?: string;
  /** The last lines of the log that tells more. */
  log?: readonly string[];
}

/** Something that a look at a log would tell. */
export interface Question {
  /** Its identity: the same question is asked once. */
  key: string;
  /** Pod and container; undefined for the log of OpenFunction's controller. */
  source: LogSource | undefined;
  /** Text that a line must have to tell something; undefined where the last lines are wanted. */
  about?: string;
  /** Whether the answer may end the rollout; others are worth asking only once it has ended. */
  isUrgent?: true;
}

export interface LogSource {
  pod: string;
  container: string;
  /** Of the container before its last restart. */
  previous: boolean;
}

/** How things stand. */
export interface Report {
  phase: Phase;
  /** What is going on, in a few words, the same as long as it is the same. */
  progress: string;
  /** The Builder or Serving that is at work; empty where there is none. */
  resource: string;
  verdict: Verdict | undefined;
  /** What is wrong, the gravest first; also without a verdict. */
  reasons: readonly Reason[];
  /** What need not stop anybody but should be known. */
  notes: readonly string[];
  questions: readonly Question[];
  /** When it may be different although nothing happens, in milliseconds of the same clock; undefined for never. */
  wakeAt: number | undefined;
}
