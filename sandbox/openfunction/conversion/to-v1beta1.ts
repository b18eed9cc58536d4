import type { JsonRecord } from '../../../src/record';
import { buildToV1beta1 } from './build';
import { decodeFunction } from './decode';
import { objectAt, pointers, present, textAt, values } from './go-json';
import { annotationFromHooks } from './plugins';
import { portAndRoute, servingToV1beta1 } from './serving';
import { statusToV1beta1 } from './status';
import { annotationFromTracing } from './tracing';

/**
 * A v1beta2 Function as v1beta1, with the losses of OpenFunction's conversion webhook
 * (OpenFunction v1.2.0 apis/core/v1beta1/function_conversion.go).
 *
 * @throws ConversionPanic where that code dereferences nil, DecodeError for a bad duration.
 */
export function toV1beta1(fn: JsonRecord): JsonRecord {
  const decoded = decodeFunction(fn);
  const spec = objectAt(decoded, 'spec') ?? {};
  const serving = objectAt(spec, 'serving');
  const build = objectAt(spec, 'build');
  const status = objectAt(decoded, 'status');
  return present({
    apiVersion: 'core.openfunction.io/v1beta1',
    kind: 'Function',
    metadata: toMetadata(objectAt(decoded, 'metadata') ?? {}, serving),
    spec: present({
      ...pointers(spec, 'version', 'imageCredentials'),
      ...values(spec, 'workloadRuntime'),
      image: textAt(spec, 'image'),
      ...portAndRoute(serving),
      // In this order: the first of two faults is the one that shows.
      serving: serving && servingToV1beta1(serving),
      build: build && buildToV1beta1(build),
    }),
    status: status && statusToV1beta1(status),
  });
}

/** Hooks and tracing become annotations, over any that are there. */
function toMetadata(metadata: JsonRecord, serving: JsonRecord | undefined): JsonRecord {
  const hooks = objectAt(serving, 'hooks');
  const tracing = objectAt(serving, 'tracing');
  if (!hooks && !tracing) return metadata;
  return {
    ...metadata,
    annotations: present({
      ...objectAt(metadata, 'annotations'),
      ...(hooks && { plugins: annotationFromHooks(hooks) }),
      ...(tracing && { 'plugins.tracing': annotationFromTracing(tracing) }),
    }),
  };
}
