import { isRecord, recordsAt, valueAt } from '../record';

/** Places that only the spec of v1beta2 has. */
const places = [
  ['serving', 'hooks'],
  ['serving', 'tracing'],
  ['serving', 'workloadType'],
  ['serving', 'scaleOptions', 'keda', 'triggers'],
  ['serving', 'scaleOptions', 'keda', 'httpScaledObject'],
  ['build', 'shipwright', 'params'],
];

/** Whether some of the props is in the form of v1beta2. */
export function looksLikeV1beta2(props: unknown): boolean {
  return (
    isRecord(valueAt(props, ['serving', 'triggers'])) ||
    recordsAt(props, ['serving', 'outputs']).some((output) => output['dapr'] !== undefined) ||
    places.some((place) => valueAt(props, place) !== undefined)
  );
}
