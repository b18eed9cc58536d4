import { versionOf, type ApiVersion } from '../api-version';
import { ClusterError } from '../errors';
import type { Api } from './api';
import { explainConflict, isFieldConflict } from './explain-conflict';
import { explainInvalid, isInvalid, type LocateField } from './explain-invalid';
import { explainStatus } from './explain-status';
import {
  applyFunction,
  applyInNamespace,
  functionSubject,
  getFunction,
  lacksNamespace,
  type ApplyOptions,
  type ObjectKey,
} from './functions';
import { forbidsUser, isLiveObject } from './status';
import type { ApiResponse, LiveObject } from './types';

export interface Applied {
  object: LiveObject;
  response: ApiResponse;
  /** Whether the namespace had to be created first. */
  namespaceCreated: boolean;
}

/** A Function as it is applied. */
export type FunctionBody = object & { readonly apiVersion: string };

interface ApplyRequest extends ApplyOptions {
  key: ObjectKey;
  manifest: FunctionBody;
  /** The Namespace to create when it is missing; without it a missing namespace is an error. */
  namespaceManifest?: { metadata: { name: string } } | undefined;
  locate: LocateField;
  /** Whether to wait for a Function of this name that is being deleted. */
  waitForDying: boolean;
  /** Told that it is waited for. */
  onDying: () => void;
}

/** How long an apply waits for a Function of the same name to be gone. */
const deletionTimeout = 300_000;

/**
 * Applies a Function, and its namespace if need be. A Function that is being deleted is waited for and made anew:
 * what is applied to it goes with it.
 * @throws ClusterError that explains what the server refused.
 */
export async function apply(api: Api, request: ApplyRequest): Promise<Applied> {
  const applied = await applyOnce(api, request);
  if (applied.object.metadata.deletionTimestamp === undefined) return applied;
  if (!request.waitForDying) throw stillDying(request.key);
  request.onDying();
  const { waitUntilGone } = await import('./gone');
  await waitUntilGone(api, request.key, applied.object, { timeout: deletionTimeout });
  return applyOnce(api, request);
}

function stillDying({ namespace, name }: ObjectKey): ClusterError {
  return new ClusterError({
    what: `The function "${name}" in namespace "${namespace}" is still being deleted.`,
    why: 'What is applied to it goes with it.',
    remedy: 'Deploy again when it is gone, or without --no-wait.',
  });
}

async function applyOnce(api: Api, request: ApplyRequest): Promise<Applied> {
  const { key, manifest, namespaceManifest } = request;
  const { response, namespaceCreated } = await applyInNamespace(api, namespaceManifest, () =>
    applyFunction(api, key, manifest, request),
  );
  if (!isLiveObject(response.body)) throw await explainRefusal(api, request, response);
  return { object: response.body, response, namespaceCreated };
}

/**
 * Asks by a dry run whether a Function may be applied, before anything is made for it that takes its time. What else the
 * server would refuse may come of what is not made yet: that is left to the apply.
 * @throws ClusterError when the namespace or the right to it is missing
 */
export async function requireAccess(
  api: Api,
  { key, manifest, namespaceManifest }: Pick<ApplyRequest, 'key' | 'manifest' | 'namespaceManifest'>,
): Promise<void> {
  const response = await applyFunction(api, key, manifest, { dryRun: true });
  const isHomeless = lacksNamespace(response) && namespaceManifest === undefined;
  if (!isHomeless && !forbidsUser(response)) return;
  throw explainStatus(response, functionSubject('patch', key), api.connection.identity);
}

/** The error for an apply that the server refused; for a conflict it reads the Function, to show whose values stand there. */
export async function explainRefusal(
  api: Api,
  { key, manifest, locate }: Pick<ApplyRequest, 'key' | 'manifest' | 'locate'>,
  response: ApiResponse,
): Promise<Error> {
  const subject = functionSubject('patch', key);
  if (isFieldConflict(response)) {
    return explainConflict(response, subject, await readIfAllowed(api, key, versionOf(manifest)), manifest);
  }
  if (isInvalid(response)) return explainInvalid(response, subject, manifest, locate);
  return explainStatus(response, subject, api.connection.identity);
}

/** The Function for an explanation, which must not fail for want of a permission to read. */
async function readIfAllowed(api: Api, key: ObjectKey, version: ApiVersion): Promise<LiveObject | undefined> {
  return getFunction(api, key, [version]).catch(() => undefined);
}
