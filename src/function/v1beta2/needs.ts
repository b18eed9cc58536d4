import { recordAt, valueAt, type JsonRecord } from '../../record';
import type { FunctionManifest } from '../types';

/**
 * Places in the spec of a v1beta1 Function that do not come through the conversion to v1beta2 of OpenFunction 1.1 and later:
 * it loses them, takes something else for them, panics over them, or brings them in another order each time.
 * Source: OpenFunction v1.2.0 apis/core/v1beta1/function_conversion.go.
 */
export function lostInConversion({ spec }: Pick<FunctionManifest, 'spec'>): readonly string[] {
  return Object.entries(losses)
    .filter(([, isLost]) => isLost(spec))
    .map(([place]) => place);
}

const losses: Readonly<Record<string, (spec: JsonRecord) => boolean>> = {
  'build.timeout': (spec) => valueAt(spec, ['build', 'timeout']) !== undefined,
  'build.params': (spec) => {
    const count = Object.keys(recordAt(spec, ['build', 'params'])).length;
    return count > 1 || (count === 1 && valueAt(spec, ['build', 'shipwright']) === undefined);
  },
  'build.srcRepo.bundleContainer': (spec) => valueAt(spec, ['build', 'srcRepo', 'bundleContainer']) !== undefined,
  'serving.scaleOptions.keda.scaledJob': (spec) =>
    valueAt(spec, ['serving', 'scaleOptions', 'keda', 'scaledJob']) !== undefined,
  'serving.triggers': (spec) => {
    const triggers = valueAt(spec, ['serving', 'triggers']);
    const isAsync = valueAt(spec, ['serving', 'runtime']) === 'async';
    const keda = valueAt(spec, ['serving', 'scaleOptions', 'keda']);
    return isAsync && Array.isArray(triggers) && triggers.length > 0 && keda === undefined;
  },
};
