import type { JsonRecord } from '../../../src/record';
import { decodeFunction } from '../conversion/decode';
import { objectAt, textAt } from '../conversion/go-json';
import { withGateway } from './gateway';
import { withWasmDefaults } from './wasm';

/**
 * A v1beta1 Function as the mutating webhook leaves it (OpenFunction v1.0.0 apis/core/v1beta1/function_webhook.go).
 *
 * @throws DecodeError for a bad duration.
 */
export function defaultV1beta1(fn: JsonRecord): JsonRecord {
  const decoded = decodeFunction(fn);
  const spec = objectAt(decoded, 'spec') ?? {};
  const isKnative = textAt(objectAt(spec, 'serving'), 'runtime') === 'knative';
  const wasm = withWasmDefaults({
    ...decoded,
    spec: {
      ...spec,
      version: textAt(spec, 'version') || 'latest',
      port: spec.port ?? 8080,
      ...(isKnative && { route: withGateway(objectAt(spec, 'route')) }),
    },
  });
  // That release annotates a copy of the Function: a Function without annotations does not get any.
  return objectAt(objectAt(decoded, 'metadata'), 'annotations') ? wasm : { ...wasm, metadata: decoded.metadata };
}
