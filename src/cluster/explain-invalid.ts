import { ClusterError } from '../errors';
import { redactText } from '../redact';
import { denialOf, readStatus } from './status';
import type { ApiResponse, Status, Subject } from './types';

/** Names the place of a field of the object (`spec.serving.runtime`) where the user wrote it. */
export type LocateField = (field: string) => string;

interface Finding {
  field: string;
  message: string;
}

/** Whether the server found the object itself wrong: by its schema, by strict decoding, or by a webhook. */
export function isInvalid(response: ApiResponse): boolean {
  return response.status === 422 || findingsOf(readStatus(response.body)).length > 0;
}

/** What the server finds wrong, each at its place in the user's own file. */
export function explainInvalid(response: ApiResponse, { name, namespace }: Subject, locate: LocateField): ClusterError {
  const status = readStatus(response.body);
  const findings = findingsOf(status).map(({ field, message }) => `${locate(field)}: ${redactText(message)}`);
  const list = findings.length > 0 ? findings : [redactText(status.message ?? '')];
  return new ClusterError(
    {
      what: [
        `The cluster refused the function "${name}" in namespace "${namespace}" as invalid:`,
        ...list.map((line) => `  ${line}`),
      ].join('\n'),
      remedy: 'Correct the YAML; the function was not changed.',
    },
    { status: response.status },
  );
}

function findingsOf(status: Status): Finding[] {
  return [...causesOf(status), ...unknownFieldsOf(status), ...denialsOf(status)];
}

function causesOf({ reason, details }: Status): Finding[] {
  if (reason !== 'Invalid') return [];
  return (details?.causes ?? [])
    .filter(({ field = '<nil>' }) => field !== '<nil>')
    .map(({ field = '', message = '' }) => ({ field, message: withoutPrefix(message, `${field}: `) }));
}

/** Strict decoding answers: `strict decoding error: unknown field "spec.foo", unknown field "spec.bar"`. */
function unknownFieldsOf({ message = '' }: Status): Finding[] {
  return [...message.matchAll(/unknown field "([^"]+)"/g)].map(([, field = '']) => ({
    field,
    message: 'is not a field that this cluster knows.',
  }));
}

/** OpenFunction's webhook answers: `spec.image: Required value: must be specified`. */
function denialsOf(status: Status): Finding[] {
  const [, field, message] = /^((?:spec|metadata)\S*): (.*)$/s.exec(denialOf(status)?.reason ?? '') ?? [];
  return field === undefined || message === undefined ? [] : [{ field, message }];
}

function withoutPrefix(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}
