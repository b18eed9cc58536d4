/** What part of a log is asked for. */
export interface LogQuery {
  /** Of the run before the last restart. */
  previous?: boolean;
  /** Go on until the container ends. */
  follow?: boolean;
  /** From this second on, since 1970. */
  since?: number | undefined;
  /** The last lines, so many. */
  tail?: number | undefined;
}

/** Where the log of one container comes from. */
export interface LogSource {
  /**
   * The log in pieces.
   * @throws Refusal where there is none, IdleLog when nothing came for a while, any other error when it breaks off
   */
  read(query: LogQuery, signal: AbortSignal): AsyncIterable<string>;
}

/** There is no such log, or not yet. */
export class Refusal extends Error {}

/** Nothing came for so long that the connection may be dead. */
export class IdleLog extends Error {}

/** Nobody may read it; another try is of no use. */
export class Forbidden extends Error {}
