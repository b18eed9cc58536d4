import type { JsonRecord } from '../../../src/record';
import { buildToV1beta1 } from './build';
import { objectAt, pointers, present, textAt, values } from './go-json';
import { portAndRoute, servingToV1beta1 } from './serving';

/** A Builder, which is stored as v1beta2, in the eyes of a client of v1beta1. */
export function builderToV1beta1(builder: JsonRecord): JsonRecord {
  const spec = objectAt(builder, 'spec') ?? {};
  const status = objectAt(builder, 'status');
  return present({
    ...builder,
    apiVersion: 'core.openfunction.io/v1beta1',
    spec: present({ ...buildToV1beta1(spec), ...ownFields(spec), ...pointers(spec, 'timeout', 'state') }),
    status: status && present({ ...values(status, 'phase', 'state', 'reason', 'resourceRef', 'output', 'sources') }),
  });
}

/** A Serving, which is stored as v1beta2, in the eyes of a client of v1beta1. */
export function servingObjectToV1beta1(serving: JsonRecord): JsonRecord {
  const spec = objectAt(serving, 'spec') ?? {};
  const status = objectAt(serving, 'status');
  const { port } = portAndRoute(spec);
  return present({
    ...serving,
    apiVersion: 'core.openfunction.io/v1beta1',
    spec: present({ ...servingToV1beta1(spec), ...ownFields(spec), ...pointers(spec, 'version'), port }),
    status: status && present({ ...values(status, 'phase', 'state', 'resourceRef', 'url') }),
  });
}

function ownFields(spec: JsonRecord): JsonRecord {
  return { image: textAt(spec, 'image'), ...pointers(spec, 'imageCredentials') };
}
