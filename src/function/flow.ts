import { isRecord, recordsAt, textAt, valueAt, type JsonRecord } from '../record';
import { redactText } from '../redact';
import { isSyncFunction } from './runtime';

/** One end of what flows through a function: a topic or another place of a Dapr component. */
export interface Endpoint {
  /** The name by which the function knows it. */
  name: string;
  /** Key of the component in serving.bindings or serving.pubsub. */
  component: string;
  /** Type of the component, for instance `bindings.mqtt`. */
  type?: string;
  topic?: string;
}

export interface Flow {
  inputs: Endpoint[];
  outputs: Endpoint[];
}

/** What goes into a Function and what comes out, for v1beta1 and v1beta2. Never throws: what is odd is left out. */
export function flowOf(fn: unknown): Flow {
  const serving = valueAt(fn, ['spec', 'serving']);
  const inputs = [
    ...recordsAt(serving, ['inputs']).map((input) => ({ ...named(input), component: textAt(input, ['component']) })),
    ...[...recordsAt(serving, ['triggers', 'dapr']), ...recordsAt(serving, ['triggers', 'inputs']).map(daprOf)].map(
      (input) => ({
        name: textAt(input, ['inputName']),
        topic: textAt(input, ['topic']),
        component: textAt(input, ['name']),
      }),
    ),
  ];
  const outputs = recordsAt(serving, ['outputs']).map((output) =>
    isRecord(output['dapr'])
      ? {
          name: textAt(output, ['dapr', 'outputName']),
          topic: textAt(output, ['dapr', 'topic']),
          component: textAt(output, ['dapr', 'name']),
        }
      : { ...named(output), component: textAt(output, ['component']) },
  );
  const complete = ({ name, topic, component }: Written): Endpoint => {
    const spec = valueAt(serving, ['bindings', component]) ?? valueAt(serving, ['pubsub', component]);
    const type = textAt(spec, ['type']);
    const place = topic || placeOf(spec);
    return {
      name: name || component,
      component,
      ...(type !== '' && { type }),
      ...(place !== '' && { topic: place }),
    };
  };
  return { inputs: inputs.filter(isNamed).map(complete), outputs: outputs.filter(isNamed).map(complete) };
}

interface Written {
  name: string;
  topic: string;
  component: string;
}

function named(entry: JsonRecord): { name: string; topic: string } {
  return { name: textAt(entry, ['name']), topic: textAt(entry, ['topic']) };
}

function daprOf(input: JsonRecord): unknown {
  return input['dapr'] ?? input['dap'];
}

function isNamed({ component }: Written): boolean {
  return component !== '';
}

/** Metadata of bindings that name a place: none of them is a secret. */
const placeNames = ['topic', 'publishTopic', 'topics', 'queueName', 'schedule'];

function placeOf(component: unknown): string {
  const metadata = recordsAt(component, ['metadata']);
  const places = placeNames.map((name) => metadata.find((entry) => entry['name'] === name)?.['value']);
  const place = places.find((value) => typeof value === 'string' || typeof value === 'number');
  return place === undefined ? '' : redactText(String(place));
}

/** `mqtt:in`, or what of it is known. */
export function labelOf({ component, type = '', topic }: Endpoint): string {
  const product = type.split('.').slice(1).join('.');
  return [product, topic ?? component].filter(Boolean).join(':');
}

/** One line for each input and output, side by side as long as there are both: `mqtt:in ─▶ hello ─▶ mqtt:out`. */
export function drawFlow(fn: unknown): string[] {
  const { inputs, outputs } = flowOf(fn);
  const name = textAt(fn, ['metadata', 'name']);
  const sources = isSyncFunction(fn) ? ['http', ...inputs.map(labelOf)] : inputs.map(labelOf);
  const targets = outputs.map(labelOf);
  const rows = Math.max(sources.length, targets.length);
  const width = Math.max(0, ...sources.map((source) => source.length));
  return Array.from({ length: rows }, (_row, index) => {
    const source = sources[index];
    const target = targets[index];
    const left = source === undefined ? ' '.repeat(width + 4) : `${source.padEnd(width)} ─▶ `;
    return `${left}${name}${target === undefined ? '' : ` ─▶ ${target}`}`;
  });
}
