import type { JsonRecord } from '../../../src/record';
import { objectAt, objectsAt, omitEmpty, present, textAt, values } from './go-json';
import { ConversionPanic, dereference } from './panic';

/** The Dapr triggers for the inputs of an async function. Params and operation of an input are lost. */
export function inputsToTriggers(serving: JsonRecord): JsonRecord[] {
  return objectsAt(serving, 'inputs').map((input) => {
    const name = textAt(input, 'component');
    return present({
      name,
      ...values(input, 'topic'),
      type: omitEmpty(textAt(componentNamed(name, serving), 'type')),
      inputName: omitEmpty(textAt(input, 'name')),
    });
  });
}

/** The inputs for Dapr triggers. Their types are lost: v1beta1 finds them by name. */
export function triggersToInputs(triggers: readonly JsonRecord[]): JsonRecord[] {
  return triggers.map((trigger) => {
    const { name, topic } = componentRef(trigger, 'spec.serving.triggers.dapr[].name');
    return present({ name: textAt(trigger, 'inputName'), component: name, topic });
  });
}

/** Outputs of v1beta2. An output is lost when the Function does not define its component. */
export function outputsToV1beta2(serving: JsonRecord): JsonRecord[] {
  return objectsAt(serving, 'outputs').flatMap((output) => {
    const name = textAt(output, 'component');
    const component = componentNamed(name, serving);
    if (!component) return [];
    const dapr = {
      name,
      ...values(component, 'type'),
      ...values(output, 'topic', 'operation'),
      metadata: omitEmpty(objectAt(output, 'params')),
      outputName: omitEmpty(textAt(output, 'name')),
    };
    return [{ dapr: present(dapr) }];
  });
}

/** Outputs of v1beta1. @throws ConversionPanic for an output without `dapr`. */
export function outputsToV1beta1(serving: JsonRecord): JsonRecord[] {
  return objectsAt(serving, 'outputs').map((output) => {
    const dapr = dereference(objectAt(output, 'dapr'), 'spec.serving.outputs[].dapr');
    const { name, topic } = componentRef(dapr, 'spec.serving.outputs[].dapr.name');
    return present({
      name: textAt(dapr, 'outputName'),
      component: name,
      topic,
      ...values(dapr, 'operation'),
      params: omitEmpty(objectAt(dapr, 'metadata')),
    });
  });
}

/** The component of the Function with a name: a binding, else a pubsub. */
function componentNamed(name: string, serving: JsonRecord): JsonRecord | undefined {
  return objectAt(objectAt(serving, 'bindings'), name) ?? objectAt(objectAt(serving, 'pubsub'), name);
}

/** Go holds name, type and topic in an embedded pointer, which is nil when JSON has none of them. */
function componentRef(dapr: JsonRecord, field: string): { name: string; topic: string | undefined } {
  if (!['name', 'type', 'topic'].some((key) => key in dapr)) throw new ConversionPanic(field);
  return { name: textAt(dapr, 'name'), topic: omitEmpty(textAt(dapr, 'topic')) };
}
