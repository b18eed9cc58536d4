import type { JsonRecord } from '../../../src/record';
import { invalid } from '../errors';
import type { Store } from '../store';
import { isAllowed } from './rbac';
import type { User } from './users';

const group = 'authorization.k8s.io';
const kind = 'SelfSubjectAccessReview';

/** A SelfSubjectAccessReview with its answer. @throws ApiError 422 when it asks nothing. */
export function answerReview(store: Store, user: User, body: unknown): JsonRecord {
  const { spec, ...rest } = body as { spec?: { resourceAttributes?: Record<string, string> } };
  if (!spec?.resourceAttributes) {
    const message = 'Invalid value: at least one of resourceAttributes or nonResourceAttributes must be specified';
    throw invalid({ group, kind }, '', [{ field: 'spec.resourceAttributes', reason: 'FieldValueInvalid', message }]);
  }
  const asked = {
    verb: '',
    group: '',
    resource: '',
    subresource: '',
    namespace: '',
    name: '',
    ...spec.resourceAttributes,
  };
  const allowed = isAllowed(store, user, asked);
  return { kind, apiVersion: `${group}/v1`, metadata: { creationTimestamp: null }, ...rest, spec, status: { allowed } };
}
