import type { JsonRecord } from '../../../src/record';
import { buildToV1beta2 } from './build';
import { decodeFunction } from './decode';
import { objectAt, pointers, present, textAt, values } from './go-json';
import { servingToV1beta2 } from './serving';
import { statusToV1beta2 } from './status';

/**
 * A v1beta1 Function as v1beta2, with the losses of OpenFunction's conversion webhook
 * (OpenFunction v1.2.0 apis/core/v1beta1/function_conversion.go).
 *
 * @throws ConversionPanic where that code dereferences nil, ConversionError for bad YAML in the annotations of plugins,
 * DecodeError for a bad duration.
 */
export function toV1beta2(fn: JsonRecord): JsonRecord {
  const decoded = decodeFunction(fn);
  const metadata = objectAt(decoded, 'metadata') ?? {};
  const spec = objectAt(decoded, 'spec') ?? {};
  const serving = objectAt(spec, 'serving');
  const build = objectAt(spec, 'build');
  const status = objectAt(decoded, 'status');
  return present({
    apiVersion: 'core.openfunction.io/v1beta2',
    kind: 'Function',
    metadata,
    spec: present({
      ...pointers(spec, 'version', 'imageCredentials'),
      ...values(spec, 'workloadRuntime'),
      image: textAt(spec, 'image'),
      // In this order: the first of two faults is the one that shows.
      serving: serving && servingToV1beta2(serving, spec, objectAt(metadata, 'annotations') ?? {}),
      build: build && buildToV1beta2(build),
    }),
    status: status && statusToV1beta2(status),
  });
}
