import { isRecord } from '../record';
import type { ApiResponse, LiveObject, Status } from './types';

/** The Status in an answer; empty when it holds something else. */
export function readStatus(body: unknown): Status {
  return isRecord(body) && body['kind'] === 'Status' ? body : {};
}

/** Whether an answer holds an object rather than a Status. */
export function isLiveObject(body: unknown): body is LiveObject {
  return isRecord(body) && body['kind'] !== 'Status' && isRecord(body['metadata']);
}

/**
 * Whether a 404 means that the server does not know the resource type: then it names no object.
 * The text is that of a server without the group, or without the version.
 */
export function isUnknownResourceType({ message = '', details }: Status): boolean {
  return details?.name === undefined && /page not found|could not find the requested resource/.test(message);
}

/** What an admission webhook said no to; undefined for every other answer. */
export function denialOf({ message = '' }: Status): { webhook: string; reason: string } | undefined {
  const [prefix, webhook] = /^admission webhook "([^"]+)" denied the request:\s*/.exec(message) ?? [];
  return prefix === undefined ? undefined : { webhook: webhook ?? '', reason: message.slice(prefix.length) };
}

/** Whether the server did not let the user do it, rather than a webhook. */
export function forbidsUser({ status, body }: Pick<ApiResponse, 'status' | 'body'>): boolean {
  return status === 403 && denialOf(readStatus(body)) === undefined;
}

/** Whether the server failed to turn an object from one version of its type into another, and from which. */
export function conversionFailureOf({ message = '' }: Status): { from: string } | undefined {
  const [whole, from] = /conversion webhook for [^\s,]*?([^\s,/]+), Kind=/.exec(message) ?? [];
  return whole === undefined && !message.includes('conversion webhook') ? undefined : { from: from ?? '' };
}

/**
 * Whether an object does not fit its schema in a server-side apply. That is no API error: the server answers 500 without a reason.
 * Source: k8s.io/apimachinery managedfields/internal/structuredmerge.go.
 */
export function isTypeMismatch({ message = '' }: Status): boolean {
  return /^failed to create typed (patch|live|new) object /.test(message);
}

/** Whether an admission webhook dropped the connection, as it does when it panics on the object. */
export function isWebhookPanic({ message = '' }: Status): boolean {
  return /failed calling webhook "[^"]*": .*: EOF$/s.test(message);
}

/** Whether a 404 is about the object itself: a proxy or a wrong path answers 404, too. */
export function isMissingObject({ reason, details }: Status): boolean {
  return reason === 'NotFound' && details?.name !== undefined;
}

export function isMissingNamespace({ details }: Status): boolean {
  return details?.kind === 'namespaces';
}
