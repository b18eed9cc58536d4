export type { LiveObject } from '../live-object';

/** A request to the Kubernetes API. All requests of ofn can be repeated safely: GET, DELETE, PATCH as server-side apply, and POST of what has a name. */
export interface ApiRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  query?: Record<string, string>;
  body?: unknown;
  contentType?: string;
  /** Milliseconds that all tries together may take, and each until its answer begins. Default: see retry.ts and transport.ts. */
  patience?: number;
  /** One try alone: whoever asks tries again by himself. */
  once?: boolean;
  /** Ends the request, its tries and its answer. */
  signal?: AbortSignal;
  /** Whether the connection is to stay usable when this fails: somebody goes on trying. */
  keepsConnection?: boolean;
  /** What is asked for, in the words of Kubernetes authorization; for error messages. */
  subject: Subject;
}

export interface Subject {
  verb: 'get' | 'list' | 'watch' | 'create' | 'patch' | 'delete';
  /** API group, empty for the core group. */
  group: string;
  resource: string;
  namespace?: string | undefined;
  name: string;
}

export interface ApiResponse {
  status: number;
  body: unknown;
  /** The server's clock when it answered, in milliseconds since 1970; undefined without a Date header. */
  serverTime: number | undefined;
  /** Milliseconds since the first try began. */
  duration: number;
  /** Whether there was an earlier try, which may have reached the server. */
  repeated: boolean;
}

/** The Status object with which the API server explains an error. */
export interface Status {
  message?: string;
  reason?: string;
  details?: {
    name?: string;
    kind?: string;
    retryAfterSeconds?: number;
    causes?: StatusCause[];
  };
}

export interface StatusCause {
  reason?: string;
  message?: string;
  field?: string;
}

/** Where a cluster is and as whom ofn talks to it; for error messages. */
export interface ClusterIdentity {
  server: string;
  context: string;
  user: string;
  /** Where the settings come from: paths of kubeconfig files, or the service account. */
  source: string;
}
