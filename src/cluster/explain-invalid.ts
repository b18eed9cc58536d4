import { ClusterError } from '../errors';
import { redactText } from '../redact';
import { readStatus } from './status';
import type { ApiResponse, StatusCause, Subject } from './types';

/** Names the place of a field of the object (`spec.serving.runtime`) where the user wrote it. */
export type LocateField = (field: string) => string;

/** Whether the server found the object itself wrong: its schema, or strict decoding, or a webhook. */
export function isInvalid({ status, body }: ApiResponse): boolean {
  return status === 422 || (status === 400 && unknownFields(readStatus(body).message).length > 0);
}

/** What the server finds wrong, each at its place in the user's own file. */
export function explainInvalid(response: ApiResponse, { name, namespace }: Subject, locate: LocateField): ClusterError {
  const { message = '', details } = readStatus(response.body);
  const causes = (details?.causes ?? []).filter(({ field }) => field !== undefined && field !== '<nil>');
  const problems = [
    ...causes.map((cause) => `  ${locate(cause.field ?? '')}: ${redactText(withoutField(cause))}`),
    ...unknownFields(message).map((field) => `  ${locate(field)}: is not a field that this cluster knows.`),
  ];
  return new ClusterError(
    {
      what: [`The cluster refused the function "${name}" in namespace "${namespace}" as invalid:`, ...(problems.length > 0 ? problems : [`  ${redactText(message)}`])].join('\n'),
      remedy: 'Correct the YAML; nothing was changed.',
    },
    { status: response.status },
  );
}

function withoutField({ message = '', field = '' }: StatusCause): string {
  return message.startsWith(`${field}: `) ? message.slice(field.length + 2) : message;
}

/** Strict decoding answers: `strict decoding error: unknown field "spec.foo", unknown field "spec.bar"`. */
function unknownFields(message = ''): string[] {
  return [...message.matchAll(/unknown field "([^"]+)"/g)].map(([, field]) => field ?? '');
}
