import type { JsonRecord } from '../../../../src/record';
import { objectAt, objectsAt, textAt } from '../../conversion/go-json';
import { invalid, required } from '../field-error';
import { oneOf, oneOfOrEmpty, type Problems } from './problems';

/** The triggers of KEDA in v1beta1 (OpenFunction v1.0.0 apis/core/v1beta1/function_webhook.go). */
export function* scalerProblems(serving: JsonRecord): Problems {
  for (const [index, scaler] of objectsAt(serving, 'triggers').entries()) {
    const path = `spec.serving.triggers.[${index}]`;
    const authentication = objectAt(scaler, 'authenticationRef') ?? {};
    if (textAt(scaler, 'type') === '') yield required(`${path}.type`, 'must be specified');
    if (!objectAt(scaler, 'metadata')) yield required(`${path}.metadata`, 'must be specified');
    yield* oneOfOrEmpty(authentication, `${path}.authenticationRef`, 'kind', [
      'TriggerAuthentication',
      'ClusterTriggerAuthentication',
    ]);
    if (typeof scaler.fallback === 'number' && scaler.fallback <= 0) {
      yield invalid(`${path}.fallbackReplicas`, scaler.fallback, 'must be greater than 0');
    }
    yield* oneOf(scaler, path, 'targetKind', ['object', 'job']);
  }
}
