import { openSync, writeSync } from 'node:fs';
import type { User } from './access/users';

export interface AuditEvent {
  verb: string;
  /** Path and query as they were sent. */
  requestURI: string;
  userAgent: string;
  user: { username: string };
  impersonatedUser?: { username: string };
  responseStatus: { code: number };
}

/** A record of all requests, in memory and in a file. */
export interface AuditLog {
  record: (event: AuditEvent) => void;
  events: () => readonly AuditEvent[];
}

/** Keeps the last ten thousand events; writes each to the file at once, one JSON object a line. */
export function createAuditLog(file?: string): AuditLog {
  const limit = 10_000;
  const descriptor = file === undefined ? undefined : openSync(file, 'a');
  const kept: AuditEvent[] = [];
  return {
    record(event) {
      if (kept.push(event) > limit) kept.shift();
      if (descriptor === undefined) return;
      const line = {
        kind: 'Event',
        apiVersion: 'audit.k8s.io/v1',
        level: 'Metadata',
        stage: 'ResponseComplete',
        ...event,
      };
      writeSync(descriptor, `${JSON.stringify(line)}\n`);
    },
    events: () => kept,
  };
}

export function auditUsers(
  user: User | undefined,
  impersonated: User | undefined,
): Pick<AuditEvent, 'user' | 'impersonatedUser'> {
  return {
    user: { username: user?.name ?? 'system:anonymous' },
    ...(impersonated && { impersonatedUser: { username: impersonated.name } }),
  };
}
