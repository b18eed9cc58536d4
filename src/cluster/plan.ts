import { overlay } from '../overlay';
import type { Api } from './api';
import { explainRefusal, type FunctionBody } from './apply';
import { isInvalid, type LocateField } from './explain-invalid';
import { applyFunction, lacksNamespace, type ObjectKey } from './functions';
import { isLiveObject, readStatus } from './status';
import type { ApiResponse, LiveObject } from './types';

export interface PlannedApply {
  /** The Function as it is; nothing when there is none. */
  live: unknown;
  /** The Function as the apply would leave it, with what the server adds. */
  planned: unknown;
  /** Why the server could not compute `planned`; it then lacks what the server would add. */
  limitation?: 'missing namespace' | 'dry run not supported' | 'unknown values' | 'other version';
}

export interface PlanRequest {
  key: ObjectKey;
  manifest: FunctionBody;
  /** The Function as it is; null when there is none. */
  before: LiveObject | null;
  /** Whether text stands in the manifest for values that are not known yet, of whatever type. */
  provisional: boolean;
  force: boolean;
  locate: LocateField;
}

/** What an apply would do: applies the Function as a dry run. @throws ClusterError as the apply would. */
export async function planApply(api: Api, request: PlanRequest): Promise<PlannedApply> {
  const { key, manifest, before: live, provisional, force } = request;
  const response = await applyFunction(api, key, manifest, { dryRun: true, force });
  if (isLiveObject(response.body)) return { live, planned: response.body };
  if (lacksNamespace(response)) return { live, planned: manifest, limitation: 'missing namespace' };
  if (refusesDryRun(response)) return { live, planned: overlay(live, manifest), limitation: 'dry run not supported' };
  if (provisional && isInvalid(response)) {
    return { live, planned: overlay(live, manifest), limitation: 'unknown values' };
  }
  throw await explainRefusal(api, request, response);
}

/** Some other webhook of the cluster may have side effects; the server then refuses any dry run that would call it. */
function refusesDryRun({ status, body }: ApiResponse): boolean {
  return status === 400 && /does not support dry run/.test(readStatus(body).message ?? '');
}
