import { ClusterError } from '../errors';
import { formatPath, parseFieldPath, type Path } from '../path';
import { valueAt } from '../record';
import { redactText, showValue } from '../redact';
import { releasesWith, tellPresence } from '../releases';
import { denialOf, readStatus } from './status';
import type { ApiResponse, Status, Subject } from './types';

/** Names the place of a field of the object (`spec.serving.runtime`) where the user wrote it. */
export type LocateField = (field: string) => Promise<string>;

interface Finding {
  /** As the server writes it; absent when it does not name the field. */
  field?: string;
  /** The value that is wrong, when that is all that the server names. */
  value?: string;
  message: string;
  /** The server does not know the field at all. */
  unknown?: boolean;
}

/** Whether the server found the object itself wrong: by its schema, by strict decoding, or by a webhook. */
export function isInvalid(response: ApiResponse): boolean {
  return response.status === 422 || findingsOf(readStatus(response.body)).length > 0;
}

/** What the server finds wrong with `manifest`, each at its place in the user's own file. */
export async function explainInvalid(
  response: ApiResponse,
  { name, namespace }: Subject,
  manifest: unknown,
  locate: LocateField,
): Promise<ClusterError> {
  const status = readStatus(response.body);
  const findings = findingsOf(status);
  const lines = await Promise.all(
    findings.map(async (finding) => {
      const path = pathOf(finding, manifest);
      if (path === undefined) return redactText(finding.message);
      const place = await locate(formatPath(path));
      return `${place}: ${finding.unknown ? unknownField(path) : describe(finding, path, manifest)}`;
    }),
  );
  return new ClusterError(
    {
      what: [
        `The cluster refused the function "${name}" in namespace "${namespace}" as invalid:`,
        ...(lines.length > 0 ? lines : [redactText(status.message ?? '')]).map((line) => `  ${line}`),
      ].join('\n'),
      ...(findings.some(({ unknown }) => unknown) ? otherRelease : correctIt),
    },
    { status: response.status },
  );
}

const correctIt = { remedy: 'Correct the YAML; the function was not changed.' };

const otherRelease = {
  why: 'The OpenFunction of this cluster is older or newer than the YAML, or the name is wrong.',
  remedy:
    'Remove or correct these fields, or deploy to a cluster whose OpenFunction knows them; the function was not changed.',
};

function pathOf({ field, value }: Finding, manifest: unknown): Path | undefined {
  return field === undefined ? findValue(manifest, value) : parseFieldPath(field, manifest);
}

function findValue(root: unknown, wanted: unknown, path: Path = []): Path | undefined {
  if (root === wanted) return path;
  if (typeof root !== 'object' || root === null) return undefined;
  for (const [key, item] of Object.entries(root)) {
    const found = findValue(item, wanted, [...path, Array.isArray(root) ? Number(key) : key]);
    if (found) return found;
  }
  return undefined;
}

function unknownField(path: Path): string {
  const [section, ...inSpec] = path;
  const range = section === 'spec' ? releasesWith(inSpec) : undefined;
  return `is not a field that this cluster knows${range === undefined ? '' : `; OpenFunction ${tellPresence(range)}`}.`;
}

/** In an answer about types the server shows the value in the notation of Go, secrets included. */
function describe({ message }: Finding, path: Path, manifest: unknown): string {
  const expected = /^(expected .*?), got /s.exec(message)?.[1];
  if (expected === undefined) return redactText(message);
  return valueAt(manifest, path) === undefined ? expected : `${expected}, got ${showValue(manifest, path)}`;
}

function findingsOf(status: Status): Finding[] {
  return [causesOf, unknownFieldsOf, denialsOf, mismatchesOf, durationsOf].flatMap((find) => find(status));
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
    message: '',
    unknown: true,
  }));
}

/** OpenFunction's webhook answers: `spec.image: Required value: must be specified`. */
function denialsOf(status: Status): Finding[] {
  const [, field, message] = /^((?:spec|metadata)\S*): (.*)$/s.exec(denialOf(status)?.reason ?? '') ?? [];
  return field === undefined || message === undefined ? [] : [{ field, message }];
}

/**
 * A server-side apply answers: `failed to create typed patch object (n/f; core.openfunction.io/v1beta1, Kind=Function):
 * .spec.foo: field not declared in schema`; several problems stand below each other.
 */
function mismatchesOf({ message = '' }: Status): Finding[] {
  const [, problems = ''] = /^failed to create typed patch object \([^)]*\): (.*)$/s.exec(message) ?? [];
  return [...problems.matchAll(/^ *(\..+?): (.*)$/gm)].map(([, field = '', problem = '']) => ({
    field,
    message: problem,
    unknown: problem === 'field not declared in schema',
  }));
}

/** Webhooks that cannot read a duration answer in the words of Go: `time: invalid duration "soon"`. */
function durationsOf({ message = '' }: Status): Finding[] {
  const [text, value] = /time: (?:invalid|missing|unknown) .*duration "([^"]*)"/.exec(message) ?? [];
  if (text === undefined || value === undefined) return [];
  return [{ value, message: `${text.replace('time: ', '')}; write it like 90s, 10m or 1h30m` }];
}

function withoutPrefix(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}
