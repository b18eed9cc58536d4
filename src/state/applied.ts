import { createHash } from 'node:crypto';
import { versionOf, type ApiVersion } from '../api-version';
import type { ObjectKey } from '../cluster/functions';
import type { AppliedMark } from '../cluster/outcome';
import { forget, recall, remember } from './files';

/** Digest by which two applies of the same manifest are recognised. */
export function digestOf(manifest: object): string {
  return createHash('sha256').update(JSON.stringify(manifest)).digest('hex');
}

/** The mark of the last apply of a function from this folder; undefined when there is none that can be read. */
export function readAppliedMark(baseDirectory: string, key: ObjectKey): AppliedMark | undefined {
  return recall(baseDirectory, nameOf(key)) as AppliedMark | undefined;
}

/** The version of that apply; undefined when it is not known. */
export function readAppliedVersion(baseDirectory: string, key: ObjectKey): ApiVersion | undefined {
  const apiVersion = readAppliedMark(baseDirectory, key)?.apiVersion;
  return typeof apiVersion === 'string' ? versionOf({ apiVersion }) : undefined;
}

export function writeAppliedMark(baseDirectory: string, key: ObjectKey, mark: AppliedMark): void {
  remember(baseDirectory, nameOf(key), mark);
}

/** Forgets a function that was removed; the UID in a mark tells it from another of the same name. */
export function forgetAppliedMark(baseDirectory: string, key: ObjectKey): void {
  forget(baseDirectory, nameOf(key));
}

function nameOf({ namespace, name }: ObjectKey): string {
  return `${namespace}.${name}.applied`;
}
