import { isRecord, type JsonRecord } from '../../../src/record';
import { objectAt, omitEmpty, pointers } from './go-json';
import { dereference } from './panic';

/** State stores of v1beta2, which holds each of them in `spec`. */
export function statesToV1beta2(serving: JsonRecord): JsonRecord | undefined {
  return mapStates(serving, (spec) => (isRecord(spec) ? { spec } : {}));
}

/** State stores of v1beta1. One that refers to an existing Component becomes null. */
export function statesToV1beta1(serving: JsonRecord): JsonRecord | undefined {
  return mapStates(serving, (state, name) => {
    const { spec } = pointers(dereference(isRecord(state) ? state : undefined, `spec.serving.states.${name}`), 'spec');
    return spec ?? null;
  });
}

function mapStates(serving: JsonRecord, convert: (state: unknown, name: string) => unknown): JsonRecord | undefined {
  const states = Object.entries(objectAt(serving, 'states') ?? {});
  return omitEmpty(Object.fromEntries(states.map(([name, state]) => [name, convert(state, name)])));
}
