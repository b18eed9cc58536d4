/** A Kubernetes API server with OpenFunction's CRDs. It runs in processes of its own, so that it does not slow down what measures it. */
export interface Server {
  /** Kind and version, for the report. */
  name: string;
  /** `https://127.0.0.1:PORT` */
  server: string;
  /** PEM of the CA that signed its certificate. */
  ca: string;
  /** Bearer token of an administrator. */
  token: string;
  /** Path of a file with Kubernetes audit events, one JSON object a line. */
  auditLog: string;
  stop: () => Promise<void>;
}
