import type { JsonRecord } from '../../../src/record';
import { objectAt, pointers, present, textAt, values } from './go-json';

/** A route, which has the same fields in v1beta1 (`spec.route`) and v1beta2 (`spec.serving.triggers.http.route`). */
export function convertRoute(route: JsonRecord): JsonRecord {
  const gatewayRef = objectAt(route, 'gatewayRef');
  return present({
    ...values(route, 'hostnames', 'rules'),
    gatewayRef: gatewayRef && { name: textAt(gatewayRef, 'name'), ...pointers(gatewayRef, 'namespace') },
  });
}
