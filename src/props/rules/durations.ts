import { parseGoDuration } from '../../duration';
import type { Path } from '../../path';
import { valueAt } from '../../record';
import type { Draft } from '../draft';
import { showText } from '../../redact';
import { errorAt } from '../problem';
import { entriesOf, type Rule } from './rule';

/**
 * Durations are those of Go and not negative. The CRD takes any text, and the webhook cannot even decode a wrong one.
 * Source: OpenFunction v1.0.0 function_webhook.go.
 */
export const durations: Rule = (props) =>
  placesOfDurations(props).flatMap((path) => {
    const text = valueAt(props, path);
    if (typeof text !== 'string') return [];
    if (text === '') return [errorAt(path, 'is empty, which is no duration. Leave it out.')];
    const milliseconds = parseGoDuration(text);
    if (milliseconds === undefined) {
      return [
        errorAt(path, `${showText(text)} is no duration. Write numbers with units, for instance 90s, 10m or 1h30m.`),
      ];
    }
    return milliseconds < 0 ? [errorAt(path, `${showText(text)} is not allowed; it cannot be less than 0.`)] : [];
  });

function placesOfDurations({ serving }: Draft): Path[] {
  const components = (['bindings', 'pubsub', 'states'] as const).flatMap((kind) =>
    entriesOf(serving?.[kind]).map(([key]) => ['serving', kind, key, 'initTimeout']),
  );
  return [
    ['build', 'timeout'],
    ['build', 'builderMaxAge'],
    ['build', 'shipwright', 'timeout'],
    ['serving', 'timeout'],
    ...components,
  ];
}
