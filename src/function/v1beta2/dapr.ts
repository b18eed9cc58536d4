import { textAt, type JsonRecord } from '../../record';

/** A Dapr trigger for an input. It has no place for params and operation, which had no effect. */
export function toInput({ name, component, topic }: JsonRecord, serving: JsonRecord): JsonRecord {
  return filled({ name: component, topic, type: typeOf(component, serving), inputName: name });
}

/** The `dapr` of an output. Its component need not be of the function: an existing one will do. */
export function toOutput({ name, component, topic, operation, params }: JsonRecord, serving: JsonRecord): JsonRecord {
  return filled({
    name: component,
    type: typeOf(component, serving),
    topic,
    operation,
    metadata: params,
    outputName: name,
  });
}

/** The type of a component that the function defines itself. */
function typeOf(component: unknown, serving: JsonRecord): string {
  const key = String(component);
  return textAt(serving, ['bindings', key, 'type']) || textAt(serving, ['pubsub', key, 'type']);
}

function filled(fields: JsonRecord): JsonRecord {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );
}
