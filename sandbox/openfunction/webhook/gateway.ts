import type { JsonRecord } from '../../../src/record';

/** A route on OpenFunction's own Gateway, unless it names another. */
export function withGateway(route: JsonRecord | undefined): JsonRecord {
  return { ...route, gatewayRef: route?.gatewayRef ?? { name: 'openfunction', namespace: 'openfunction' } };
}
