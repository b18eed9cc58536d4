import type { JsonRecord } from '../../../src/record';
import { objectAt, present, textAt } from '../conversion/go-json';

const variantAnnotation = 'module.wasm.image/variant';
const variant = { [variantAnnotation]: 'compat-smart' };

/**
 * What OpenFunction sets for WebAssembly: the annotation on the Function and its pods, the build strategy and
 * the runtime class (OpenFunction v1.2.0 apis/core/v1beta2/function_webhook.go).
 * The annotation or the workload runtime asks for it.
 */
export function withWasmDefaults(fn: JsonRecord): JsonRecord {
  if (!wantsWasm(fn)) return fn;
  const metadata = objectAt(fn, 'metadata');
  const spec = objectAt(fn, 'spec');
  const build = objectAt(spec, 'build');
  const serving = objectAt(spec, 'serving');
  return {
    ...fn,
    metadata: { ...metadata, annotations: { ...variant, ...objectAt(metadata, 'annotations') } },
    spec: present({ ...spec, build: build && withStrategy(build), serving: serving && withRuntimeClass(serving) }),
  };
}

function wantsWasm(fn: JsonRecord): boolean {
  const annotations = objectAt(objectAt(fn, 'metadata'), 'annotations');
  const runtime = textAt(objectAt(fn, 'spec'), 'workloadRuntime');
  return annotations?.[variantAnnotation] !== undefined || runtime.toLowerCase() === 'wasmedge';
}

function withStrategy(build: JsonRecord): JsonRecord {
  const shipwright = objectAt(build, 'shipwright');
  const strategy = shipwright?.strategy ?? { name: 'wasmedge', kind: 'ClusterBuildStrategy' };
  return { ...build, shipwright: { ...shipwright, strategy } };
}

function withRuntimeClass(serving: JsonRecord): JsonRecord {
  const template = objectAt(serving, 'template');
  return present({
    ...serving,
    annotations: { ...variant, ...objectAt(serving, 'annotations') },
    template: template && { ...template, runtimeClassName: template.runtimeClassName ?? 'openfunction-crun' },
  });
}
