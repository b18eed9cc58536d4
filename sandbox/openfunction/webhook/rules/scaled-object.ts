import type { JsonRecord } from '../../../../src/record';
import { objectAt, objectsAt, textAt } from '../../conversion/go-json';
import { invalid, notSupported } from '../field-error';
import { notNegative, oneOf, type Problems } from './problems';

export const scaledObjectPath = 'spec.serving.scaleOptions.keda.scaledObject';

/** OpenFunction spells the path of these fields without the d of `scaledObject`. */
const behaviorPath = 'spec.serving.scaleOptions.keda.scaleObject.advanced.horizontalPodAutoscalerConfig.behavior';
const policyTypes = ['Pods', 'Percent'];

export function* intervalProblems(scaledObject: JsonRecord): Problems {
  yield* notNegative(scaledObject, scaledObjectPath, ['pollingInterval', 'cooldownPeriod']);
}

/** The rules of `ValidateKedaScaledObjectAdvanced` in OpenFunction v1.0.0 and v1.2.0, function_webhook.go. */
export function* advancedProblems(scaledObject: JsonRecord): Problems {
  const autoscaler = objectAt(objectAt(scaledObject, 'advanced'), 'horizontalPodAutoscalerConfig');
  const behavior = objectAt(autoscaler, 'behavior');
  for (const direction of ['scaleUp', 'scaleDown']) {
    const rules = objectAt(behavior, direction);
    if (rules) yield* directionProblems(rules, `${behaviorPath}.${direction}`);
  }
}

function* directionProblems(rules: JsonRecord, path: string): Problems {
  const window = rules.stabilizationWindowSeconds;
  if (typeof window === 'number' && (window < 0 || window > 3600)) {
    yield invalid(`${path}.stabilizationWindowSeconds`, window, 'must be greater than or equal to 0 less than 3600');
  }
  yield* oneOf(rules, path, 'selectPolicy', ['Max', 'Min', 'Disabled']);
  for (const [index, policy] of objectsAt(rules, 'policies').entries()) {
    const policyPath = `${path}.policies.[${index}]`;
    const type = textAt(policy, 'type');
    if (!policyTypes.includes(type)) yield notSupported(`${policyPath}.type`, type, policyTypes);
    yield* notNegative(policy, policyPath, ['periodSeconds'], 'must be greater than 0');
  }
}
