import type { Verb } from '../apiserver/http/request-info';

/** Something that goes wrong between a client and the API server. */
export interface Fault {
  /** Which requests it befalls: all that fit everything named here. */
  on: {
    verb?: Verb | readonly Verb[];
    /** In the plural; `pods/log` for a subresource. */
    resource?: string;
    namespace?: string;
    name?: string;
    user?: string;
  };
  /** How many of these requests pass first. Default 0. */
  after?: number;
  /** How many of these requests it befalls. Default all. */
  times?: number;
  /** Milliseconds by which the answer is late. */
  delay?: number;
  /** Breaks the connection: before the request is handled, after it was handled but not answered, or within the answer. */
  reset?: 'before' | 'after' | 'midway';
  /** Refuses the request. */
  answer?: {
    status: number;
    /** In the words of the API: `TooManyRequests`, `Forbidden`… Without one the answer is plain text, as of a proxy. */
    reason?: string;
    message: string;
    /** Seconds. */
    retryAfter?: number;
  };
  /** What happens to the stream of a watch or of a log. */
  stream?: StreamFault;
}

export interface StreamFault {
  /** How many lines come through first. Default 0. */
  afterLines?: number;
  /**
   * - `close`: the stream ends cleanly.
   * - `reset`: the connection breaks.
   * - `silence`: nothing more comes, and nobody says so.
   * - `gone`: an ERROR event says that the resource version is too old.
   * - `partial-line`: the stream ends within a line.
   */
  end?: 'close' | 'reset' | 'silence' | 'gone' | 'partial-line';
  /** Every byte travels alone, so that no character of more than one byte arrives whole. */
  byteByByte?: boolean;
}

export interface FaultyRequest {
  verb: Verb;
  resource: string;
  subresource: string;
  namespace: string;
  name: string;
  user: string;
}

/** Decides which faults befall a request. Counts requests, so each must be asked about once. */
export type FaultPicker = (request: FaultyRequest) => readonly Fault[];

export function createFaultPicker(faults: readonly Fault[]): FaultPicker {
  const counted = faults.map((fault) => ({ fault, seen: 0 }));
  return (request) =>
    counted
      .filter((entry) => {
        const { fault } = entry;
        if (!befalls(fault, request)) return false;
        entry.seen += 1;
        const { after = 0, times = Infinity } = fault;
        return entry.seen > after && entry.seen <= after + times;
      })
      .map(({ fault }) => fault);
}

function befalls({ on }: Fault, { verb, resource, subresource, namespace, name, user }: FaultyRequest): boolean {
  const what = subresource === '' ? resource : `${resource}/${subresource}`;
  return (
    (on.verb === undefined || ([] as Verb[]).concat(on.verb).includes(verb)) &&
    (on.resource === undefined || on.resource === what) &&
    (on.namespace === undefined || on.namespace === namespace) &&
    (on.name === undefined || on.name === name) &&
    (on.user === undefined || on.user === user)
  );
}
