import { groupVersion } from '../../api-version';
import { isRecord, withoutUndefined } from '../../record';
import type { FunctionManifest } from '../types';
import { toBuild } from './build';
import { toServing } from './serving';

/**
 * A v1beta1 Function as v1beta2: what OpenFunction's own conversion makes of it, less what that loses, swaps and stumbles over.
 * Source: OpenFunction v1.2.0 apis/core/v1beta1/function_conversion.go.
 * @throws UserError when the annotations of plugins cannot be read
 */
export function toV1beta2({ kind, metadata, spec }: FunctionManifest): FunctionManifest {
  const { port, route, build, serving, ...shared } = spec;
  return {
    apiVersion: groupVersion('v1beta2'),
    kind,
    metadata,
    spec: withoutUndefined({
      ...shared,
      build: isRecord(build) ? toBuild(build) : build,
      serving: isRecord(serving) ? toServing(serving, { port, route }, metadata.annotations ?? undefined) : serving,
    }),
  };
}
