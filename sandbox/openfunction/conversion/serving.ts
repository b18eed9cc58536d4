import type { JsonRecord } from '../../../src/record';
import { inputsToTriggers, outputsToV1beta1, outputsToV1beta2, triggersToInputs } from './bindings';
import { objectAt, objectsAt, omitEmpty, pointers, present, textAt, values } from './go-json';
import { hooksFromAnnotation } from './plugins';
import { convertRoute } from './route';
import { scalingToV1beta1, scalingToV1beta2 } from './scaling';
import { statesToV1beta1, statesToV1beta2 } from './states';
import { tracingFromAnnotation } from './tracing';

/** `spec.serving` in v1beta2. Port and route come from the spec, hooks and tracing from the annotations. */
export function servingToV1beta2(serving: JsonRecord, spec: JsonRecord, annotations: JsonRecord): JsonRecord {
  return present({
    ...sharedFields(serving),
    triggers: toTriggers(serving, spec),
    ...scalingToV1beta2(serving),
    outputs: omitEmpty(outputsToV1beta2(serving)),
    states: statesToV1beta2(serving),
    tracing: tracingFromAnnotation(annotations),
    hooks: hooksFromAnnotation(annotations),
  });
}

/** `spec.serving` in v1beta1. Without triggers the runtime is empty. */
export function servingToV1beta1(serving: JsonRecord): JsonRecord {
  return present({
    ...sharedFields(serving),
    ...toRuntime(objectAt(serving, 'triggers')),
    ...scalingToV1beta1(serving),
    outputs: omitEmpty(outputsToV1beta1(serving)),
    states: statesToV1beta1(serving),
  });
}

/** The port and the route of v1beta1's spec, which are those of the http trigger. */
export function portAndRoute(serving: JsonRecord | undefined): JsonRecord {
  const http = objectAt(objectAt(serving, 'triggers'), 'http');
  const route = objectAt(http, 'route');
  return http ? present({ port: http.port, route: route && convertRoute(route) }) : {};
}

function sharedFields(serving: JsonRecord): JsonRecord {
  return {
    ...values(serving, 'pubsub', 'bindings', 'params', 'labels', 'annotations'),
    ...pointers(serving, 'template', 'timeout'),
  };
}

/** A function of neither runtime, and an async one without inputs, has no trigger. */
function toTriggers(serving: JsonRecord, spec: JsonRecord): JsonRecord {
  const runtime = textAt(serving, 'runtime');
  const route = objectAt(spec, 'route');
  if (runtime === 'knative') return { http: present({ port: spec.port, route: route && convertRoute(route) }) };
  if (runtime === 'async') return present({ dapr: omitEmpty(inputsToTriggers(serving)) });
  return {};
}

/** An http trigger wins: Dapr triggers beside it are lost. */
function toRuntime(triggers: JsonRecord | undefined): JsonRecord {
  if (objectAt(triggers, 'http')) return { runtime: 'knative' };
  if (!Array.isArray(triggers?.dapr)) return { runtime: '' };
  return { runtime: 'async', inputs: omitEmpty(triggersToInputs(objectsAt(triggers, 'dapr'))) };
}
