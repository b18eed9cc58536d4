import type { JsonRecord } from '../../../src/record';
import { decodeFunction } from '../conversion/decode';
import { objectAt, objectsAt, present, textAt } from '../conversion/go-json';
import { withGateway } from './gateway';
import { withWasmDefaults } from './wasm';

/**
 * A v1beta2 Function as the mutating webhook leaves it (OpenFunction v1.2.0 apis/core/v1beta2/function_webhook.go).
 *
 * @throws DecodeError for a bad duration.
 */
export function defaultV1beta2(fn: JsonRecord): JsonRecord {
  const decoded = decodeFunction(fn);
  const spec = objectAt(decoded, 'spec') ?? {};
  const serving = objectAt(spec, 'serving');
  return withWasmDefaults({
    ...decoded,
    spec: present({
      ...spec,
      version: textAt(spec, 'version') || 'latest',
      serving: serving && { ...serving, triggers: defaultTriggers(objectAt(serving, 'triggers') ?? {}) },
    }),
  });
}

/** A function that Dapr does not trigger gets an http trigger; port 0 is no port there, but stays beside Dapr. */
function defaultTriggers(triggers: JsonRecord): JsonRecord {
  const http = objectAt(triggers, 'http');
  const hasDapr = objectsAt(triggers, 'dapr').length > 0;
  if (hasDapr && !http) return triggers;
  const port = http?.port ?? 8080;
  return {
    ...triggers,
    http: { ...http, port: port === 0 && !hasDapr ? 8080 : port, route: withGateway(objectAt(http, 'route')) },
  };
}
