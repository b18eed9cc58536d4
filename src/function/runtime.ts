import { isRecord, valueAt } from '../record';

/** v1beta1 names the runtime; in v1beta2 an HTTP trigger means knative, Dapr triggers mean async. Undefined where neither tells. */
export function runtimeOf(fn: unknown): 'knative' | 'async' | undefined {
  const named = valueAt(fn, ['spec', 'serving', 'runtime']);
  if (named === 'knative' || named === 'async') return named;
  const triggers = valueAt(fn, ['spec', 'serving', 'triggers']);
  if (!isRecord(triggers)) return undefined;
  if (triggers['http'] !== undefined) return 'knative';
  return triggers['dapr'] === undefined ? undefined : 'async';
}

/** Whether a Function is called by HTTP. What does not tell is taken as the controllers of its version take it. */
export function isSyncFunction(fn: unknown): boolean {
  const runtime = runtimeOf(fn);
  if (runtime !== undefined) return runtime === 'knative';
  return !String(valueAt(fn, ['apiVersion'])).endsWith('/v1beta2');
}
