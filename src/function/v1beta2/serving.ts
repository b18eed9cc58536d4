import { isRecord, mapValues, withoutUndefined, type JsonRecord } from '../../record';
import { inList } from '../maps';
import { toInput, toOutput } from './dapr';
import { withGoDurations } from './durations';
import { toHooks } from './hooks';
import { toScaling } from './scaling';
import { toTracing } from './tracing';

/** What v1beta1 says of HTTP beside the serving. */
interface Http {
  port: unknown;
  route: unknown;
}

/** `serving` with triggers in place of a runtime and its inputs, and with the plugins of the annotations. */
export function toServing(
  serving: JsonRecord,
  http: Http,
  annotations: Readonly<Record<string, string>> = {},
): JsonRecord {
  const { runtime: _r, inputs: _i, triggers: _t, scaleOptions: _s, outputs, states, ...shared } = serving;
  return withoutUndefined({
    ...withGoDurations(shared, 'timeout'),
    triggers: toTriggers(serving, http),
    ...toScaling(serving),
    outputs: isEmpty(outputs) ? undefined : inList(outputs, (output) => ({ dapr: toOutput(output, serving) })),
    states: isRecord(states) ? mapValues(states, (spec) => ({ spec })) : states,
    tracing: toTracing(annotations),
    hooks: toHooks(annotations),
  });
}

/** Without a Dapr trigger OpenFunction adds one for HTTP (v1.2.0 function_webhook.go): better to say so oneself. */
function toTriggers(serving: JsonRecord, http: Http): JsonRecord {
  const { runtime, inputs } = serving;
  if (runtime !== 'async' || isEmpty(inputs)) return { http: withoutUndefined({ ...http }) };
  return { dapr: inList(inputs, (input) => toInput(input, serving)) };
}

function isEmpty(list: unknown): boolean {
  return list === undefined || (Array.isArray(list) && list.length === 0);
}
