import { isDeepStrictEqual } from 'node:util';
import { ApiError, invalid } from '../errors';
import type { KubeObject, ObjectDraft } from '../objects';
import { servedVersion } from '../resources';
import { validate } from '../schema/validate';
import { convertObject, type ObjectAddress } from './cluster';
import { validateMetadata } from './metadata';

/** What the mutating webhooks make of an object. They see it in their version, and it comes back only if they change it. */
export function mutate({ type, version }: ObjectAddress, draft: ObjectDraft): ObjectDraft {
  if (!type.admission) return draft;
  const seen = convertObject(type, draft, type.admission.version);
  const mutated = type.admission.mutate(seen);
  return isDeepStrictEqual(mutated, seen) ? draft : convertObject(type, mutated, version);
}

/** @throws ApiError 422 when schema or metadata are violated, 403 when a validating webhook refuses the object. */
export function checkValid({ type, version }: ObjectAddress, object: KubeObject, before?: KubeObject): void {
  const schema = servedVersion(type, version)?.schema;
  const errors = [
    ...validateMetadata(object.metadata, type.kind),
    ...(schema ? validate(schema, object) : []),
    ...(type.rules?.(object, before) ?? []),
  ];
  if (errors.length > 0) throw invalid(type, object.metadata.name, errors);
  if (!type.admission) return;
  const denial = type.admission.validate(convertObject(type, object, type.admission.version));
  if (!denial) return;
  const message = `admission webhook "${denial.webhook}" denied the request: ${denial.reason}`;
  throw new ApiError(403, denial.reason, message);
}
