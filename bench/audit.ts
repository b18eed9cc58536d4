import { readFile } from 'node:fs/promises';

interface AuditEvent {
  verb: string;
  requestURI: string;
  userAgent?: string;
}

/** Milliseconds in which the server writes the last events: that of a watch follows only when its connection is closed. */
const settling = 300;

/** @returns a function that tells the verbs of the requests since its last call, without those of the benchmarks and the server itself. */
export function followAudit(auditLog: string): () => Promise<string[]> {
  let read = 0;
  return async () => {
    await new Promise((resolve) => setTimeout(resolve, settling));
    const lines = (await readFile(auditLog, 'utf8')).split('\n').slice(0, -1);
    const events = lines.slice(read, (read = lines.length)).map((line) => JSON.parse(line) as AuditEvent);
    return events.filter(({ userAgent = '' }) => !/^(test-admin|kube-apiserver)/.test(userAgent)).map(describe);
  };
}

function describe({ verb, requestURI }: AuditEvent): string {
  if (/^\/(openapi|version|api$|apis$|apis\/[^/]+\/[^/]+$)/.test(requestURI.replace(/\?.*/, ''))) return 'DISCOVERY';
  return verb.toUpperCase() + (requestURI.includes('dryRun=All') ? ' (dry run)' : '');
}
