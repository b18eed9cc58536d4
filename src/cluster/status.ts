import { isRecord } from '../record';
import type { LiveObject, Status } from './types';

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

/** Whether a 404 is about the object itself: a proxy or a wrong path answers 404, too. */
export function isMissingObject({ reason, details }: Status): boolean {
  return reason === 'NotFound' && details?.name !== undefined;
}

export function isMissingNamespace({ details }: Status): boolean {
  return details?.kind === 'namespaces';
}
